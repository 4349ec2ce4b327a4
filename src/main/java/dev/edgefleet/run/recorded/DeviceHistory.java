package dev.edgefleet.run.recorded;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalQuery;
import dev.edgefleet.journal.RunEvent.DeviceHeld;
import dev.edgefleet.journal.RunEvent.RunStarted;
import dev.edgefleet.journal.fold.DeviceFold;
import dev.edgefleet.journal.fold.OperatorDecision;
import dev.edgefleet.journal.fold.PartFold;
import dev.edgefleet.journal.fold.PlayFold;
import dev.edgefleet.journal.fold.RunFold;
import dev.edgefleet.journal.fold.StepFold;
import dev.edgefleet.report.build.DeviceResults;
import dev.edgefleet.run.RunDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one run did with one device, play by play. */
public final class DeviceHistory {
  private DeviceHistory() {}

  /**
   * The device's part in one play.
   *
   * @param at UTC time it began
   * @param result {@code changed}, {@code ok}, {@code failed}, {@code unreachable}, {@code
   *     stopped}, or {@code open} when the journal does not say how it ended
   * @param shown the result in the words that people are shown
   * @param what what was changed, task by task, or what went wrong
   */
  public record Part(
      String run,
      Instant at,
      String playbook,
      String play,
      String result,
      String shown,
      String what) {}

  /**
   * @return empty when the run had nothing to do with the device
   * @throws dev.edgefleet.journal.JournalFailed when the journal cannot be read
   */
  public static List<Part> of(RunDirectory directory, String name) {
    RunFold fold = RunFold.whole();
    JournalQuery.ofDevice(directory.path(), name).forEach(fold::add);
    RunStarted run = fold.run().orElseThrow(() -> RunOverview.nothing(directory.path()));
    Optional<DeviceFold> device = fold.device(name).filter(_ -> run.devices().contains(name));
    if (device.isEmpty()) {
      return List.of();
    }
    String playbook = run.playbook().path() + (run.check() ? " (check)" : "");
    List<Part> parts = new ArrayList<>();
    device
        .get()
        .parts()
        .forEach(
            (number, part) ->
                // A play that never came to it has nothing to tell.
                part.started()
                    .or(part::last)
                    .ifPresent(
                        at ->
                            parts.add(
                                new Part(
                                    directory.id(),
                                    at,
                                    playbook,
                                    fold.play(number).map(PlayFold::name).orElse(""),
                                    result(part),
                                    shown(device.get(), number, run.check()),
                                    what(steps(device.get(), number))))));
    return parts;
  }

  /** Every device that the run was for. */
  public static List<String> devices(RunDirectory directory) {
    return JournalQuery.framed(directory.path(), List.of()).stream()
        .map(JournalEntry::event)
        .filter(RunStarted.class::isInstance)
        .flatMap(event -> ((RunStarted) event).devices().stream())
        .toList();
  }

  private static List<StepFold> steps(DeviceFold device, int play) {
    return device.steps().stream().filter(step -> step.play() == play).toList();
  }

  private static String result(PartFold part) {
    return part.status()
        .map(
            status ->
                status == DeviceStatus.OK && part.isChanged()
                    ? "changed"
                    : status.name().toLowerCase(Locale.ROOT))
        .orElse("open");
  }

  /** The word for people: {@code held}, {@code would change}, {@code unfinished}. */
  private static String shown(DeviceFold device, int play, boolean check) {
    return DeviceResults.of(device, play).shown(check).text();
  }

  private static String what(List<StepFold> steps) {
    List<String> changed = new ArrayList<>();
    String problem = "";
    for (StepFold step : steps) {
      if (step.ended().isPresent()) {
        var ended = step.ended().get();
        if (ended.changed()) {
          changed.add(ended.task());
        }
        if (ended.status().isFailure()) {
          problem = ended.task() + ": " + ended.message();
        }
      } else if (step.decision().isPresent()) {
        OperatorDecision word = step.decision().get();
        if (word.done()) {
          changed.add(
              step.held().map(DeviceHeld::task).orElse("a step")
                  + " (so "
                  + word.operator()
                  + " says)");
        }
      } else if (step.held().isPresent()) {
        String task = step.held().get().task();
        Optional<OperatorDecision> said = step.decision();
        if (said.isEmpty()) {
          problem = task + ": " + step.held().get().message();
        } else if (said.get().done()) {
          changed.add(task + " (done, said " + said.get().operator() + ")");
        }
      }
    }
    return problem.isEmpty() ? String.join("; ", changed) : problem;
  }
}
