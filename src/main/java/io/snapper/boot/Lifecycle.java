package io.snapper.boot;

import io.snapper.config.SnapperSettings;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;

/** Starts the node with the application and stops it before the application goes. */
@WebListener
public class Lifecycle implements ServletContextListener {
  private static final Logger LOG = System.getLogger(Lifecycle.class.getName());

  // Asked for one by one, so that wrong settings are reported before anything else is made.
  @Inject private Instance<SnapperSettings> settings;
  @Inject private Instance<BrokerNode> node;
  @Inject private Instance<Banner> banner;

  private BrokerNode started;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    started = node.get();
    Banner ready = banner.get();
    started.start(() -> ready.show(started.producerPort()));
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (started != null) {
      started.stop();
    }
  }
}
