package dev.edgefleet.terminal;

import picocli.CommandLine.Help.Ansi;

/** Colours, where they are wanted. */
public record Style(boolean colours) {
  private static final String PLACEHOLDER = "@";

  /**
   * @param style in picocli's words, such as {@code bold,red}
   * @param text never read as markup, whatever a device printed
   */
  public String paint(String style, String text) {
    return colours
        ? Ansi.ON.string("@|" + style + " " + PLACEHOLDER + "|@").replace(PLACEHOLDER, text)
        : text;
  }

  /** For what is printed to a terminal, unless the operator set {@code NO_COLOR}. */
  public static Style automatic() {
    return new Style(Ansi.AUTO.enabled());
  }
}
