package io.snapper.boot;

import io.snapper.boot.launch.RunnableJar;
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
    try {
      settings.get();
      started = node.get();
      Banner ready = banner.get();
      started.start(() -> ready.show(started.producerPort()));
    } catch (RuntimeException failure) {
      // The runnable jar ends the process: Payara alone would go on without an application.
      System.setProperty(RunnableJar.FAILURE, rootMessage(failure));
      throw failure;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (started != null) {
      started.stop();
    }
  }
}
