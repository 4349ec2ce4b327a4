package dev.edgefleet.engine.step;

import dev.edgefleet.engine.check.NegatedConditions;
import dev.edgefleet.failure.Place;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.GateKeywords;
import dev.edgefleet.playbook.Keywords;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.RolloutKeywords;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.Until;
import dev.edgefleet.playbook.WaveKeywords;
import dev.edgefleet.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The look at one device that a wave's gate asks for, as a task. */
public final class GateStep {
  private static final String ACTION = "iotedge_list";
  private static final String REGISTER = "gate";

  private GateStep() {}

  /**
   * A task that fails where the device is not as the gate wants it, after having looked again for
   * as long as the gate says.
   *
   * @param wave one with a gate
   * @param index of the wave, from 1
   */
  public static Task task(Play play, WaveKeywords wave, int index) {
    GateKeywords gate = wave.gate().orElseThrow();
    return new Task(
        gate.place(),
        play.number() + ".wave." + index + ".gate",
        "Gate of wave " + wave.name(),
        ACTION,
        parameters(gate),
        Set.of("always"),
        Map.of(),
        List.of(),
        Optional.empty(),
        again(gate),
        Optional.of(REGISTER),
        Optional.empty(),
        fails(gate),
        List.of(),
        keywords(play));
  }

  /** Those of all waves of a play. */
  public static List<Task> tasks(Play play) {
    List<WaveKeywords> waves = play.rollout().map(RolloutKeywords::waves).orElse(List.of());
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < waves.size(); i++) {
      if (waves.get(i).gate().isPresent()) {
        tasks.add(task(play, waves.get(i), i + 1));
      }
    }
    return tasks;
  }

  // What a play lets its tasks get away with is not for the look at them.
  private static Keywords keywords(Play play) {
    Keywords words = play.keywords();
    return new Keywords(
        words.become(),
        words.environment(),
        Optional.empty(),
        Optional.empty(),
        words.noLog(),
        false,
        words.checkMode(),
        false,
        words.onController(),
        Optional.empty(),
        words.timeout());
  }

  private static YamlNode parameters(GateKeywords gate) {
    List<YamlNode.Entry> entries = new ArrayList<>();
    if (!gate.modules().isEmpty()) {
      entries.add(entry(gate.place(), "expect", modules(gate)));
    }
    if (gate.runningFor().isPositive()) {
      entries.add(
          entry(
              gate.place(),
              "running_for",
              text(gate.place(), gate.runningFor().toMillis() + "ms")));
    }
    return new YamlNode.Mapping(gate.place(), entries);
  }

  // One text may be Jinja that gives a list.
  private static YamlNode modules(GateKeywords gate) {
    List<YamlNode> names = gate.modules().stream().map(name -> text(gate.place(), name)).toList();
    return names.size() == 1 ? names.getFirst() : new YamlNode.Items(gate.place(), names);
  }

  private static YamlNode.Entry entry(Place place, String name, YamlNode value) {
    return new YamlNode.Entry(name, place, value);
  }

  private static YamlNode text(Place place, String text) {
    return new YamlNode.Scalar(place, text, text, false);
  }

  private static Optional<Until> again(GateKeywords gate) {
    if (!gate.within().isPositive()) {
      return Optional.empty();
    }
    long retries = Math.max(1, gate.within().dividedBy(gate.every()));
    long delay = Math.min(gate.every().toMillis(), gate.within().toMillis());
    return Optional.of(new Until(List.of(), retries, delay / 1000.0));
  }

  // A list of failed_when fails where all of it holds: this is one condition.
  private static Optional<List<Condition>> fails(GateKeywords gate) {
    if (gate.that().isEmpty()) {
      return Optional.empty();
    }
    List<Condition> all = new ArrayList<>();
    all.add(new Condition(gate.place(), REGISTER + " is succeeded"));
    all.addAll(gate.that());
    return Optional.of(List.of(new Condition(gate.place(), new NegatedConditions(all))));
  }
}
