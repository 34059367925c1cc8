package io.snapper.boot.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Runs the broker's token command out of the runnable jar, without a server: {@code java -jar
 * snapper.jar token …}. The command's classes are in the WAR in the jar, where no class loader
 * finds them, so they are unpacked for the time being.
 */
final class TokenTool {
  /** The first argument that asks for it. */
  static final String NAME = "token";

  private static final String COMMAND = "io.snapper.auth.jwt.TokenCommand";
  private static final String WAR = "MICRO-INF/deploy/ROOT.war";
  private static final String CLASSES = "WEB-INF/classes/";
  private static final String LIBRARIES = "WEB-INF/lib/";
  private static final List<String> NEEDED = List.of("jose4j", "slf4j", "microprofile-config");

  private TokenTool() {}

  /** Runs the command, which ends the process; {@code arguments} begin with its name. */
  static void run(Path runnableJar, String[] arguments)
      throws IOException, ReflectiveOperationException {
    Path directory = Files.createTempDirectory("snapper-token");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "delete-unpacked"));
    List<URL> classPath = unpack(runnableJar, directory);
    URLClassLoader loader =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    loader.loadClass(COMMAND).getMethod("main", String[].class).invoke(null, (Object) arguments);
  }

  private static List<URL> unpack(Path runnableJar, Path directory) throws IOException {
    // Made first: the address of a directory that isn't there would lack the slash at the end.
    Path classes = Files.createDirectories(directory.resolve(CLASSES));
    List<URL> classPath = new ArrayList<>(List.of(classes.toUri().toURL()));
    try (ZipFile jar = new ZipFile(runnableJar.toFile());
        ZipInputStream war = new ZipInputStream(war(jar))) {
      for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
        String name = entry.getName();
        boolean isLibrary =
            name.startsWith(LIBRARIES)
                && NEEDED.stream().anyMatch(name.substring(LIBRARIES.length())::startsWith);
        if (entry.isDirectory() || !(isLibrary || name.startsWith(CLASSES))) {
          continue;
        }
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory)) {
          throw new IOException(WAR + " has the entry " + name);
        }
        Files.createDirectories(file.getParent());
        Files.copy(war, file);
        if (isLibrary) {
          classPath.add(file.toUri().toURL());
        }
      }
    }
    return classPath;
  }

  private static InputStream war(ZipFile jar) throws IOException {
    ZipEntry war = jar.getEntry(WAR);
    if (war == null) {
      throw new IOException(jar.getName() + " has no " + WAR);
    }
    return jar.getInputStream(war);
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftOver) {
      System.err.println(directory + " is left over: " + leftOver.getMessage());
    }
  }
}
