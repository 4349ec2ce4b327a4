package dev.edgefleet.engine.step;

import dev.edgefleet.connect.ConnectionDefaults;
import dev.edgefleet.engine.wave.DeviceState;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one device in one play. From weak to strong: inventory, facts, the play's {@code
 * vars} and {@code vars_files}, the task's, registered results and {@code set_fact}, {@code -e},
 * and those that edgefleet itself sets. Below them all is what follows from how it is reached.
 *
 * @param own what edgefleet itself sets
 * @param user of {@code -u}
 */
public record DeviceVariables(
    Play play,
    DeviceState state,
    Map<String, @Nullable Object> extra,
    Map<String, @Nullable Object> own,
    Optional<String> user) {
  /** In force at a task. What a device printed is never evaluated. */
  Variables at(Task task) {
    return with(task.variables());
  }

  /** Outside of any task: what is needed to know how to log in, and for names of handlers. */
  public Variables ofPlay() {
    return with(Map.of());
  }

  private Variables with(Map<String, @Nullable Object> ofTask) {
    Variables said =
        Variables.of(state.device().variables())
            .overLiteral(state.facts())
            .over(play.variables())
            .over(play.variableFiles())
            .over(ofTask)
            .overLiteral(state.results())
            .over(extra)
            .overLiteral(own)
            .tellingOf(state::learn);
    return ConnectionDefaults.under(said, user);
  }
}
