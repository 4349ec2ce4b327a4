package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which devices are meant, in Ansible's words: {@code canary:&plant_a:!broken}, {@code edge*},
 * {@code ~regex}, {@code group[0:9]}; terms are joined by {@code :} or {@code ,}.
 *
 * @param text as written
 */
public record HostPattern(String text) {
  private static final Pattern SLICE =
      Pattern.compile("(.+)\\[(?:(-?\\d{1,6})|(\\d{1,6})[:-](\\d{0,6}))\\]");

  public static final HostPattern ALL = new HostPattern("all");

  /**
   * Names of the devices it stands for.
   *
   * @throws BadInput when a term names nothing that the inventory has
   */
  SequencedSet<String> names(Inventory inventory) {
    SequencedSet<String> selected = new LinkedHashSet<>();
    List<Set<String>> required = new ArrayList<>();
    Set<String> excluded = new HashSet<>();
    boolean named = false;
    for (String term : terms()) {
      switch (term.charAt(0)) {
        case '!' -> excluded.addAll(matches(term.substring(1), inventory));
        case '&' -> required.add(matches(term.substring(1), inventory));
        default -> {
          named = true;
          selected.addAll(matches(term, inventory));
        }
      }
    }
    if (!named) {
      selected.addAll(inventory.members("all"));
    }
    selected.removeIf(name -> excluded.contains(name));
    required.forEach(selected::retainAll);
    return selected;
  }

  private List<String> terms() {
    // A colon inside [0:9] or in an IPv6 address belongs to the term.
    String[] parts = text.split(",|:(?![^\\[]*\\])", -1);
    List<String> terms = new ArrayList<>();
    for (String part : parts) {
      if (!part.isBlank()) {
        terms.add(part.strip());
      }
    }
    return terms;
  }

  private Set<String> matches(String term, Inventory inventory) {
    if (term.startsWith("~")) {
      return matching(regex(term.substring(1)), inventory);
    }
    if (known(term, inventory)) {
      return one(term, inventory);
    }
    Matcher slice = SLICE.matcher(term);
    if (slice.matches() && known(slice.group(1), inventory)) {
      return slice(slice, List.copyOf(one(slice.group(1), inventory)));
    }
    if (term.contains("*") || term.contains("?")) {
      return matching(glob(term), inventory);
    }
    List<String> all = new ArrayList<>(inventory.groups().keySet());
    inventory.devices().forEach(device -> all.add(device.name()));
    throw new BadInput(
        "there is no device or group '" + term + "' in the inventory (pattern '" + text + "')",
        Nearest.to(term, all)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("groups are: " + String.join(", ", inventory.groups().keySet())));
  }

  private static boolean known(String name, Inventory inventory) {
    return inventory.groups().containsKey(name) || inventory.device(name).isPresent();
  }

  private static Set<String> one(String name, Inventory inventory) {
    return inventory.groups().containsKey(name)
        ? new LinkedHashSet<>(inventory.members(name))
        : Set.of(name);
  }

  private static Set<String> matching(Pattern pattern, Inventory inventory) {
    Set<String> found = new LinkedHashSet<>();
    inventory.groups().keySet().stream()
        .filter(group -> pattern.matcher(group).lookingAt())
        .forEach(group -> found.addAll(inventory.members(group)));
    inventory.devices().stream()
        .map(Device::name)
        .filter(name -> pattern.matcher(name).lookingAt())
        .forEach(found::add);
    return found;
  }

  private Pattern regex(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new BadInput(
          "'" + expression + "' is not a regular expression: " + e.getDescription(),
          "mend the pattern '" + text + "'");
    }
  }

  private static Pattern glob(String term) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.append("\\z").toString());
  }

  private static Set<String> slice(Matcher slice, List<String> names) {
    int from;
    int to;
    if (slice.group(2) != null) {
      int index = Integer.parseInt(slice.group(2));
      from = index < 0 ? names.size() + index : index;
      to = from;
    } else {
      from = Integer.parseInt(slice.group(3));
      to = slice.group(4).isEmpty() ? names.size() - 1 : Integer.parseInt(slice.group(4));
    }
    return from < 0 || from > to || from >= names.size()
        ? Set.of()
        : new LinkedHashSet<>(names.subList(from, Math.min(to + 1, names.size())));
  }
}
