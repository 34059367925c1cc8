import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Shows what the simulation notices: changes the engine in the way that each file of this directory
 * says, one at a time, in a copy, and runs seeds against it.
 *
 * <pre>java src/test/mutations/Mutations.java [seeds [name…]]</pre>
 *
 * <p>A mutation is a text file: a line that says what is changed, a line {@code faults: …} if it
 * needs certain ones, and blocks of a file's path, the text to replace (it must occur once), and
 * the text to put there, between lines of {@code <<<<}, {@code ====} and {@code >>>>}. Prints a
 * table in Markdown; a file whose text does not fit any more is an error.
 */
public final class Mutations {
  private static final Pattern BLOCK =
      Pattern.compile("(\\S+)\n<<<<\n(.*?)\n====\n(.*?)\n?>>>>\n", Pattern.DOTALL);
  private static final Pattern RESULT = Pattern.compile("(\\d+) of \\d+ runs broke a promise");
  private static final Pattern HEAD = Pattern.compile("seed (\\d+): (.*)");
  private static final long MAX_MINUTES = 10;
  private static final Path WORK = Path.of("target", "mutations");

  private Mutations() {}

  public static void main(String[] arguments) throws Exception {
    String seeds = arguments.length > 0 ? arguments[0] : "2000";
    List<String> names =
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src", "test", "mutations"))) {
      files = all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    System.out.println("| change | runs that failed | first | how |\n|---|---|---|---|");
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".txt", "");
      if (names.isEmpty() || names.contains(name)) {
        System.out.println(run(name, Files.readString(file), seeds));
      }
    }
  }

  private static String run(String name, String mutation, String seeds) throws Exception {
    Path sources = WORK.resolve(name).resolve("sources");
    Path classes = WORK.resolve(name).resolve("classes");
    delete(WORK.resolve(name));
    Files.createDirectories(classes);
    copy(Path.of("src/main/java/io/snapper/core"), sources.resolve("io/snapper/core"));
    for (String part : List.of("simulation", "testing/store")) {
      copy(Path.of("src/test/java/io/snapper", part), sources.resolve("io/snapper").resolve(part));
    }
    Matcher blocks = BLOCK.matcher(mutation);
    int count = 0;
    while (blocks.find()) {
      apply(name, sources.resolve(blocks.group(1)), blocks.group(2), blocks.group(3));
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException(name + " changes nothing");
    }
    compile(name, sources, classes);
    String title = mutation.lines().findFirst().orElse(name);
    String faults =
        mutation.lines().filter(line -> line.startsWith("faults: ")).findFirst().orElse("");
    return "| " + title + " | " + simulate(classes, seeds, faults.replace("faults: ", "")) + " |";
  }

  private static void apply(String name, Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    int at = text.indexOf(from);
    if (at < 0 || text.indexOf(from, at + 1) >= 0) {
      throw new IllegalArgumentException(name + ": not once in " + file + ": " + from);
    }
    Files.writeString(file, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  private static void compile(String name, Path sources, Path classes) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path main = sources.resolve("io/snapper/simulation/SimulationRun.java");
    int result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-encoding",
            "UTF-8",
            "-sourcepath",
            sources.toString(),
            "-d",
            classes.toString(),
            main.toString());
    if (result != 0) {
      throw new IllegalArgumentException(name + " does not compile");
    }
  }

  private static String simulate(Path classes, String seeds, String faults) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-ea", "-cp", classes.toString()));
    command.addAll(List.of("io.snapper.simulation.SimulationRun", seeds, "1"));
    if (!faults.isEmpty()) {
      command.add(faults);
    }
    Path output = classes.resolveSibling("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean isOver = process.waitFor(MAX_MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Matcher result = RESULT.matcher(text);
    String count = result.find() ? result.group(1) : isOver ? "?" : "no end";
    List<String> heads =
        text.lines()
            .filter(line -> HEAD.matcher(line).matches())
            .sorted(Comparator.comparingLong(Mutations::seedOf))
            .toList();
    if (heads.isEmpty()) {
      return count + " | | ";
    }
    Matcher head = HEAD.matcher(heads.get(0));
    head.matches();
    String how = head.group(2).replaceFirst("java.lang.\\w+: ", "").replace("|", "/");
    return count + " | " + head.group(1) + " | " + how.substring(0, Math.min(100, how.length()));
  }

  private static long seedOf(String line) {
    Matcher head = HEAD.matcher(line);
    head.matches();
    return Long.parseLong(head.group(1));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // The test is for the framework; nothing of it is needed here.
        if (!file.toString().endsWith("Test.java")) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
