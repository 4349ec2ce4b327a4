package dev.edgefleet.engine.step;

import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.playbook.Keywords;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.yaml.YamlNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The gathering of facts at a play's start, as a task. */
public record FactsStep(DeviceSession session) {
  static final String ACTION = "setup";

  /** Empty when the play does without. */
  public Optional<Task> task() {
    return wanted() ? Optional.of(task(session.play())) : Optional.empty();
  }

  private boolean wanted() {
    Play play = session.play();
    boolean asked =
        play.gatherFacts()
            .orElseGet(() -> !session.state().hasFacts() && session.batch().usesFacts());
    return asked && session.request().runsAnythingOf(play);
  }

  private static Task task(Play play) {
    // Facts are a device's own, whatever run_once says of the play's tasks.
    Keywords words = play.keywords().onEveryDevice();
    return new Task(
        play.place(),
        play.number() + ".facts",
        "Gathering facts",
        ACTION,
        new YamlNode.Mapping(play.place(), List.of()),
        Set.of("always"),
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        words);
  }
}
