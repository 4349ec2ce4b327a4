package dev.edgefleet.playbook.read;

import dev.edgefleet.secret.Secret;
import dev.edgefleet.yaml.YamlNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a word takes. */
public enum ValueType {
  TEXT("a text"),
  /** A text, or a list of them. */
  TEXTS("a text or a list of texts"),
  /** Variable name. */
  VARIABLE_NAME("a variable name: letters, digits and _, not starting with a digit"),
  TRUTH("true or false"),
  /** Only true: to say something else means not to write the word. */
  TRUE("true"),
  /** True, false, or Jinja that gives one of them. */
  TRUTH_OR_TEMPLATE("true or false, or Jinja in {{ }} that gives it"),
  /** A bare Jinja expression, or a list of them that must all hold. */
  CONDITIONS("an expression or a list of them"),
  NUMBER_OR_TEMPLATE("a number from 0, or Jinja in {{ }} that gives one"),
  /** A share of 0 to 100. */
  PERCENT("a percentage from 0 to 100"),
  /** A share over 0, up to 100. */
  SHARE("a percentage over 0 and up to 100"),
  /** Whole number of devices. */
  DEVICES("a number of devices from 1"),
  /** Whole number of devices that may be none. */
  DEVICES_OR_NONE("a number of devices from 0"),
  DURATION("seconds, or a number with ms, s, m or h, up to 8760h"),
  /** A duration that is longer than nothing. */
  INTERVAL("seconds over 0, or a number with ms, s, m or h, up to 8760h"),
  /** A text that may hold Jinja or be encrypted. */
  SECRET_TEXT("a text, which may be Jinja or encrypted"),
  SERIAL("a number of devices, a percentage such as \"30%\", or a list of these"),
  VARIABLES("a mapping of variables"),
  /** Names to texts. */
  ENVIRONMENT("a mapping of names to values"),
  PARAMETERS("a mapping of parameters"),
  /** File names; a list in the list means the first of it that exists. */
  FILES("a list of files"),
  /** A list, or Jinja that gives one. */
  LOOP("a list, or Jinja in {{ }} that gives one"),
  LOOP_CONTROL("a mapping"),
  ROLLOUT("a mapping with waves"),
  WAVES("a list of waves, at least one"),
  GATE("a mapping with modules or that"),
  PROMPTS("a list of prompts, each with a name"),
  /** One value. */
  ANSWER("one text, number or truth"),
  /** What a loop's kind takes, or Jinja that gives it. */
  LOOP_TERMS("a list, a mapping or a text"),
  TASKS("a list of tasks"),
  HANDLERS("a list of handlers");

  private static final Set<String> TRUTHS = Set.of("yes", "no", "true", "false", "on", "off");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
  // A wait of more than a year is a slip.
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Pattern SHARE_FORM = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?%?");
  private static final Pattern BATCH = Pattern.compile("\\d{1,9}|\\d{1,9}(\\.\\d{1,9})?%");

  private final String expected;

  ValueType(String expected) {
    this.expected = expected;
  }

  /** What is wanted, as in "'serial' is <em>a number</em>". */
  public String expected() {
    return expected;
  }

  boolean accepts(YamlNode node) {
    return switch (this) {
      case TEXT -> text(node).isPresent();
      case TEXTS -> text(node).isPresent() || all(node, item -> text(item).isPresent());
      case VARIABLE_NAME -> text(node).filter(VariableName::isValid).isPresent();
      case TRUTH -> truth(node).isPresent();
      case TRUE -> truth(node).orElse(false);
      case TRUTH_OR_TEMPLATE -> truth(node).isPresent() || isTemplate(node);
      case CONDITIONS -> text(node).isPresent() || all(node, item -> text(item).isPresent());
      case NUMBER_OR_TEMPLATE -> matches(node, NUMBER) || isTemplate(node);
      case PERCENT -> matches(node, SHARE_FORM) && share(node) <= 100;
      case SHARE -> matches(node, SHARE_FORM) && share(node) > 0 && share(node) <= 100;
      case DEVICES -> matches(node, WHOLE) && share(node) >= 1;
      case DEVICES_OR_NONE -> matches(node, WHOLE);
      case DURATION -> duration(node).isPresent();
      case INTERVAL -> duration(node).filter(Duration::isPositive).isPresent();
      case SECRET_TEXT -> node instanceof YamlNode.Scalar scalar && scalar.value() != null;
      case SERIAL -> isBatch(node) || (all(node, ValueType::isBatch) && !isEmpty(node));
      case VARIABLES, ENVIRONMENT, PARAMETERS, LOOP_CONTROL ->
          node instanceof YamlNode.Mapping || isNothing(node);
      case FILES -> text(node).isPresent() || all(node, ValueType::isFile) || isNothing(node);
      case LOOP -> node instanceof YamlNode.Items || isTemplate(node);
      case ROLLOUT, GATE -> node instanceof YamlNode.Mapping;
      case PROMPTS -> node instanceof YamlNode.Items;
      case ANSWER -> node instanceof YamlNode.Scalar;
      case LOOP_TERMS -> !isNothing(node);
      case WAVES -> node instanceof YamlNode.Items items && !items.items().isEmpty();
      case TASKS, HANDLERS -> node instanceof YamlNode.Items || isNothing(node);
    };
  }

  /** The text of a scalar that is neither empty nor secret; numbers and truths as written. */
  public static Optional<String> text(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar
            && scalar.value() != null
            && !(scalar.value() instanceof Secret)
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  static Optional<Boolean> truth(YamlNode node) {
    if (node.value() instanceof Boolean truth) {
      return Optional.of(truth);
    }
    return text(node)
        .map(text -> text.toLowerCase(Locale.ROOT))
        .filter(TRUTHS::contains)
        .map(word -> Set.of("yes", "true", "on").contains(word));
  }

  static boolean isTemplate(YamlNode node) {
    return text(node).filter(ValueType::holdsTemplate).isPresent();
  }

  public static boolean holdsTemplate(String text) {
    return text.contains("{{") || text.contains("{%");
  }

  /** The number of a percentage, with its sign or without. */
  static double share(YamlNode node) {
    return Double.parseDouble(text(node).orElse("0").replace("%", ""));
  }

  private static Optional<Duration> duration(YamlNode node) {
    return text(node)
        .flatMap(DurationText::parse)
        .filter(duration -> duration.compareTo(LONGEST) <= 0);
  }

  private static boolean isBatch(YamlNode node) {
    return matches(node, BATCH)
        && share(node) > 0
        && (share(node) <= 100 || !text(node).orElse("").endsWith("%"));
  }

  private static boolean isFile(YamlNode node) {
    return text(node).isPresent() || (all(node, item -> text(item).isPresent()) && !isEmpty(node));
  }

  private static boolean isNothing(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.value() == null;
  }

  private static boolean isEmpty(YamlNode node) {
    return node instanceof YamlNode.Items items && items.items().isEmpty();
  }

  private static boolean matches(YamlNode node, Pattern pattern) {
    return text(node).filter(text -> pattern.matcher(text).matches()).isPresent();
  }

  private static boolean all(YamlNode node, Predicate<YamlNode> test) {
    return node instanceof YamlNode.Items items && items.items().stream().allMatch(test);
  }
}
