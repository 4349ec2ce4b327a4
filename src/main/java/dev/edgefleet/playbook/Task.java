package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import dev.edgefleet.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do.
 *
 * @param path where it stands in the playbook, such as {@code 1.3} for play 1, task 3
 * @param name its name, or its action when it has none
 * @param parameters as written, checked but not evaluated
 * @param when every condition must hold
 * @param register name under which its result is kept
 * @param tags its own and its play's
 * @param variables may hold Jinja
 */
public record Task(
    Place place,
    String path,
    String name,
    String action,
    YamlNode parameters,
    List<Condition> when,
    Optional<String> register,
    Set<String> tags,
    Map<String, @Nullable Object> variables,
    BecomeWords become) {
  /** A bare Jinja expression, or a plain true or false. */
  public record Condition(Place place, Object expression) {}
}
