package io.snapper.load;

import java.io.IOException;
import java.nio.file.Files;

/** The command: runs a load as the options say and prints what was measured. */
public final class LoadTool {
  private static final int MISUSE = 2;
  private static final int FAILED = 1;

  private LoadTool() {}

  /** Ends with 0, with 1 if the run failed or messages were lost or repeated, with 2 on misuse. */
  public static void main(String[] arguments) throws InterruptedException {
    LoadOptions options;
    try {
      options = LoadOptions.parse(arguments);
    } catch (LoadOptions.Misuse misuse) {
      System.err.println(misuse.getMessage() + "\n" + LoadOptions.usage());
      System.exit(MISUSE);
      return;
    }
    try {
      LoadReport report = new LoadRun(options).run();
      System.out.println(report.text());
      if (options.json().isPresent()) {
        Files.writeString(options.json().get(), report.json());
      }
      System.exit(report.isFlawless() ? 0 : FAILED);
    } catch (IOException | IllegalStateException failure) {
      System.err.println("the run failed: " + failure.getMessage());
      System.exit(FAILED);
    }
  }
}
