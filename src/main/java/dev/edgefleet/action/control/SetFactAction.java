package dev.edgefleet.action.control;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code set_fact}: sets variables of this device for the rest of the run. */
public final class SetFactAction implements Action<SetFactAction.Parameters> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Parameters of {@code set_fact}. */
  public record Parameters(
      @Param(value = "Variables with their values.", anyName = true)
          Map<String, @Nullable Object> facts) {
    public Parameters {
      if (facts.isEmpty()) {
        throw new BadInput("set_fact needs a variable", "write one, as 'name: value'");
      }
      if (facts.containsKey("cacheable")) {
        throw new BadInput(
            "set_fact has no parameter 'cacheable': no facts are kept between runs",
            "leave it out; a variable lasts until the end of the run");
      }
      for (String name : facts.keySet()) {
        if (!NAME.matcher(name).matches()) {
          throw new BadInput(
              "'" + name + "' is no variable's name",
              "use letters, digits and underscores, and no digit first");
        }
      }
    }
  }

  @Override
  public String name() {
    return "set_fact";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Sets variables of this device for the rest of the run.")
        .note("They are stronger than the variables of play, block and task; only -e is stronger.")
        .note(
            "The value is what the expression gives now: it is not evaluated again, also when a"
                + " variable in it changes later.")
        .example(
            "Name a directory by the device",
            """
            - set_fact:
                backup_directory: "/var/backups/{{ inventory_hostname }}"
                keep: 3
            """)
        .returning("ansible_facts", "mapping", "the variables that were set");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    return Outcome.ok("set " + String.join(", ", parameters.facts().keySet()))
        .withVariables(parameters.facts())
        .withValues(Map.of("ansible_facts", parameters.facts()));
  }
}
