package dev.edgefleet.report;

import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A rollout in waves, as far as one wants to have it told. */
public final class StagedRollout {
  static final List<String> CANARY = List.of("canary-01", "canary-02");
  static final List<String> PILOT = names("pilot", 8);
  static final List<String> REST = names("line", 20);
  private static final String OPERATOR = "mia@control-1";

  final Story story;

  private StagedRollout(Path directory) {
    List<String> all = new ArrayList<>(CANARY);
    all.addAll(PILOT);
    all.addAll(REST);
    story = new Story(directory, all).starts().plays("Roll out the new configuration");
  }

  private static List<String> names(String kind, int count) {
    return IntStream.rangeClosed(1, count).mapToObj("%s-%%02d".formatted(kind)::formatted).toList();
  }

  /** Waits for an approval after its second wave; the process has ended. */
  public static Story waiting(Path directory) {
    return new StagedRollout(directory)
        .canary()
        .pilot()
        .story
        .tell(new RunEvent.RunSuspended(6, "waiting for approval after wave pilot"));
  }

  /** Approved and resumed, paused once, and through; one device of the last wave failed. */
  public static Story ended(Path directory) {
    return new StagedRollout(directory).canary().pilot().resumed().rest().story.ends(3);
  }

  /** The gate after the second wave does not let it go on. */
  public static Story stoppedByItsGate(Path directory) {
    return new StagedRollout(directory)
        .canary()
        .pilotUnhealthy()
        .story
        .ends(5, "wave pilot: 5 of 7 devices are healthy, 90 % are needed");
  }

  /** A process died at a step, and nobody knows whether it was done. */
  public static Story held(Path directory) {
    Story story = new StagedRollout(directory).canary().story;
    story.tell(new RunEvent.WaveStarted(1, 2, 3, "pilot", PILOT));
    String device = PILOT.getFirst();
    Step step = Step.of("Flash the controller", "command", StepStatus.OK, "");
    story.begins(device).begins(device, step);
    StepId id = new StepId(Story.RUN, device, "1.1", "", 1);
    return story
        .passes(Duration.ofMinutes(4))
        .tell(new RunEvent.RunResumed(2, OPERATOR, resume(), "0.2.0"))
        .tell(
            new RunEvent.DeviceHeld(
                1,
                id,
                "Flash the controller",
                "Nobody knows whether \u201cFlash the controller\u201d was done on " + device,
                "Look at the device, then say --done or --repeat: edgefleet resume "
                    + Story.RUN
                    + " --done "
                    + device))
        .tell(new RunEvent.RunSuspended(6, "1 device waits for the operator's word"));
  }

  private static List<String> resume() {
    return List.of("edgefleet", "resume", Story.RUN);
  }

  private StagedRollout canary() {
    story.tell(new RunEvent.WaveStarted(1, 1, 3, "canary", CANARY));
    CANARY.forEach(device -> SampleFleet.isProvisioned(story, device));
    soaks(1, Duration.ofMinutes(2));
    CANARY.forEach(device -> looks(1, device, true));
    story.tell(new RunEvent.GateChecked(1, 1, true, 2, List.of(), "2 of 2 devices are healthy"));
    story.tell(new RunEvent.WaveEnded(1, 1, true, ""));
    return this;
  }

  private StagedRollout pilot() {
    pilotDevices();
    PILOT.subList(0, 7).forEach(device -> looks(2, device, true));
    story.tell(new RunEvent.GateChecked(1, 2, true, 7, List.of(), "7 of 7 devices are healthy"));
    story.tell(new RunEvent.WebhookCalled("gate", true, ""));
    story.tell(new RunEvent.ApprovalAsked(1, 2, "rest"));
    return this;
  }

  private StagedRollout pilotUnhealthy() {
    pilotDevices();
    List<String> unhealthy = List.of("pilot-02", "pilot-05");
    PILOT.subList(0, 7).forEach(device -> looks(2, device, !unhealthy.contains(device)));
    String message = "5 of 7 devices are healthy, 90 % are needed";
    story.tell(new RunEvent.GateChecked(1, 2, false, 5, unhealthy, message));
    story.tell(new RunEvent.WaveEnded(1, 2, false, message));
    return this;
  }

  private void pilotDevices() {
    story.tell(new RunEvent.WaveStarted(1, 2, 3, "pilot", PILOT));
    PILOT.subList(0, 7).forEach(device -> SampleFleet.isProvisioned(story, device));
    story.begins(PILOT.getLast());
    SampleFleet.isUnreachable(story, PILOT.getLast(), "192.0.2.46");
    soaks(2, Duration.ofMinutes(5));
  }

  private StagedRollout resumed() {
    story.tell(new RunEvent.RunSuspended(6, "waiting for approval after wave pilot"));
    story.passes(Duration.ofMinutes(9));
    story.tell(new RunEvent.RunResumed(2, "timer@control-1", resume(), "0.2.0"));
    story.tell(new RunEvent.ApprovalGiven(1, 2, OPERATOR, "pilot line is quiet"));
    story.tell(new RunEvent.WaveEnded(1, 2, true, ""));
    return this;
  }

  private StagedRollout rest() {
    story.tell(new RunEvent.WaveStarted(1, 3, 3, "rest", REST));
    REST.subList(0, 12).forEach(device -> SampleFleet.isProvisioned(story, device));
    story.tell(new RunEvent.RunPaused(OPERATOR, "shift change"));
    story.passes(Duration.ofMinutes(3)).tell(new RunEvent.RunContinued(OPERATOR));
    REST.subList(12, 19).forEach(device -> SampleFleet.isProvisioned(story, device));
    story.begins(REST.getLast());
    SampleFleet.fails(story, REST.getLast());
    story.tell(new RunEvent.WaveEnded(1, 3, true, ""));
    return this;
  }

  private void soaks(int wave, Duration time) {
    story.tell(new RunEvent.SoakStarted(1, wave, time.toSeconds()));
    story.passes(time).tell(new RunEvent.SoakEnded(1, wave));
  }

  private void looks(int wave, String device, boolean healthy) {
    StepId id = new StepId(Story.RUN, device, "1.wave." + wave + ".gate", "", 1);
    String place = "playbooks/provision.yaml:5:7";
    story.tell(new RunEvent.StepStarted(id, "Gate of the wave", "iotedge_list", place));
    story.passes(Duration.ofMillis(800));
    story.tell(
        new RunEvent.StepEnded(
            id,
            "Gate of the wave",
            "iotedge_list",
            place,
            healthy ? StepStatus.OK : StepStatus.FAILED,
            false,
            800,
            healthy ? "All 4 modules run" : "edgeHub is stopped on " + device,
            healthy ? "" : "Read its log: iotedge logs edgeHub",
            List.of(),
            "",
            java.util.Map.of(),
            ""));
  }

  /** Many waves of the same size, all of them through. */
  static Story manyWaves(Path directory, int waves, int devicesEach) {
    List<String> all =
        IntStream.rangeClosed(1, waves * devicesEach).mapToObj("press-%05d"::formatted).toList();
    Story story = new Story(directory, all).starts().plays("Roll out");
    for (int wave = 1; wave <= waves; wave++) {
      List<String> devices = all.subList((wave - 1) * devicesEach, wave * devicesEach);
      String name = waves == 1 ? "everything" : "hall " + wave;
      story.tell(new RunEvent.WaveStarted(1, wave, waves, name, devices));
      for (String device : devices) {
        story.passes(Duration.ofMillis(5)).begins(device);
        if (device.hashCode() % 90 == 7) {
          SampleFleet.fails(story, device);
        } else {
          SampleFleet.isAsItShouldBe8(story, device);
        }
      }
      story.tell(new RunEvent.SoakStarted(1, wave, 60));
      story.passes(Duration.ofMinutes(1)).tell(new RunEvent.SoakEnded(1, wave));
      story.tell(
          new RunEvent.GateChecked(1, wave, true, devices.size(), List.of(), "all are healthy"));
      story.tell(new RunEvent.WaveEnded(1, wave, true, ""));
    }
    return story.ends(0);
  }
}
