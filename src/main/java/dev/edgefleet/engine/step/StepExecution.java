package dev.edgefleet.engine.step;

import dev.edgefleet.action.Actions;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.engine.wave.StoppedByOperator;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.Until;
import dev.edgefleet.transport.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task, or one loop item of it, on one device: its condition and its attempts. */
public final class StepExecution {
  private static final Logger LOG = LoggerFactory.getLogger(StepExecution.class);

  private final DeviceSession session;
  private final Task task;
  private final Variables seen;
  private final Optional<BadInput> loopProblem;
  private final StepRecord record;
  private final Evaluator values;

  // Of the latest attempt: whether it broke off, so that its result lacks what conditions may name.
  private boolean brokeOff = false;
  private boolean timedOut = false;

  /**
   * @param seen the variables in force, the loop's included
   * @param loopProblem what is wrong with the loop's items; it only matters when {@code when} holds
   */
  StepExecution(
      DeviceSession session,
      Task task,
      Variables seen,
      Optional<BadInput> loopProblem,
      StepRecord record) {
    this.session = session;
    this.task = task;
    this.seen = seen;
    this.loopProblem = loopProblem;
    this.record = record;
    this.values = new Evaluator(session.services().templates(), seen);
  }

  /** Does it, short of recording how it ended. */
  AttemptResult run() {
    try {
      Optional<Condition> against =
          task.when().stream().filter(condition -> !values.holds(condition)).findFirst();
      if (against.isPresent()) {
        return AttemptResult.notWanted(against.get().expression());
      }
      if (loopProblem.isPresent()) {
        throw loopProblem.get();
      }
      return task.until().isPresent() ? attempts(task.until().get()) : attempt(Map.of());
    } catch (Failure failure) {
      return AttemptResult.of(failure);
    } catch (JournalFailed stopsTheRun) {
      throw stopsTheRun;
    } catch (RuntimeException | Error ours) {
      // Also what only this device's data brought about, such as a file that memory has no room
      // for.
      LOG.error("step {}", record.id(), session.text().redacted(ours));
      return AttemptResult.of(ours(ours));
    }
  }

  /** Whether it is right to do it when a process before this one may have done it. */
  boolean isRepeatable() {
    return changesNothing() || isRepeatable(session.services().actions().get(task.action()));
  }

  private boolean changesNothing() {
    return task.keywords().checkMode().orElse(session.request().check())
        || task.changedWhen()
            .filter(
                conditions ->
                    conditions.stream().anyMatch(c -> Boolean.FALSE.equals(c.expression())))
            .isPresent();
  }

  private <P extends Record> boolean isRepeatable(Actions.Registered<P> registered) {
    try {
      return registered
          .action()
          .repeatable(registered.schema().bind(task.parameters(), values::withoutOmitted));
    } catch (Failure neverBegun) {
      // With such parameters nothing was asked of the device, nor will be.
      return true;
    }
  }

  /** What is said of a defect of this program. */
  public static StepFailed ours(Throwable ours) {
    return new StepFailed(
        "edgefleet itself failed: " + ours, "run again with --debug and report what it prints");
  }

  private AttemptResult attempts(Until until) {
    long retries = values.whole(until.retries(), "retries");
    Duration delay = values.seconds(until.delay(), "delay");
    long tries = retries <= 0 ? 1 : retries + 1;
    for (long attempt = record.tried() + 1L; ; attempt++) {
      AttemptResult ended = attempt(Map.of("attempts", attempt));
      if (tries == 1 || ended.status() == StepStatus.UNREACHABLE || holds(until, ended)) {
        return ended;
      }
      if (attempt == tries || timedOut || runEnds().left().compareTo(delay) < 0) {
        // As Ansible counts: how often it was tried again.
        return ended.exhausted(attempt).with("attempts", attempt - 1);
      }
      record.retried(task, ended);
      if (!session.stop().await(delay)) {
        return AttemptResult.of(StoppedByOperator.whileWaiting());
      }
    }
  }

  private boolean holds(Until until, AttemptResult ended) {
    if (ended.status() == StepStatus.SKIPPED) {
      return true;
    }
    if (until.conditions().isEmpty()) {
      return !ended.failed();
    }
    try {
      return allHold(until.conditions(), ended);
    } catch (BadInput e) {
      // Why the attempt broke off says more than that its result has no 'rc'.
      if (brokeOff) {
        return false;
      }
      throw e;
    }
  }

  /**
   * @param known what its result says besides, also to {@code failed_when}
   */
  private AttemptResult attempt(Map<String, ? extends @Nullable Object> known) {
    record.started(task);
    brokeOff = false;
    AttemptResult ended;
    try {
      Outcome outcome = apply(session.services().actions().get(task.action()));
      hold(outcome);
      ended = AttemptResult.of(outcome);
    } catch (StepFailed | InDoubt failure) {
      brokeOff = true;
      ended = AttemptResult.of(failure);
    }
    ended = ended.with(known);
    return ended.status() == StepStatus.SKIPPED ? ended : judged(ended);
  }

  private void hold(Outcome outcome) {
    if (task.register().isPresent() || !outcome.facts().isEmpty()) {
      session.state().hold(record.place(), outcome.textSize());
    }
  }

  private AttemptResult judged(AttemptResult ended) {
    AttemptResult judged = ended;
    String word = "changed_when";
    try {
      if (task.changedWhen().isPresent()) {
        judged = judged.changed(allHold(task.changedWhen().get(), judged));
      }
      word = "failed_when";
      if (task.failedWhen().isPresent()) {
        judged = judged.failed(allHold(task.failedWhen().get(), judged));
      }
      return judged;
    } catch (BadInput e) {
      if (brokeOff) {
        return ended;
      }
      return AttemptResult.of(e)
          .with(ended.value())
          .with("failed", true)
          .with(word + "_result", e.what());
    }
  }

  private boolean allHold(List<Condition> conditions, AttemptResult ended) {
    Evaluator after = after(ended);
    return conditions.stream().allMatch(after::holds);
  }

  // With the result under its name, and with what it set.
  private Evaluator after(AttemptResult ended) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>(ended.outcome().variables());
    task.register().ifPresent(name -> result.put(name, ended.value()));
    return new Evaluator(session.services().templates(), seen.overLiteral(result));
  }

  private <P extends Record> Outcome apply(Actions.Registered<P> registered) {
    P parameters = registered.schema().bind(task.parameters(), values::withoutOmitted);
    if (runEnds().isOver()) {
      throw new StepFailed(
          "the run's deadline passed before this step", "give the run more time: --run-timeout");
    }
    Deadline stepEnds = Deadline.in(session.request().deadlines().step()).earlier(runEnds());
    Optional<Deadline> limit =
        task.keywords()
            .timeout()
            .map(raw -> values.seconds(raw, "timeout"))
            .filter(StepExecution::limits)
            .map(Deadline::in);
    // Who says how long this very task may take knows better than the default for all.
    Deadline ends = limit.map(l -> l.earlier(runEnds())).orElse(stepEnds);
    StepContext context =
        new StepContext(session, task, seen, environment(), become(), record.id(), "", ends);
    try {
      return registered.action().apply(parameters, context);
    } catch (BadInput e) {
      throw e.at(task.parameters().place());
    } catch (StepFailed | InDoubt e) {
      if (limit.isPresent() && limit.get().isOver()) {
        timedOut = true;
        throw new StepFailed(
            "it was ended: it was not over after its timeout of "
                + limit.get().whole().toMillis() / 1000.0
                + " s",
            "give it more with 'timeout', or look what it waits for",
            OptionalInt.empty(),
            e instanceof StepFailed failed ? failed.outputTail() : "");
      }
      throw e;
    } finally {
      session.link(task).forgetAnswers();
    }
  }

  private Deadline runEnds() {
    return session.services().ends();
  }

  // As Ansible: a timeout of nothing is none.
  private static boolean limits(Duration timeout) {
    return !timeout.isZero() && !timeout.isNegative();
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    task.keywords()
        .environment()
        .forEach(
            (name, raw) -> {
              Object value = values.withoutOmitted(raw);
              if (value != null) {
                environment.put(name, Templates.text(value));
              }
            });
    return environment;
  }

  private Optional<dev.edgefleet.remote.Become> become() {
    return new BecomeChoice(session, task, seen).become();
  }
}
