package dev.edgefleet.action.control;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code pause}: waits. */
public final class PauseAction implements Action<PauseAction.Parameters> {
  /** Parameters of {@code pause}. */
  public record Parameters(
      @Param("How long to wait.") Optional<Duration> seconds,
      @Param("How many minutes to wait; instead of seconds.") Optional<Integer> minutes,
      @Param("Refused: nobody is asked while a run goes on.") Optional<String> prompt,
      @Param("Refused, as prompt.") Optional<Boolean> echo) {
    public Parameters {
      if (prompt.isPresent() || echo.isPresent()) {
        throw new BadInput(
            "pause cannot ask: devices run side by side, and nobody may be at the terminal",
            "make two playbooks of it, or give the answer with -e; gates that wait for a person"
                + " are to come");
      }
      if (seconds.isPresent() == minutes.isPresent()) {
        throw new BadInput("pause needs either 'seconds' or 'minutes'", "give one of them");
      }
    }

    Duration time() {
      return seconds.orElseGet(() -> Duration.ofMinutes(minutes.orElse(0)));
    }
  }

  @Override
  public String name() {
    return "pause";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Waits.")
        .note("Each device waits on its own. With run_once: true the others wait for that one.")
        .note("A check run does not wait.")
        .example(
            "Give modules time to start",
            """
            - pause:
                seconds: 30
            """)
        .returning("delta", "number", "seconds it was to wait");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    Duration time = parameters.time();
    if (!context.check()) {
      context.pause(time);
    }
    return Outcome.ok((context.check() ? "would wait " : "waited ") + time.toSeconds() + " s")
        .withValues(Map.of("delta", time.toSeconds()));
  }
}
