package dev.edgefleet.action.system;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunShell;
import dev.edgefleet.remote.system.BootIdentity;
import dev.edgefleet.remote.system.Reboot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code reboot}: starts the device anew and waits until it is back. */
public final class RebootAction implements Action<RebootAction.Parameters> {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** The first PowerShell after a start of Windows takes its time. */
  private static final Duration ATTEMPT_ON_WINDOWS = Duration.ofSeconds(60);

  private static final Duration BETWEEN = Duration.ofSeconds(1);

  /** Parameters of {@code reboot}. */
  public record Parameters(
      @Param(value = "How long the device waits before it goes down.", byDefault = "0s")
          Duration preRebootDelay,
      @Param(value = "How long to wait once it is back.", byDefault = "0s")
          Duration postRebootDelay,
      @Param(
              value =
                  "How long it may take to be back, and again how long test_command may take to"
                      + " succeed.",
              byDefault = "10m")
          Duration rebootTimeout,
      @Param("A shell text that succeeds once the device is ready.")
          Optional<String> testCommand) {}

  @Override
  public String name() {
    return "reboot";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Starts the device anew and waits until it is back.")
        .note(
            "Back means that it answers with another boot id than before: a device that never went"
                + " down does not count.")
        .note("Refused over a local connection: it would restart the controller.")
        .note("Needs become: true, unless the login user is root.")
        .note(
            "The step's own deadline (--step-timeout, or the task's timeout) must be longer than the"
                + " reboot takes.")
        .example(
            "Reboot, then wait until the runtime answers",
            """
            - reboot:
                reboot_timeout: 5m
                test_command: systemctl is-active iotedge
              become: true
            """)
        .returning("rebooted", "truth", "false in a check run")
        .returning("elapsed", "number", "seconds until it was back");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    if (context.onController()) {
      throw new BadInput(
          "reboot would restart the controller itself",
          "reboot what is reached by ssh: take away delegate_to, or the local connection");
    }
    if (context.check()) {
      return Outcome.changed("would reboot").withValues(Map.of("rebooted", false, "elapsed", 0L));
    }
    Countdown wait = Countdown.of(wanted.rebootTimeout());
    String before = context.perform(new BootIdentity()).id();
    if (!goDown(wanted, context)) {
      Reconnection.until(
          wanted.rebootTimeout(), BETWEEN, ATTEMPT, context, () -> anotherThan(before, context));
    }
    wanted.testCommand().ifPresent(text -> awaitReady(text, wanted, context));
    context.pause(wanted.postRebootDelay());
    long elapsed = wait.elapsed().toSeconds();
    return Outcome.changed("rebooted, back after " + elapsed + " s")
        .withValues(Map.of("rebooted", true, "elapsed", elapsed));
  }

  // The device may be gone before it could answer: whether it went is seen by its next boot id.
  // True
  // when the step was begun by a process that died, and the device has rebooted for it.
  private static boolean goDown(Parameters wanted, ActionContext context) {
    try {
      if (context.perform(new Reboot(wanted.preRebootDelay())).already()) {
        return true;
      }
    } catch (Unreachable | InDoubt e) {
      return false;
    }
    context.pause(wanted.preRebootDelay());
    return false;
  }

  private static String anotherThan(String before, ActionContext context) {
    Duration limit = context.onWindows() ? ATTEMPT_ON_WINDOWS : ATTEMPT;
    String now = context.perform(new BootIdentity(), limit).id();
    if (now.equals(before)) {
      throw new StepFailed("it has not gone down yet", "wait");
    }
    return now;
  }

  private static void awaitReady(String text, Parameters wanted, ActionContext context) {
    RunShell test =
        new RunShell(
            text, context.onWindows() ? "powershell" : "/bin/sh", new byte[0], Execution.PLAIN);
    long ends = System.nanoTime() + wanted.rebootTimeout().toNanos();
    while (true) {
      Optional<CommandOutput> ran = tried(test, context);
      if (ran.filter(output -> output.exitCode() == 0).isPresent()) {
        return;
      }
      if (System.nanoTime() >= ends) {
        throw new StepFailed(
            "the device rebooted, but test_command did not succeed within "
                + wanted.rebootTimeout().toSeconds()
                + " s: "
                + ran.map(output -> "exit code " + output.exitCode()).orElse("no connection"),
            "run it on the device and see what it prints");
      }
      context.pause(BETWEEN);
    }
  }

  // A device that just came up may cut its first connections.
  private static Optional<CommandOutput> tried(RunShell test, ActionContext context) {
    try {
      return Optional.of(context.perform(test));
    } catch (Unreachable | InDoubt lost) {
      try {
        context.reconnect(ATTEMPT);
      } catch (Unreachable stillLost) {
        // The next attempt connects anew.
      }
      return Optional.empty();
    }
  }
}
