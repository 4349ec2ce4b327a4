package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Place;
import dev.edgefleet.text.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code [group]}, {@code [group:vars]} and {@code [group:children]} sections. Lines before
 * the first section are devices without a group.
 */
final class IniInventory {
  private static final Pattern SECTION =
      Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?\\]\\s*(?:#.*)?");
  private static final Pattern GROUP_NAME = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");
  private static final Set<String> KINDS = Set.of("hosts", "vars", "children");

  private final InventoryBuilder builder;
  private final String file;
  private final Map<String, Undeclared> undeclared = new LinkedHashMap<>();
  private String group = InventoryBuilder.UNGROUPED;
  private String kind = "hosts";

  /**
   * A group that a section speaks of before it is declared.
   *
   * @param parents those that name it as a child; none when it was given variables
   */
  private record Undeclared(Place place, boolean child, List<String> parents) {}

  IniInventory(InventoryBuilder builder, String file) {
    this.builder = builder;
    this.file = file;
  }

  /** Whether a line opens a section: what tells this format from YAML. */
  static boolean isSection(String line) {
    return SECTION.matcher(line.strip()).matches();
  }

  void read(String text) {
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        line(line, new Place(file, number, raw.indexOf(line) + 1));
      }
    }
    undeclared.forEach(this::stillUndeclared);
  }

  private void line(String line, Place place) {
    Matcher section = SECTION.matcher(line);
    if (section.matches()) {
      section(section.group(1), Optional.ofNullable(section.group(2)).orElse("hosts"), place);
    } else if (line.startsWith("[") && line.endsWith("]")) {
      builder.problem(
          place,
          "'" + line + "' is not a section",
          "write [name], [name:vars] or [name:children], without spaces");
    } else {
      switch (kind) {
        case "vars" -> variable(line, place);
        case "children" -> child(line, place);
        default -> hosts(line, place);
      }
    }
  }

  private void section(String name, String wanted, Place place) {
    if (!KINDS.contains(wanted)) {
      builder.problem(
          place,
          "section [" + name + ":" + wanted + "] is of an unknown kind",
          Nearest.remedy(wanted, KINDS));
      return;
    }
    group = name;
    kind = wanted;
    boolean variables = kind.equals("vars");
    if (!builder.hasGroup(group)) {
      if (variables) {
        undeclared.putIfAbsent(group, new Undeclared(place, false, new ArrayList<>()));
      }
      builder.group(group);
    }
    if (!variables) {
      declared(group);
    }
  }

  private void declared(String name) {
    Undeclared waiting = undeclared.remove(name);
    if (waiting != null) {
      for (String parent : waiting.parents) {
        builder.child(parent, name, waiting.place);
      }
    }
  }

  private void stillUndeclared(String name, Undeclared waiting) {
    builder.problem(
        waiting.place,
        waiting.child
            ? "["
                + waiting.parents.getLast()
                + ":children] names the group '"
                + name
                + "', which is declared nowhere in this file"
            : "[" + name + ":vars] stands for a group that is declared nowhere in this file",
        "add a section [" + name + "], or mend the name");
  }

  private void variable(String line, Place place) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      builder.problem(
          place,
          "expected name=value in [" + group + ":vars], found '" + line.split("\\s", 2)[0] + "'",
          "write one variable a line; devices belong under [" + group + "]");
      return;
    }
    String name = line.substring(0, equals).strip();
    Object value = PythonLiteral.valueOf(line.substring(equals + 1).strip());
    builder.groupVariable(group, name, value, place);
  }

  private void child(String line, Place place) {
    Matcher name = GROUP_NAME.matcher(line);
    if (!name.matches()) {
      builder.problem(
          place,
          "expected the name of one group in [" + group + ":children], found '" + line + "'",
          "write one name a line, nothing after it");
      return;
    }
    String child = name.group(1);
    if (builder.hasGroup(child)) {
      builder.child(group, child, place);
    } else {
      undeclared
          .computeIfAbsent(child, c -> new Undeclared(place, true, new ArrayList<>()))
          .parents
          .add(group);
    }
  }

  private void hosts(String line, Place place) {
    try {
      List<ShellWords.Word> words = ShellWords.splitCommented(line);
      HostEntry hosts = entry(words.getFirst().text());
      List<ShellWords.Word> assignments = words.subList(1, words.size());
      for (String name : hosts.names()) {
        builder.device(group, name, hosts.port(), place);
      }
      for (ShellWords.Word assignment : assignments) {
        assign(hosts, assignment.text(), at(place, assignment.column()));
      }
    } catch (BadInput e) {
      builder.problems().addAll(e.at(place).problems());
    }
  }

  private static HostEntry entry(String text) {
    if (text.isEmpty()) {
      throw new BadInput("the name of the device is empty", "write a name, or remove the line");
    }
    if (text.endsWith(":")) {
      throw new BadInput(
          "the device name '" + text + "' ends in ':'",
          "write the port after it, or remove it; a YAML inventory is named .yml");
    }
    if (text.equals("---")) {
      throw new BadInput("'---' starts a YAML file, and this is none", "name YAML files .yml");
    }
    return HostEntry.of(text);
  }

  private void assign(HostEntry hosts, String assignment, Place place) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      builder.problem(
          place,
          "expected name=value after the device, found '" + assignment + "'",
          "write no spaces around '=', and quotes around a value that has spaces");
      return;
    }
    String name = assignment.substring(0, equals);
    Object value = PythonLiteral.valueOf(assignment.substring(equals + 1));
    hosts.names().forEach(host -> builder.deviceVariable(host, name, value, place));
  }

  private static Place at(Place line, int column) {
    return new Place(line.file(), line.line(), line.column() + column);
  }
}
