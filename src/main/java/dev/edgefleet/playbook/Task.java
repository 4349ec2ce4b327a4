package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;
import dev.edgefleet.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing to do. What it inherits from the blocks and the play around it is in it already.
 *
 * @param name its name, or its action when it has none
 * @param action short name, such as {@code copy}, also where the playbook has {@code
 *     ansible.builtin.copy}
 * @param parameters as written, checked but not evaluated
 * @param variables of the blocks around it and its own, merged; may hold Jinja
 * @param when every condition must hold; those of the blocks around it come first
 * @param register name under which its result is kept
 * @param changedWhen decides, when there, whether it changed something; all must hold
 * @param failedWhen decides, when there, whether it failed; all must hold
 * @param notifies handlers by name or topic, may hold Jinja
 */
public record Task(
    Place place,
    String path,
    String name,
    String action,
    YamlNode parameters,
    Set<String> tags,
    Map<String, @Nullable Object> variables,
    List<Condition> when,
    Optional<LoopKeywords> loop,
    Optional<Until> until,
    Optional<String> register,
    Optional<List<Condition>> changedWhen,
    Optional<List<Condition>> failedWhen,
    List<String> notifies,
    Keywords keywords)
    implements Item {}
