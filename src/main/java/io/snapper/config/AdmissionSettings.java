package io.snapper.config;

/**
 * How many consumers' connections a node opens at once.
 *
 * @param concurrency connections that are being opened
 * @param queue connections that wait for their turn; further ones are refused
 */
public record AdmissionSettings(int concurrency, int queue) {
  static AdmissionSettings read(SettingsReader reader) {
    return new AdmissionSettings(
        reader.read(Settings.ADMISSION_CONCURRENCY), reader.read(Settings.ADMISSION_QUEUE));
  }
}
