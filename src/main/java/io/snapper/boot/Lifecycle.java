package io.snapper.boot;

import io.snapper.config.SnapperSettings;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Starts the node with the application and stops it before the application goes. */
@WebListener
public class Lifecycle implements ServletContextListener {
  // Asked for one by one, so that wrong settings are reported before anything else is made.
  @Inject private Instance<SnapperSettings> settings;
  @Inject private Instance<BrokerNode> node;
  @Inject private Instance<Banner> banner;

  private BrokerNode started;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    StartReport.reporting(settings::get);
    started = StartReport.reporting(node::get);
    Banner ready = StartReport.reporting(banner::get);
    OwnClasses.load(event.getServletContext());
    started.start(() -> ready.show(started.producerPort()));
    StartReport.started();
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    StartReport.stopped();
    if (started != null) {
      started.stop();
    }
  }
}
