package io.snapper.store.redis;

import java.nio.charset.StandardCharsets;

/** How Redis Cluster maps names to slots: CRC16 (XMODEM), mod 16384. */
final class HashSlots {
  /** The number of slots of any Redis Cluster. */
  static final int COUNT = 16384;

  private static final int POLYNOMIAL = 0x1021;
  private static final int[] TABLE = table();

  private HashSlots() {}

  /** Returns the checksum of the name's UTF-8 bytes, 0 to 65535. */
  static int crc16(String name) {
    int crc = 0;
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      crc = ((crc << 8) ^ TABLE[((crc >>> 8) ^ octet) & 0xFF]) & 0xFFFF;
    }
    return crc;
  }

  /** Returns the slot of a hash tag, 0 to 16383. */
  static int slotOf(String tag) {
    return crc16(tag) % COUNT;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int octet = 0; octet < table.length; octet++) {
      int crc = octet << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1;
      }
      table[octet] = crc & 0xFFFF;
    }
    return table;
  }
}
