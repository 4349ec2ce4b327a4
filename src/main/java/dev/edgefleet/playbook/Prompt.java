package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import java.util.Optional;

/**
 * One of a play's {@code vars_prompt}: a variable whose value is asked for before the run.
 *
 * @param question what to ask; may hold Jinja
 * @param otherwise value where nothing is typed, or there is nobody to ask; may hold Jinja or be a
 *     {@code Secret}
 * @param hidden whether what is typed is not shown, and is masked wherever the run tells of it
 * @param twice whether it has to be typed twice
 */
public record Prompt(
    Place place,
    String name,
    Optional<String> question,
    Optional<Object> otherwise,
    boolean hidden,
    boolean twice) {}
