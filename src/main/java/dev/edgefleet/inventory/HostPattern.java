package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which devices are meant, in Ansible's words: {@code canary:&plant_a:!broken}, {@code edge*},
 * {@code ~regex}, {@code group[0:9]}. Terms are joined by commas, or by colons where no comma is.
 *
 * @param text as written
 * @param terms one name, glob or regular expression each, with {@code &} or {@code !} before it
 */
public record HostPattern(String text, List<String> terms) {
  private static final Pattern SLICE =
      Pattern.compile("(.+)\\[(?:(-?\\d{1,6})|(\\d{1,6})[:-](\\d{0,6}))\\]");
  // A colon inside [0:9] belongs to the term.
  private static final Pattern TERM = Pattern.compile("(?:[^\\s:\\[\\]]|\\[[^\\]]*\\])+");
  private static final Pattern WILDCARD = Pattern.compile("[.?*\\[]");
  private static final int NAMES_SHOWN = 20;

  public static final HostPattern ALL = new HostPattern("all");

  public HostPattern(String text) {
    this(text, split(text));
  }

  /**
   * As an operator gives it to {@code --limit}: a term {@code @FILE} stands for the terms in a
   * file, one a line.
   *
   * @throws BadInput when the file cannot be read
   */
  public static HostPattern limit(String text) {
    List<String> terms = new ArrayList<>();
    for (String term : split(text)) {
      if (term.startsWith("@")) {
        terms.addAll(lines(Path.of(term.substring(1))));
      } else {
        terms.add(term);
      }
    }
    return new HostPattern(text, List.copyOf(terms));
  }

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
    for (String term : terms) {
      switch (term.charAt(0)) {
        case '!' -> excluded.addAll(matches(term.substring(1), inventory));
        case '&' -> required.add(new HashSet<>(matches(term.substring(1), inventory)));
        default -> {
          named = true;
          // A device's own name wins over that of a group.
          selected.addAll(
              inventory.device(term).isPresent() ? List.of(term) : matches(term, inventory));
        }
      }
    }
    if (!named) {
      selected.addAll(inventory.members("all"));
    }
    required.forEach(selected::retainAll);
    selected.removeIf(excluded::contains);
    return selected;
  }

  private static List<String> split(String text) {
    List<String> terms = new ArrayList<>();
    if (text.contains(",")) {
      for (String part : text.split(",", -1)) {
        if (!part.isBlank()) {
          terms.add(part.strip());
        }
      }
    } else if (HostAddress.parse(text).isPresent()) {
      terms.add(text);
    } else {
      Matcher matcher = TERM.matcher(text);
      while (matcher.find()) {
        terms.add(matcher.group());
      }
    }
    return List.copyOf(terms);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new BadInput(
          "cannot read the file of --limit, " + file + ": " + e.getMessage(),
          "give a file with one device, group or pattern a line");
    }
  }

  private List<String> matches(String term, Inventory inventory) {
    if (term.isEmpty()) {
      throw new BadInput(
          "nothing follows '!' or '&' in the pattern '" + text + "'", "name a device or a group");
    }
    if (term.startsWith("~")) {
      return matching(regex(term.substring(1)), inventory, true);
    }
    Matcher slice = SLICE.matcher(term);
    String expression = slice.matches() ? slice.group(1) : term;
    boolean wild = WILDCARD.matcher(expression).find();
    List<String> found =
        wild
            ? matching(glob(expression), inventory, true)
            : matching(expression::equals, inventory, false);
    if (found.isEmpty() && Inventory.LOCALHOST.contains(expression)) {
      found = List.of(inventory.localhost(expression).name());
    }
    boolean isGlob = expression.contains("*") || expression.contains("?");
    if (found.isEmpty() && !isGlob && !inventory.groups().containsKey(expression)) {
      throw unknown(expression, inventory);
    }
    return slice.matches() && !found.isEmpty() ? slice(slice, found) : found;
  }

  // Devices by name too where no group has it, or where the term can mean both.
  private static List<String> matching(
      Predicate<String> matcher, Inventory inventory, boolean devicesToo) {
    List<String> found = new ArrayList<>();
    List<String> groups = inventory.groups().keySet().stream().filter(matcher).toList();
    groups.forEach(group -> found.addAll(inventory.members(group)));
    if (devicesToo || groups.isEmpty()) {
      inventory.devices().stream().map(Device::name).filter(matcher).forEach(found::add);
    }
    return found;
  }

  private BadInput unknown(String term, Inventory inventory) {
    Collection<String> groups = inventory.groups().keySet();
    List<String> all = new ArrayList<>(groups);
    inventory.devices().forEach(device -> all.add(device.name()));
    String known = String.join(", ", groups.stream().limit(NAMES_SHOWN).toList());
    String remedy =
        term.contains(":") && text.contains(",")
            ? "join all terms with commas, or all with colons"
            : Nearest.to(term, all)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("groups are: " + known + (groups.size() > NAMES_SHOWN ? ", ..." : ""));
    return new BadInput(
        "there is no device or group '" + term + "' in the inventory (pattern '" + text + "')",
        remedy);
  }

  private Predicate<String> regex(String expression) {
    try {
      Pattern pattern = Pattern.compile(expression);
      return name -> pattern.matcher(name).lookingAt();
    } catch (PatternSyntaxException e) {
      throw new BadInput(
          "'" + expression + "' is not a regular expression: " + e.getDescription(),
          "mend the pattern '" + text + "'");
    }
  }

  private Predicate<String> glob(String term) {
    StringBuilder regex = new StringBuilder();
    int at = 0;
    while (at < term.length()) {
      char c = term.charAt(at);
      int close = c == '[' ? closing(term, at) : -1;
      if (close > 0) {
        regex.append(characters(term.substring(at + 1, close)));
        at = close;
      } else {
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
      at++;
    }
    try {
      Pattern pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
      return name -> pattern.matcher(name).matches();
    } catch (PatternSyntaxException e) {
      throw new BadInput(
          "'" + term + "' is not a pattern: " + e.getDescription(),
          "mend the pattern '" + text + "'");
    }
  }

  // The first character of a set may be the bracket itself.
  private static int closing(String term, int open) {
    int from = open + 1;
    if (from < term.length() && term.charAt(from) == '!') {
      from++;
    }
    return term.indexOf(']', from + 1);
  }

  private static String characters(String set) {
    boolean not = set.startsWith("!");
    StringBuilder regex = new StringBuilder(not ? "[^" : "[");
    for (char c : (not ? set.substring(1) : set).toCharArray()) {
      if (c != '-' && !Character.isLetterOrDigit(c)) {
        regex.append('\\');
      }
      regex.append(c);
    }
    return regex.append(']').toString();
  }

  private List<String> slice(Matcher slice, List<String> names) {
    if (slice.group(2) != null) {
      int index = Integer.parseInt(slice.group(2));
      int at = index < 0 ? names.size() + index : index;
      if (at < 0 || at >= names.size()) {
        throw new BadInput(
            "'"
                + slice.group()
                + "' asks for one of "
                + names.size()
                + " devices (pattern '"
                + text
                + "')",
            "count from 0 to " + (names.size() - 1) + ", or from the end with -1");
      }
      return List.of(names.get(at));
    }
    int from = Integer.parseInt(slice.group(3));
    int to = slice.group(4).isEmpty() ? names.size() - 1 : Integer.parseInt(slice.group(4));
    if (!slice.group(4).isEmpty() && from > to) {
      throw new BadInput(
          "the slice in '" + slice.group() + "' is empty (pattern '" + text + "')",
          "put the lower end first");
    }
    return from >= names.size() ? List.of() : names.subList(from, Math.min(to + 1, names.size()));
  }
}
