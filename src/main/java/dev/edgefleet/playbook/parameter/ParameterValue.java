package dev.edgefleet.playbook.parameter;

import dev.edgefleet.failure.Problem;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.playbook.read.DurationText;
import dev.edgefleet.playbook.read.ValueType;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.yaml.YamlNode;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns an evaluated value into the type that a parameter wants. */
final class ParameterValue {
  private static final Set<String> YES = Set.of("yes", "true", "on", "1");
  private static final Set<String> NO = Set.of("no", "false", "off", "0");
  private static final Pattern MODE = Pattern.compile("0?([0-7]{3,4})");

  private static final Pattern FORGOTTEN = Pattern.compile("[0-7]{3}");
  private static final int FIRST_WITH_STICKY_BIT = 01000;
  private static final int MOST = 07777;

  private final Parameter parameter;
  private final YamlNode node;

  ParameterValue(Parameter parameter, YamlNode node) {
    this.parameter = parameter;
    this.node = node;
  }

  /**
   * @throws WrongValue when it is not of the parameter's type
   */
  Object convert(@Nullable Object value) {
    if (parameter.words().anyName() && value instanceof Map<?, ?> names) {
      return names;
    }
    if (parameter.isList()) {
      List<?> items = value instanceof List<?> list ? list : Arrays.asList(value);
      return items.stream().map(this::item).toList();
    }
    return item(value);
  }

  private Object item(@Nullable Object value) {
    Type type = parameter.itemType();
    Object converted;
    if (value == null) {
      throw wrong("nothing", "");
    } else if (type == String.class) {
      converted = text(value);
    } else if (type == TextOrStructure.class) {
      boolean structure = value instanceof Map<?, ?> || value instanceof List<?>;
      converted = new TextOrStructure(structure ? value : text(value));
    } else if (type == Object.class) {
      converted = value;
    } else if (type == int.class || type == Integer.class) {
      converted = number(value);
    } else if (type == JinjaExpression.class) {
      converted = new JinjaExpression(text(value));
    } else if (type == boolean.class || type == Boolean.class) {
      converted = truth(value);
    } else if (type == Duration.class) {
      converted = duration(value);
    } else if (type == FileMode.class) {
      converted = mode(value);
    } else {
      throw new IllegalStateException("no conversion to " + type + " for " + parameter.name());
    }
    List<String> choices = List.of(parameter.words().choices());
    if (!choices.isEmpty() && !choices.contains(String.valueOf(converted))) {
      throw wrong("'" + converted + "'", "it is one of " + String.join(", ", choices));
    }
    return converted;
  }

  private String text(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean truth -> writtenOr(truth.toString());
      case Number number -> writtenOr(number.toString());
      default -> throw wrong("a list or mapping", "write one text");
    };
  }

  // An unquoted 00123 is the number 83 to YAML; whoever wrote it meant the digits.
  private String writtenOr(String value) {
    return isLiteral() && node instanceof YamlNode.Scalar scalar ? scalar.text() : value;
  }

  private boolean isLiteral() {
    return node instanceof YamlNode.Scalar scalar
        && !(scalar.value() instanceof Secret)
        && !ValueType.holdsTemplate(scalar.text());
  }

  private Boolean truth(Object value) {
    String word = value.toString().toLowerCase(Locale.ROOT);
    if (YES.contains(word)) {
      return true;
    }
    if (NO.contains(word)) {
      return false;
    }
    throw wrong("'" + value + "'", "write true or false");
  }

  private Integer number(Object value) {
    try {
      return Integer.valueOf(value.toString().strip());
    } catch (NumberFormatException e) {
      throw wrong("'" + value + "'", "write a whole number");
    }
  }

  private Duration duration(Object value) {
    return DurationText.parse(value.toString())
        .orElseThrow(
            () -> wrong("'" + value + "'", "write seconds, or a number with ms, s, m or h"));
  }

  private FileMode mode(Object value) {
    String written = writtenOr(value.toString());
    if (value instanceof Number number && !written.startsWith("0")) {
      return mode(number, written);
    }
    if (FileMode.isSymbolic(written)) {
      return new FileMode(written);
    }
    Matcher matcher = MODE.matcher(written.replaceFirst("^0o", "0"));
    if (!matcher.matches()) {
      throw wrong(
          "'" + written + "'", "write octal digits in quotes, as \"0644\", or u=rw,g=r,o=r");
    }
    String digits = matcher.group(1);
    return new FileMode(digits.length() == 3 ? "0" + digits : digits);
  }

  // What YAML made of 0644 somewhere else is the number 420 by now, and means what it meant there.
  // As
  // Ansible, but for what nobody can have meant: the digits of a mode without the 0 that makes them
  // octal.
  private FileMode mode(Number number, String written) {
    boolean literal = isLiteral();
    boolean forgotten =
        FORGOTTEN.matcher(written).matches() && number.intValue() >= FIRST_WITH_STICKY_BIT;
    if (literal || forgotten || !(number instanceof Long || number instanceof Integer)) {
      throw wrong(
          "the decimal number " + written,
          literal
              ? "write it in quotes, as \"0" + written + "\""
              : "write octal digits in quotes where it is set, as \"0644\"");
    }
    if (number.longValue() < 0 || number.longValue() > MOST) {
      throw wrong("the number " + written, "write octal digits in quotes, as \"0644\"");
    }
    return new FileMode(String.format(Locale.ROOT, "%04o", number.longValue()));
  }

  private WrongValue wrong(String found, String remedy) {
    return new WrongValue(
        Problem.at(node.place(), "'" + parameter.name() + "' cannot be " + found, remedy));
  }

  /** A value that does not fit its parameter. */
  static final class WrongValue extends RuntimeException {
    private final transient Problem problem;

    WrongValue(Problem problem) {
      super(problem.toString());
      this.problem = problem;
    }

    Problem problem() {
      return problem;
    }
  }
}
