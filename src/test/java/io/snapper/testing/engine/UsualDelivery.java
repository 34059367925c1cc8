package io.snapper.testing.engine;

import io.snapper.core.delivery.DeliveryOptions;
import java.time.Duration;

/** Options of delivery that are the usual ones but for what a test says. */
public final class UsualDelivery {
  private static final DeliveryOptions USUAL = DeliveryOptions.DEFAULTS;

  private int batchMessages = USUAL.batchMessages();
  private int batchCharacters = USUAL.batchCharacters();
  private int inFlightCharacters = USUAL.inFlightCharacters();
  private Duration acknowledgementTimeout = USUAL.acknowledgementTimeout();
  private boolean isStrict = USUAL.isStrict();
  private Duration mailboxLife = USUAL.mailboxLife();
  private Duration weakenedMailboxLife = USUAL.weakenedMailboxLife();
  private int tailMessages = USUAL.tailMessages();
  private int tailCharacters = USUAL.tailCharacters();

  private UsualDelivery() {}

  public static UsualDelivery but() {
    return new UsualDelivery();
  }

  public UsualDelivery withBatches(int messages, int characters) {
    batchMessages = messages;
    batchCharacters = characters;
    return this;
  }

  public UsualDelivery withInFlightLimit(int characters) {
    inFlightCharacters = characters;
    return this;
  }

  public UsualDelivery withAcknowledgementTimeout(Duration timeout) {
    acknowledgementTimeout = timeout;
    return this;
  }

  public UsualDelivery withStrict(boolean strict) {
    isStrict = strict;
    return this;
  }

  public UsualDelivery withMailboxLives(Duration life, Duration weakened) {
    mailboxLife = life;
    weakenedMailboxLife = weakened;
    return this;
  }

  public UsualDelivery withTails(int messages, int characters) {
    tailMessages = messages;
    tailCharacters = characters;
    return this;
  }

  public DeliveryOptions options() {
    return new DeliveryOptions(
        batchMessages,
        batchCharacters,
        inFlightCharacters,
        acknowledgementTimeout,
        USUAL.cursorInterval(),
        isStrict,
        mailboxLife,
        weakenedMailboxLife,
        tailMessages,
        tailCharacters,
        USUAL.roomsPerConsumer());
  }
}
