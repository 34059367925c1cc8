package io.snapper.config;

import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * All settings of one node, checked. Immutable.
 *
 * @param dataDirectory absolute; it may not exist yet
 * @param presenceEvents whether it is told who comes online and who goes
 * @param demoEnabled whether the demo page's back end runs
 */
public record SnapperSettings(
    Path dataDirectory,
    NodeSettings node,
    RedisSettings redis,
    TokenSettings token,
    HttpSettings http,
    ProducerSettings producer,
    PublishSettings publish,
    ConsumerSettings consumer,
    AdmissionSettings admission,
    RetentionSettings retention,
    DeliverySettings delivery,
    boolean presenceEvents,
    DrainSettings drain,
    boolean demoEnabled) {

  /**
   * Returns the settings that {@code config} holds, defaults for the rest.
   *
   * @throws ConfigurationException listing every wrong value and every unknown key
   */
  public static SnapperSettings load(Config config) {
    return load(SettingsSource.of(config));
  }

  /**
   * Returns the settings that {@code source} holds, defaults for the rest.
   *
   * @throws ConfigurationException listing every wrong value and every unknown key
   */
  public static SnapperSettings load(SettingsSource source) {
    SettingsReader reader = new SettingsReader(source);
    SnapperSettings settings =
        new SnapperSettings(
            reader.read(Settings.DATA_DIRECTORY),
            NodeSettings.read(reader),
            RedisSettings.read(reader),
            TokenSettings.read(reader),
            HttpSettings.read(reader),
            ProducerSettings.read(reader),
            PublishSettings.read(reader),
            ConsumerSettings.read(reader),
            AdmissionSettings.read(reader),
            RetentionSettings.read(reader),
            DeliverySettings.read(reader),
            reader.read(Settings.PRESENCE_EVENTS),
            DrainSettings.read(reader),
            reader.read(Settings.DEMO_ENABLED));
    reader.finish();
    return settings;
  }

  /** Returns the defaults with {@code values} in their place: keys and texts as an operator's. */
  public static SnapperSettings of(Map<String, String> values) {
    return load(SettingsSource.of(values));
  }
}
