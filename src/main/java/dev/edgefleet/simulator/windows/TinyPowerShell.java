package dev.edgefleet.simulator.windows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The few statements of PowerShell that a shell text on a device can hold. */
final class TinyPowerShell {
  private final DeviceFiles files;
  private final DeviceModel model;

  TinyPowerShell(DeviceFiles files, DeviceModel model) {
    this.files = files;
    this.model = model;
  }

  int run(String text, Programs.Start start) throws IOException, InterruptedException {
    for (String part : text.split("[;\n]", -1)) {
      String statement = part.strip();
      if (statement.isEmpty() || statement.startsWith("#")) {
        continue;
      }
      int space = statement.indexOf(' ');
      String rest = space < 0 ? "" : value(statement.substring(space + 1).strip(), start);
      String word = space < 0 ? statement : statement.substring(0, space);
      switch (word.toLowerCase(Locale.ROOT)) {
        case "write-output", "write-host", "echo" -> start.print(rest + "\r\n");
        case "write-error" -> start.complain(rest + "\r\n");
        case "add-content" -> {
          if (!append(CommandLineSplit.split(statement), start)) {
            return 1;
          }
        }
        case "start-sleep" -> Thread.sleep(1000L * Integer.parseInt(rest.replaceAll("\\D", "")));
        case "exit" -> {
          return rest.isEmpty() ? 0 : Integer.parseInt(rest);
        }
        case "throw" -> {
          start.complain(rest + "\r\n");
          return 1;
        }
        case "$input" -> start.print(new String(start.input(), StandardCharsets.UTF_8));
        default -> {
          if (statement.startsWith("'") || statement.startsWith("\"") || word.startsWith("$env:")) {
            start.print(value(statement, start) + "\r\n");
          } else {
            start.complain(
                word
                    + " : The term '"
                    + word
                    + "' is not recognized as the name of a cmdlet,"
                    + " function, script file, or operable program.\r\n");
            return 1;
          }
        }
      }
    }
    return 0;
  }

  /** {@code Add-Content PATH TEXT}. */
  private boolean append(List<String> words, Programs.Start start) throws IOException {
    if (words.size() != 3) {
      start.complain("Add-Content : this device knows it with a path and a text only.\r\n");
      return false;
    }
    String path = value(words.get(1), start);
    try {
      Files.writeString(
          files.follow(path).file(),
          value(words.get(2), start) + "\r\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return true;
    } catch (FileSystemException e) {
      start.complain("Add-Content : Could not find a part of the path '" + path + "'.\r\n");
      return false;
    }
  }

  private String value(String word, Programs.Start start) {
    List<String> quotes = List.of("'", "\"");
    String text = word;
    for (String quote : quotes) {
      if (text.length() > 1 && text.startsWith(quote) && text.endsWith(quote)) {
        text = text.substring(1, text.length() - 1);
        break;
      }
    }
    for (Map.Entry<String, String> variable : start.environment().entrySet()) {
      text = text.replace("$env:" + variable.getKey(), variable.getValue());
    }
    return text.replace("$env:COMPUTERNAME", model.name());
  }
}
