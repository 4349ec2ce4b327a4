package dev.edgefleet.cli.adhoc;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.RunEvent.StepEnded;
import dev.edgefleet.progress.LastSteps;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What a command printed, devices with the same output together. */
record ExecOutput(SequencedMap<ExecOutput.Said, List<String>> devices) {
  private static final int MOST_NAMES = 12;

  /**
   * @param exitCode of the command
   */
  record Said(String exitCode, String stdout, String stderr) {}

  /**
   * @param asked in the order to print them
   */
  static ExecOutput of(List<Device> asked, LastSteps results) {
    SequencedMap<Said, List<String>> devices = new LinkedHashMap<>();
    for (Device device : asked) {
      results
          .of(device.name())
          .filter(ended -> ended.values().containsKey("rc"))
          .ifPresent(
              ended ->
                  devices.computeIfAbsent(said(ended), s -> new ArrayList<>()).add(device.name()));
    }
    return new ExecOutput(devices);
  }

  void print(PrintStream out, Style style) {
    devices.forEach(
        (said, names) -> {
          out.println(style.paint("bold", TerminalText.line(heading(said, names))));
          TerminalText.text(said.stdout()).lines().forEach(line -> out.println("  " + line));
          TerminalText.text(said.stderr())
              .lines()
              .forEach(line -> out.println("  " + style.paint("red", line)));
        });
  }

  private static String heading(Said said, List<String> names) {
    String more = names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "";
    String listed = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    String count = names.size() > 1 ? " (" + names.size() + " devices)" : "";
    String code = said.exitCode().equals("0") ? "" : ", exit code " + said.exitCode();
    return listed + more + count + code + ":";
  }

  private static Said said(StepEnded ended) {
    Map<String, Object> values = ended.values();
    return new Said(
        String.valueOf(values.get("rc")),
        String.valueOf(values.getOrDefault("stdout", "")),
        String.valueOf(values.getOrDefault("stderr", "")));
  }
}
