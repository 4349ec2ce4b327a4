package dev.edgefleet.report.model;

import dev.edgefleet.journal.fold.ApprovalRecord;
import dev.edgefleet.journal.fold.GateRecord;
import dev.edgefleet.journal.fold.SoakRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a report says but for when, how long, by which process and under which hashes: a run that
 * was cut off and resumed says the same as one that was not.
 */
public final class SameReport {
  private static final Instant NO_TIME = Instant.EPOCH;

  private SameReport() {}

  /** A step of a device, whatever run it is in. */
  public record Key(String device, String path, String item, int attempt) {
    static Key of(String device, StepReport step) {
      return new Key(device, step.path(), step.item(), step.attempt());
    }
  }

  /** The steps that one process began and another ended. */
  public static Set<Key> resumed(RunReport report) {
    return report.devices().stream()
        .flatMap(
            device ->
                device.steps().stream()
                    .filter(StepReport::resumed)
                    .map(step -> Key.of(device.name(), step)))
        .collect(Collectors.toSet());
  }

  /** The report without what differs between two runs of the same. */
  public static RunReport of(RunReport report) {
    return of(report, Set.of());
  }

  /**
   * As {@link #of(RunReport)}. A step that was done just before the process died finds nothing left
   * to change when it is done again: what such steps say of a change does not count.
   *
   * @param inDoubt what {@link #resumed} names of either report
   */
  public static RunReport of(RunReport report, Set<Key> inDoubt) {
    List<DeviceReport> devices =
        report.devices().stream().map(device -> device(device, inDoubt)).toList();
    return new RunReport(
        report.format(),
        header(report.run()),
        Totals.of(devices),
        report.failures(),
        report.tolerated(),
        report.warnings(),
        report.plays().stream().map(play -> play(play, devices)).toList(),
        report.modules(),
        devices);
  }

  private static RunHeader header(RunHeader run) {
    return new RunHeader(
        "",
        run.retryOf(),
        run.operator(),
        List.of(),
        run.version(),
        run.playbook(),
        run.inventories(),
        run.check(),
        run.state(),
        NO_TIME,
        run.ended().map(_ -> NO_TIME),
        NO_TIME,
        0,
        run.exitCode(),
        run.reason(),
        List.of(),
        List.of(),
        List.of(),
        0,
        "");
  }

  private static PlayReport play(PlayReport play, List<DeviceReport> devices) {
    return new PlayReport(
        play.play(),
        play.name(),
        NO_TIME,
        play.devices(),
        play.ok(),
        play.failed(),
        play.unreachable(),
        play.stopped(),
        play.batches(),
        play.waves().stream().map(wave -> wave(wave, play.play(), devices)).toList());
  }

  private static WaveReport wave(WaveReport wave, int play, List<DeviceReport> devices) {
    return new WaveReport(
        wave.wave(),
        wave.name(),
        wave.state(),
        wave.devices(),
        wave.started().map(_ -> NO_TIME),
        wave.ended().map(_ -> NO_TIME),
        count(devices, play, wave, DeviceResult.OK),
        count(devices, play, wave, DeviceResult.CHANGED),
        wave.failed(),
        wave.unreachable(),
        wave.stopped(),
        wave.held(),
        wave.message(),
        wave.soak().map(s -> new SoakRecord(s.seconds(), NO_TIME, s.ended().map(_ -> NO_TIME))),
        wave.gate()
            .map(
                gate ->
                    new GateRecord(
                        NO_TIME,
                        gate.checked().map(_ -> NO_TIME),
                        gate.passed(),
                        gate.healthy(),
                        gate.unhealthy(),
                        gate.message())),
        wave.approval()
            .map(
                approval ->
                    new ApprovalRecord(
                        NO_TIME,
                        approval.next(),
                        approval.given().map(_ -> NO_TIME),
                        approval.operator(),
                        approval.note())));
  }

  private static int count(
      List<DeviceReport> devices, int play, WaveReport wave, DeviceResult result) {
    return (int)
        devices.stream()
            .flatMap(device -> device.plays().stream())
            .filter(part -> part.play() == play && part.wave().equals(wave.name()))
            .filter(part -> part.result() == result)
            .count();
  }

  private static DeviceReport device(DeviceReport device, Set<Key> inDoubt) {
    List<StepReport> steps =
        device.steps().stream().map(step -> step(device.name(), step, inDoubt)).toList();
    Set<Integer> changed =
        steps.stream()
            .filter(StepReport::changed)
            .map(StepReport::play)
            .collect(Collectors.toCollection(HashSet::new));
    List<DevicePlayReport> plays =
        device.plays().stream().map(part -> part(part, changed.contains(part.play()))).toList();
    return new DeviceReport(
        device.name(),
        device.wave(),
        calm(device.result(), !changed.isEmpty()),
        device.message(),
        device.remedy(),
        0,
        plays,
        steps);
  }

  private static DevicePlayReport part(DevicePlayReport part, boolean changed) {
    return new DevicePlayReport(
        part.play(), part.wave(), calm(part.result(), changed), part.message(), part.remedy(), 0);
  }

  private static DeviceResult calm(DeviceResult result, boolean changed) {
    return switch (result) {
      case OK, CHANGED -> changed ? DeviceResult.CHANGED : DeviceResult.OK;
      case FAILED, UNREACHABLE, HELD, UNHEALTHY, STOPPED, UNFINISHED, NOT_RUN -> result;
    };
  }

  private static StepReport step(String device, StepReport step, Set<Key> inDoubt) {
    boolean doubtful =
        inDoubt.contains(Key.of(device, step))
            && (step.result() == StepResult.OK || step.result() == StepResult.CHANGED);
    return new StepReport(
        step.play(),
        step.path(),
        step.item(),
        step.attempt(),
        step.label(),
        step.task(),
        step.action(),
        step.place(),
        doubtful ? StepResult.OK : step.result(),
        !doubtful && step.changed(),
        NO_TIME,
        0,
        doubtful ? "" : step.message(),
        step.remedy(),
        doubtful ? List.of() : step.diffs(),
        doubtful ? "" : step.output(),
        doubtful ? List.of() : step.warnings(),
        Map.of(),
        false,
        Optional.empty());
  }
}
