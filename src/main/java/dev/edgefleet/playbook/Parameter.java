package dev.edgefleet.playbook;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of an action, read from its record component.
 *
 * @param type without the Optional around it
 * @param optional true when it may be absent
 */
record Parameter(String name, Type type, boolean optional, Param words) {
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

  boolean required() {
    return !optional && words.byDefault().isEmpty() && !isList() && !words.anyName();
  }

  boolean isList() {
    return type instanceof ParameterizedType parameterized
        && parameterized.getRawType() == List.class;
  }

  /** The type of a list's items, or the type itself. */
  Type itemType() {
    return isList() ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
  }

  /** True when the text is an expression for the action, not a template for the binding. */
  boolean isExpression() {
    return itemType() == Expression.class;
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
