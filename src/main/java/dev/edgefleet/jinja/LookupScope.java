package dev.edgefleet.jinja;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a lookup may ask of the expression that it stands in. */
public interface LookupScope {
  /** The evaluated value of a variable. */
  Optional<Object> variable(String name);

  /** False where a playbook is only looked at: nothing but values may be asked for then. */
  boolean mayRunPrograms();

  /**
   * A template file's text, evaluated under the variables in force.
   *
   * @param more variables that win over them
   */
  String render(String text, Map<String, ? extends @Nullable Object> more);
}
