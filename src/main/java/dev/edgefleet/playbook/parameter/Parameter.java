package dev.edgefleet.playbook.parameter;

import dev.edgefleet.playbook.JinjaExpression;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of an action, read from its record component.
 *
 * @param name as written in a playbook
 * @param type without the Optional around it
 * @param optional true when it may be absent
 * @param words what its record says of it
 */
public record Parameter(String name, Type type, boolean optional, Param words) {
  static Parameter of(RecordComponent component) {
    Param words = component.getAnnotation(Param.class);
    if (words == null) {
      throw new IllegalStateException(component + " has no @Param");
    }
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    if (optional) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    return new Parameter(snakeCase(component.getName()), type, optional, words);
  }

  /** Whether an action cannot do without it. */
  public boolean required() {
    return !optional && words.byDefault().isEmpty() && !isList() && !words.anyName();
  }

  /** Whether it takes several values; one is as good as a list of one. */
  public boolean isList() {
    return type instanceof ParameterizedType parameterized
        && parameterized.getRawType() == List.class;
  }

  /** The type of a list's items, or the type itself. */
  Type itemType() {
    return isList() ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
  }

  /** What a value, or an item of a list, is. */
  public ParameterType kind() {
    Type item = itemType();
    if (words.anyName()) {
      return ParameterType.MAPPING;
    } else if (item == boolean.class || item == Boolean.class) {
      return ParameterType.TRUTH;
    } else if (item == int.class || item == Integer.class) {
      return ParameterType.WHOLE_NUMBER;
    } else if (item == Duration.class) {
      return ParameterType.DURATION;
    } else if (item == FileMode.class) {
      return ParameterType.MODE;
    } else if (item == TextOrStructure.class) {
      return ParameterType.TEXT_OR_STRUCTURE;
    } else if (item == JinjaExpression.class) {
      return ParameterType.EXPRESSION;
    } else if (item == Object.class) {
      return ParameterType.ANYTHING;
    }
    return ParameterType.TEXT;
  }

  /** True when the text is an expression for the action, not a template for the binding. */
  public boolean isExpression() {
    return itemType() == JinjaExpression.class;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
