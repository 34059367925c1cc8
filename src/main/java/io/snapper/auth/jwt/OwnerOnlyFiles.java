package io.snapper.auth.jwt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Small secret files of one directory, readable by the owner alone. Several processes may share the
 * directory: whoever creates a file first wins, all others read what is there, and nobody ever sees
 * half a file. For any thread.
 */
final class OwnerOnlyFiles {
  private static final Logger LOGGER = System.getLogger(OwnerOnlyFiles.class.getName());
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path directory;

  OwnerOnlyFiles(Path directory) {
    this.directory = directory;
  }

  /** Returns the path of a file of this directory, for log lines and error texts. */
  Path pathOf(String name) {
    return directory.resolve(name);
  }

  /**
   * Returns what the file holds; if there is none, it is made first, with the content that {@code
   * maker} gives.
   *
   * @throws UncheckedIOException if the directory or file can't be made or read
   */
  String readOrCreate(String name, Supplier<String> maker) {
    Path file = pathOf(name);
    try {
      try {
        return read(file);
      } catch (NoSuchFileException notYet) {
        create(file, maker.get());
        return read(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("can't read or make " + file + ": " + failed, failed);
    }
  }

  private String read(Path file) throws IOException {
    String content = Files.readString(file, StandardCharsets.UTF_8);
    if (POSIX) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNER_FILE.containsAll(permissions)) {
        LOGGER.log(
            Level.WARNING,
            "{0} was open to other users ({1}); it is closed to them now, but consider replacing"
                + " it",
            file,
            PosixFilePermissions.toString(permissions));
        EnumSet<PosixFilePermission> kept = EnumSet.copyOf(permissions);
        kept.retainAll(OWNER_FILE);
        Files.setPosixFilePermissions(file, kept);
      }
    }
    return content;
  }

  private void create(Path file, String content) throws IOException {
    Files.createDirectories(directory, ownerOnly("rwx------"));
    Path whole =
        Files.createTempFile(directory, "." + file.getFileName(), ".new", ownerOnly("rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      publish(whole, file);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Gives the whole file its name, unless somebody else's has it already. */
  private static void publish(Path whole, Path file) throws IOException {
    try {
      // A hard link, unlike a rename, fails if the name is taken: that decides who was first.
      Files.createLink(file, whole);
      LOGGER.log(Level.INFO, "Made {0}", file);
    } catch (FileAlreadyExistsException takenByAnother) {
      LOGGER.log(Level.DEBUG, "{0} was made by another process", file);
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // Some file systems have no links; there the check and the rename are two steps.
      if (Files.notExists(file)) {
        Files.move(whole, file);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
