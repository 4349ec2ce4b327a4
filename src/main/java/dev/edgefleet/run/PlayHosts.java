package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.inventory.Inventory;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Prompt;
import dev.edgefleet.playbook.read.ValueType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a play is for, where its {@code hosts} holds Jinja: of what is known before a run,
 * and so of no device's own variables.
 */
record PlayHosts(Map<String, @Nullable Object> extra, Inventory inventory) {
  /**
   * The play with a host pattern; as it is where that hangs on an answer that is not known yet.
   *
   * @param problems takes what is wrong; the play is left as it is then
   */
  Play known(Play play, List<Problem> problems) {
    if (!ValueType.holdsTemplate(play.hosts())) {
      return play;
    }
    try {
      Set<String> needed = Templates.free(play.hosts()).names();
      boolean unanswered =
          play.prompts().stream()
              .map(Prompt::name)
              .anyMatch(
                  name ->
                      needed.contains(name)
                          && !extra.containsKey(name)
                          && !play.answers().containsKey(name));
      if (unanswered) {
        return play;
      }
      Variables variables =
          Variables.of(play.variables())
              .overLiteral(play.answers())
              .over(play.variableFiles())
              .over(extra)
              .overLiteral(Map.of("groups", inventory.membersByGroup()));
      Object value = new Templates().evaluate(play.hosts(), variables);
      String pattern =
          value instanceof Collection<?> items
              ? items.stream().map(Templates::text).collect(Collectors.joining(","))
              : value == null ? "" : Templates.text(value);
      if (pattern.isBlank()) {
        throw new BadInput("'hosts' comes out empty", "give it the name of a group or device");
      }
      return play.forHosts(pattern);
    } catch (BadInput e) {
      problems.addAll(e.at(play.hostsPlace()).problems());
      return play;
    }
  }
}
