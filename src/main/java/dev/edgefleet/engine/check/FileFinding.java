package dev.edgefleet.engine.check;

import dev.edgefleet.failure.Place;
import dev.edgefleet.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found of a file that a task would send to a device.
 *
 * @param named where the playbook names it
 * @param problem what is wrong; at the file as a whole where there is one
 */
record FileFinding(String device, Place named, Problem problem) {
  private static final int NAMED = 3;

  /** Two of the same shape are the same mistake in the files of two devices. */
  private record Shape(Place named, String found) {}

  private Shape shape() {
    String found = problem.found();
    for (String own : List.of(problem.place().map(Place::file).orElse(""), device)) {
      found = own.isEmpty() ? found : found.replace(own, "~");
    }
    // Subjects, times and numbers are each device's own.
    return new Shape(
        named,
        found
            .replaceAll("'[^']*'|`[^`]*`|\\([^()]*\\)|(?<=[ :])/\\S+", "~")
            .replaceAll("\\d+", "0"));
  }

  /** One problem for all findings of a shape, in the order in which the first of each was made. */
  static List<Problem> grouped(List<FileFinding> findings, int devices) {
    Map<Shape, List<FileFinding>> shapes = new LinkedHashMap<>();
    findings.forEach(
        finding ->
            shapes.computeIfAbsent(finding.shape(), shape -> new ArrayList<>()).add(finding));
    return shapes.values().stream().map(same -> of(same, devices)).toList();
  }

  private static Problem of(List<FileFinding> same, int devices) {
    Problem first = same.getFirst().problem();
    Set<String> names = new LinkedHashSet<>();
    same.forEach(finding -> names.add(finding.device()));
    boolean identical =
        same.stream().map(FileFinding::problem).allMatch(problem -> problem.equals(first));
    List<String> said = new ArrayList<>();
    if (first.place().filter(Place::isWhole).isPresent()) {
      said.add("named at " + same.getFirst().named());
    }
    if (!identical && names.size() > 1) {
      names.remove(same.getFirst().device());
      said.add("likewise for " + some(names));
    } else if (!identical) {
      said.add("likewise " + (same.size() - 1) + " more of its files");
    } else if (names.size() < devices) {
      said.add("for " + some(names));
    }
    return new Problem(
        first.place(),
        first.found() + (said.isEmpty() ? "" : " (" + String.join("; ", said) + ")"),
        first.remedy());
  }

  private static String some(Set<String> names) {
    List<String> shown = names.stream().limit(NAMED).toList();
    int more = names.size() - shown.size();
    return String.join(", ", shown)
        + (more == 0 ? "" : " and " + more + (more == 1 ? " other" : " others"));
  }
}
