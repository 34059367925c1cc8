package io.snapper.boot;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;

/**
 * Loads the application's own classes at its start. Payara takes the application's files away from
 * the class loader before it tells the application to stop: a class that is needed only to stop,
 * such as the reasons why connections are closed, could not be loaded then.
 */
final class OwnClasses {
  private static final Logger LOG = System.getLogger(OwnClasses.class.getName());
  private static final String ROOT = "/WEB-INF/classes/";
  private static final String SUFFIX = ".class";

  private OwnClasses() {}

  static void load(ServletContext application) {
    loadIn(application, ROOT + "io/snapper/");
  }

  private static void loadIn(ServletContext application, String directory) {
    Set<String> paths = application.getResourcePaths(directory);
    if (paths == null) {
      return;
    }
    for (String path : paths) {
      if (path.endsWith("/")) {
        loadIn(application, path);
      } else if (path.endsWith(SUFFIX) && !path.endsWith("-info.class")) {
        load(path.substring(ROOT.length(), path.length() - SUFFIX.length()).replace('/', '.'));
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, OwnClasses.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError notOfUse) {
      LOG.log(Level.DEBUG, "{0} can't be loaded: {1}", name, notOfUse);
    }
  }
}
