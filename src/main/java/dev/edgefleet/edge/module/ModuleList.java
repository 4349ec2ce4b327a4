package dev.edgefleet.edge.module;

import dev.edgefleet.failure.StepFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code iotedge list} printed.
 *
 * @param modules in the order printed: by name
 */
public record ModuleList(List<Module> modules) {
  /**
   * One module of the deployment.
   *
   * @param name such as {@code edgeAgent}
   * @param status {@code running}, {@code stopped}, {@code failed}, {@code dead} or {@code unknown}
   * @param description such as {@code Up 2 days}; may be empty
   * @param image the container image; empty when the runtime does not know it
   */
  public record Module(String name, String status, String description, String image) {}

  // CONFIG up to 1.2, Config since 1.3.
  private static final Pattern HEADER =
      Pattern.compile(
          "NAME +(?<status>STATUS) +(?<description>DESCRIPTION) +(?<image>(?i:CONFIG))\\s*");

  public ModuleList {
    modules = List.copyOf(modules);
  }

  /**
   * @param output standard output of {@code iotedge list}, exit code 0
   * @throws StepFailed when this is no module table
   */
  public static ModuleList parse(String output) {
    List<String> lines =
        output.lines().map(String::stripTrailing).filter(line -> !line.isBlank()).toList();
    Matcher header = HEADER.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!header.matches()) {
      throw notAList(lines.isEmpty() ? "nothing" : "`" + lines.getFirst() + "`", output);
    }
    List<Module> modules = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      Module module =
          new Module(
              column(line, 0, header.start("status")),
              column(line, header.start("status"), header.start("description")),
              column(line, header.start("description"), header.start("image")),
              column(line, header.start("image"), Integer.MAX_VALUE));
      if (module.name().isEmpty()
          || module.name().contains(" ")
          || !module.status().matches("[A-Za-z]+")) {
        throw notAList("`" + line + "`", output);
      }
      modules.add(module);
    }
    return new ModuleList(modules);
  }

  /** The table is aligned by characters as people count them, not by UTF-16 units. */
  private static String column(String line, int from, int to) {
    int length = line.codePointCount(0, line.length());
    int start = line.offsetByCodePoints(0, Math.min(from, length));
    int end = line.offsetByCodePoints(0, Math.min(to, length));
    return line.substring(start, end).strip();
  }

  private static StepFailed notAList(String found, String output) {
    return new StepFailed(
        "`iotedge list` printed " + found + " where a table of modules was expected",
        "Run `iotedge list` on the device and look at what it prints",
        OptionalInt.of(0),
        output);
  }
}
