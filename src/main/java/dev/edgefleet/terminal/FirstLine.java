package dev.edgefleet.terminal;

/** What is being done before there is anything to show, so that a terminal does not stay empty. */
public final class FirstLine {
  private FirstLine() {}

  /** On a terminal only, and beside what a file or a pipe takes. */
  public static void say(String what) {
    if (Interactive.console().isPresent()) {
      System.err.println(Style.automatic().paint("faint", TerminalText.line(what) + " …"));
    }
  }
}
