package dev.edgefleet.simulator.windows;

import java.util.ArrayList;
import java.util.List;

/** Takes command lines apart: into arguments, and into the commands of a line of cmd. */
public final class CommandLineSplit {
  private CommandLineSplit() {}

  /** As CommandLineToArgvW does. */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    boolean any = false;
    int slashes = 0;
    for (char c : (line + " ").toCharArray()) {
      if (c == '\\') {
        slashes++;
        any = true;
        continue;
      }
      if (c == '"') {
        word.repeat("\\", slashes / 2);
        if (slashes % 2 == 1) {
          word.append('"');
        } else {
          open = !open;
        }
        any = true;
      } else {
        word.repeat("\\", slashes);
        if ((c == ' ' || c == '\t' || c == '\n' || c == '\r') && !open) {
          if (any) {
            words.add(word.toString());
          }
          word.setLength(0);
          any = false;
        } else {
          word.append(c);
          any = true;
        }
      }
      slashes = 0;
    }
    if (any && open) {
      words.add(word.toString().stripTrailing());
    }
    return words;
  }

  /** The commands between {@code &}, {@code &&} and line ends; the text each is joined by first. */
  static List<String> commands(String line) {
    List<String> commands = new ArrayList<>();
    StringBuilder command = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        open = !open;
      }
      boolean end = !open && (c == '&' || c == '\n' || c == '\r');
      if (end) {
        commands.add(command.toString());
        command.setLength(0);
        if (c == '&' && i + 1 < line.length() && line.charAt(i + 1) == '&') {
          i++;
          command.append("&&");
        }
      } else {
        command.append(c);
      }
    }
    commands.add(command.toString());
    return commands;
  }
}
