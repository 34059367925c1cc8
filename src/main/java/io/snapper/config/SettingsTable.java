package io.snapper.config;

/** The settings as the README shows them, made from the declaration list. */
public final class SettingsTable {
  /** What stands before the table in a document that holds it. */
  static final String BEGIN = "<!-- settings -->";

  /** What stands after the table in a document that holds it. */
  static final String END = "<!-- /settings -->";

  private SettingsTable() {}

  /** Prints the table, between its two markers. */
  public static void main(String[] arguments) {
    System.out.print(BEGIN + "\n" + markdown() + END + "\n");
  }

  /** Returns the table in Markdown, one line per setting, each ended by a line feed. */
  public static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| setting | default | what it does | value |\n|---|---|---|---|\n");
    for (Setting<?> setting : Settings.all()) {
      String shownDefault = setting.defaultText().isEmpty() ? "" : code(setting.defaultText());
      table
          .append("| ")
          .append(code(setting.key()))
          .append(" | ")
          .append(shownDefault)
          .append(" | ")
          .append(escaped(setting.description()))
          .append(" | ")
          .append(escaped(setting.rule()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*");
  }
}
