package dev.edgefleet.engine.wave;

import dev.edgefleet.connect.OpenConnections;
import dev.edgefleet.engine.RunRequest;
import dev.edgefleet.engine.RunServices;
import dev.edgefleet.engine.resume.PlayReplay;
import dev.edgefleet.engine.step.GateStep;
import dev.edgefleet.engine.step.JournalText;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.fold.PlayFold;
import dev.edgefleet.journal.fold.SoakRecord;
import dev.edgefleet.journal.fold.WaveFold;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.RolloutKeywords;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.rollout.Decision;
import dev.edgefleet.rollout.Event;
import dev.edgefleet.rollout.Halt;
import dev.edgefleet.rollout.Phase;
import dev.edgefleet.rollout.Plan;
import dev.edgefleet.rollout.Wave;
import dev.edgefleet.transport.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One play: carries out what its rollout decides, with every device at work on a virtual thread of
 * its own, and tells the rollout what comes of it.
 */
final class PlayRun {
  private static final Duration LOOK_AROUND = Duration.ofMillis(500);

  private final RunRequest request;
  private final RunServices services;
  private final Play play;
  private final FleetState fleet;
  private final StopSignal stop;
  private final ExecutorService threads;
  private final DevicePart part;
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private final Plan plan;
  private final LiveRollout live;
  private final Optional<PlayFold> past;
  private final AtomicInteger atWork = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final boolean usesFacts;
  private @Nullable WaveContext control;
  private @Nullable Deadline soak;

  /**
   * @param devices at least one
   */
  PlayRun(
      RunRequest request,
      RunServices services,
      Play play,
      List<Device> devices,
      FleetState fleet,
      OpenConnections links,
      StopSignal stop,
      ExecutorService threads) {
    this.request = request;
    this.services = services;
    this.play = play;
    this.fleet = fleet;
    this.stop = stop;
    this.threads = threads;
    this.part = new DevicePart(request, services, play, fleet, links, stop);
    devices.forEach(device -> this.devices.put(device.name(), device));
    this.plan =
        WavePlan.of(play, devices, request.inventory(), request.concurrency(), request.run());
    this.live = new LiveRollout(plan, fleet.lost());
    this.past = services.history().play(play.number());
    this.usesFacts = FactNames.areIn(play);
  }

  PlayEnd execute() {
    if (past.isEmpty()) {
      // Nobody evaluates a play's name, but an encrypted playbook's is as secret as the rest of it.
      String name = new JournalText(services.redactor()).redacted(play.name());
      append(new RunEvent.PlayStarted(play.number(), name, List.copyOf(devices.keySet())));
      if (fleet.isPaused()) {
        live.tell(new Event.Paused());
      }
      live.tell(new Event.Begun());
    } else {
      takeUp(past.get());
    }
    while (true) {
      Optional<Decision> decision = live.take(LOOK_AROUND);
      Throwable ours = broken.get();
      if (ours != null) {
        throw ours instanceof JournalFailed failed ? failed : new IllegalStateException(ours);
      }
      if (decision.isPresent()) {
        Optional<PlayEnd> end = carryOut(decision.get());
        if (end.isPresent()) {
          return end.get();
        }
      }
      services.words().take().forEach(this::hear);
      Optional<PlayEnd> end = atRest();
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  // What decisions before should have left in the journal and did not is made good.
  private void takeUp(PlayFold begun) {
    List<Decision> decided =
        new PlayReplay(play, devices, services.history(), fleet, live).run(begun.told());
    for (Decision decision : decided) {
      switch (decision) {
        case Decision.StartWave(int index) -> startWave(index);
        case Decision.EndWave end -> endWave(end);
        default -> {}
      }
    }
    live.takeUp();
  }

  private Optional<PlayEnd> carryOut(Decision decision) {
    switch (decision) {
      case Decision.StartWave(int index) -> startWave(index);
      case Decision.StartDevice(String device) -> start(device);
      case Decision.StopDevices() -> {}
      case Decision.Soak(int wave, Duration time) -> {
        return soak(wave, time);
      }
      case Decision.CheckGate(int wave, List<String> names) -> checkGate(wave, names);
      case Decision.AskApproval(int wave) -> {
        return askApproval(wave);
      }
      case Decision.EndWave end -> endWave(end);
      case Decision.Finish(Optional<Halt> halt) -> {
        String reason = halt.map(this::reason).orElse("");
        if (halt.isPresent()) {
          tell("abort", reason);
        }
        return Optional.of(
            new PlayEnd.Over(
                halt,
                reason,
                halt.filter(this::isEarly).isPresent(),
                halt.filter(this::leavesOut).isPresent()));
      }
    }
    return Optional.empty();
  }

  // Of Ansible's serial, when a whole batch is lost, the exit code tells what became of the
  // devices.
  private boolean isEarly(Halt halt) {
    return !(halt instanceof Halt.WaveLost(int wave, int ignored))
        || (play.rollout().isPresent()
            && plan.waves().stream().skip(wave + 1L).anyMatch(later -> !later.devices().isEmpty()));
  }

  /** Whether a wave of this play never began because of it, or devices stopped on their way. */
  private boolean leavesOut(Halt halt) {
    return !(halt instanceof Halt.WaveLost(int wave, int ignored))
        || plan.waves().stream().skip(wave + 1L).anyMatch(later -> !later.devices().isEmpty());
  }

  private String reason(Halt halt) {
    return "play '" + play.name() + "': " + new HaltText(plan).of(halt);
  }

  private void startWave(int index) {
    Wave wave = plan.waves().get(index);
    List<Device> members = wave.devices().stream().map(this::device).toList();
    Set<String> names = new HashSet<>(wave.devices());
    control =
        new WaveContext(
            usesFacts,
            WaveDevices.of(play, List.copyOf(devices.values()), members, fleet),
            live,
            new RunOnce(),
            new Throttle(),
            (path, of) ->
                services.history().doer(path, names).map(name -> part.past(device(name), of)));
    if (pastWave(index).isEmpty()) {
      append(
          new RunEvent.WaveStarted(
              play.number(), index + 1, plan.waves().size(), wave.name(), wave.devices()));
    }
  }

  /** What is recorded of a wave, which counts from 0 here. */
  private Optional<WaveFold> pastWave(int index) {
    return past.flatMap(begun -> begun.wave(index + 1));
  }

  private void endWave(Decision.EndWave end) {
    if (pastWave(end.wave()).filter(WaveFold::isEndRecorded).isEmpty()) {
      append(
          new RunEvent.WaveEnded(
              play.number(),
              end.wave() + 1,
              end.halt().isEmpty(),
              end.halt().map(new HaltText(plan)::of).orElse("")));
    }
  }

  private void start(String name) {
    boolean begun = services.history().device(name).hasStarted(play.number());
    // Decided before the budget broke, and nobody has begun it yet.
    if (live.now().halt().isPresent() && !begun) {
      live.tell(new Event.Ended(name, Event.Result.STOPPED));
      return;
    }
    WaveContext ofWave = present();
    work(
        () -> {
          switch (part.run(device(name), ofWave)) {
            case DeviceEnd.Through(DeviceStatus status) ->
                live.tell(new Event.Ended(name, PlayReplay.result(status)));
            case DeviceEnd.Held() -> held.add(name);
            case DeviceEnd.Interrupted() -> {}
          }
        });
  }

  private void work(Runnable work) {
    atWork.incrementAndGet();
    threads.execute(
        () -> {
          try {
            work.run();
          } catch (Throwable ours) {
            // Failures of a device are values by now: what flies out of its thread stops the run.
            broken.compareAndSet(null, ours);
          } finally {
            atWork.decrementAndGet();
            live.wake();
          }
        });
  }

  private Optional<PlayEnd> soak(int wave, Duration time) {
    Optional<SoakRecord> begun = pastWave(wave).flatMap(WaveFold::soak);
    if (begun.isEmpty()) {
      append(new RunEvent.SoakStarted(play.number(), wave + 1, time.toSeconds()));
    }
    Duration left = begun.map(soaks -> soaks.left(time, Instant.now())).orElse(time);
    Deadline lasts = Deadline.in(left);
    soak = lasts;
    return request.gates().detach() && !lasts.isOver()
        ? Optional.of(
            new PlayEnd.Suspended(
                ExitCode.WAITING.number(),
                plan.waves().get(wave).name()
                    + " has to last until "
                    + Instant.now().plus(left)
                    + " before it goes on"))
        : Optional.empty();
  }

  private void checkGate(int wave, List<String> names) {
    RolloutKeywords words = play.rollout().orElseThrow();
    Task gate = GateStep.task(play, words.waves().get(wave), wave + 1);
    GateCheck check = new GateCheck(part, stop, threads);
    WaveContext ofWave = present();
    work(
        () ->
            check
                .unhealthy(
                    names.stream().map(this::device).toList(),
                    gate,
                    plan.waves().get(wave).concurrency(),
                    ofWave)
                .ifPresent(unhealthy -> judged(wave, names, unhealthy)));
  }

  private void judged(int wave, List<String> names, Set<String> unhealthy) {
    List<String> bad = names.stream().filter(unhealthy::contains).toList();
    int healthy = names.size() - bad.size();
    double needed = plan.waves().get(wave).gate().orElse(0);
    boolean passed = healthy * 100.0 >= needed * names.size();
    String message =
        healthy
            + " of "
            + names.size()
            + (names.size() == 1 ? " device is" : " devices are")
            + " healthy"
            + (bad.isEmpty() ? "" : "; not so: " + shown(bad));
    append(new RunEvent.GateChecked(play.number(), wave + 1, passed, healthy, bad, message));
    live.tell(new Event.GateChecked(unhealthy));
  }

  private static String shown(List<String> names) {
    int most = 8;
    return String.join(", ", names.subList(0, Math.min(most, names.size())))
        + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
  }

  private Optional<PlayEnd> askApproval(int wave) {
    String name = plan.waves().get(wave).name();
    if (pastWave(wave).flatMap(WaveFold::approval).isEmpty()) {
      String next =
          wave + 1 < plan.waves().size() ? plan.waves().get(wave + 1).name() : "what comes next";
      append(new RunEvent.ApprovalAsked(play.number(), wave + 1, next));
      tell("gate", called(name) + " waits for approval before " + next + " begins");
    }
    if (request.gates().approved()) {
      approved(wave + 1, request.gates().operator(), "--auto-approve");
      return Optional.empty();
    }
    // What was said while nobody was there comes first.
    services.words().take().forEach(this::hear);
    return request.gates().detach() && live.is(Phase.APPROVAL)
        ? Optional.of(
            new PlayEnd.Suspended(ExitCode.WAITING.number(), called(name) + " waits for approval"))
        : Optional.empty();
  }

  // One that has no name of its own is called "wave 2".
  private static String called(String wave) {
    return wave.startsWith("wave ") ? wave : "wave " + wave;
  }

  private void approved(int wave, String operator, String note) {
    append(new RunEvent.ApprovalGiven(play.number(), wave, operator, note));
    live.tell(new Event.Approved());
  }

  private void hear(OperatorCommands.Command word) {
    switch (word) {
      case OperatorCommands.Command.Approve approve -> {
        boolean asked =
            live.is(Phase.APPROVAL)
                && approve.play() == play.number()
                && approve.wave() == live.now().wave() + 1;
        if (asked) {
          approved(approve.wave(), approve.operator(), approve.note());
        }
      }
      case OperatorCommands.Command.Pause pause -> {
        if (!fleet.isPaused()) {
          append(new RunEvent.RunPaused(pause.operator(), pause.note()));
          fleet.pause(true);
          live.tell(new Event.Paused());
        }
      }
      case OperatorCommands.Command.Continue on -> {
        if (fleet.isPaused()) {
          append(new RunEvent.RunContinued(on.operator()));
          fleet.pause(false);
          live.tell(new Event.Continued());
        }
      }
      case OperatorCommands.Command.Abort abort -> {
        append(new RunEvent.RunAborted(abort.operator(), abort.note()));
        live.tell(new Event.Aborted());
      }
    }
  }

  // Whoever aborts no longer wants to know what became of steps in doubt.
  private void letGoOfHeld() {
    if (live.now().halt().filter(Halt.Aborted.class::isInstance).isPresent()) {
      for (String name : List.copyOf(held)) {
        held.remove(name);
        live.tell(new Event.Ended(name, Event.Result.STOPPED));
      }
    }
  }

  /** Ends the process's part when there is nothing left that it could do. */
  private Optional<PlayEnd> atRest() {
    Deadline lasts = soak;
    if (lasts != null && live.is(Phase.SOAK) && lasts.isOver() && !stop.isAsked()) {
      soak = null;
      append(new RunEvent.SoakEnded(play.number(), live.now().wave() + 1));
      live.tell(new Event.Soaked());
    }
    letGoOfHeld();
    if (atWork.get() > 0 || broken.get() != null) {
      return Optional.empty();
    }
    if (stop.isAsked() && !live.is(Phase.DONE)) {
      return Optional.of(
          new PlayEnd.Suspended(ExitCode.INTERRUPTED.number(), "interrupted by the operator"));
    }
    boolean onlyHeld =
        !held.isEmpty()
            && live.is(Phase.DEVICES)
            && !live.hasDecisions()
            && held.containsAll(live.now().working());
    return onlyHeld
        ? Optional.of(
            new PlayEnd.Suspended(
                ExitCode.WAITING.number(),
                (held.size() == 1 ? "a step is" : held.size() + " steps are")
                    + " in doubt: "
                    + shown(held.stream().sorted().toList())))
        : Optional.empty();
  }

  private void tell(String occasion, String message) {
    new Webhooks(request, services).tell(play, occasion, message);
  }

  private WaveContext present() {
    return Objects.requireNonNull(control, "no wave has begun");
  }

  private Device device(String name) {
    return Objects.requireNonNull(devices.get(name), name);
  }

  private void append(RunEvent event) {
    services.journal().append(event);
  }
}
