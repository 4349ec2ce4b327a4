package dev.edgefleet.engine.step;

import dev.edgefleet.action.Outcome;
import dev.edgefleet.engine.resume.RecordedStep;
import dev.edgefleet.engine.wave.DeviceSession;
import dev.edgefleet.engine.wave.RunOnce;
import dev.edgefleet.engine.wave.StoppedByOperator;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.LoopKeywords;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One task on one device: its loop, its result, whom it notifies. */
public final class TaskRunner {
  /** Among a step's values: the device that did it for all. */
  public static final String DONE_BY = "done_by";

  private final DeviceSession session;
  private final Handlers handlers;
  private final Templates templates;

  public TaskRunner(DeviceSession session, Handlers handlers) {
    this.session = session;
    this.handlers = handlers;
    this.templates = session.services().templates();
  }

  /**
   * @param path of its steps
   * @param stopping whether no further item may begin
   */
  public TaskResult run(Task task, String path, BlockContext within, BooleanSupplier stopping) {
    One one = new One(task, path, within, stopping);
    if (!task.keywords().runOnce()) {
      return one.inTurn();
    }
    RunOnce.Done done =
        session
            .batch()
            .once()
            .result(
                path,
                session.state(),
                () -> session.batch().doerBefore(path),
                one::inTurn,
                doer -> replayed(doer, task, path, within));
    boolean own = done.doer() == session.state() || done.result().end() == TaskEnd.HELD;
    return own ? done.result() : one.takeOver(done);
  }

  // What a process before this one had that device do for all; it has ended, or ends on its own.
  private TaskResult replayed(DeviceSession doer, Task task, String path, BlockContext within) {
    Handlers ofDoer = new Handlers(doer.play(), doer.services().templates());
    return new TaskRunner(doer, ofDoer).new One(task, path, within, () -> true).perform();
  }

  private final class One {
    private final Task task;
    private final String path;
    private final BlockContext within;
    private final BooleanSupplier stopping;
    private final Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> included = new LinkedHashMap<>();
    private TaskEnd kind = TaskEnd.DONE;

    One(Task task, String path, BlockContext within, BooleanSupplier stopping) {
      this.task = task;
      this.path = path;
      this.within = within;
      this.stopping = stopping;
    }

    /** Once no more than its throttle allows are at it. */
    TaskResult inTurn() {
      if (task.keywords().throttle().isEmpty() || session.past().isOver(task, path)) {
        return perform();
      }
      Variables seen = session.variables().at(task);
      long most;
      try {
        most =
            new Evaluator(templates, seen)
                .whole(task.keywords().throttle().orElseThrow(), "throttle");
      } catch (BadInput e) {
        return over(step(seen, Optional.empty(), Optional.of(e.at(task.place()))).value());
      }
      if (most <= 0) {
        return perform();
      }
      if (!session.batch().throttle().enter(path, most, stopping)) {
        return TaskResult.STOPPED;
      }
      try {
        return perform();
      } finally {
        session.batch().throttle().leave(path);
      }
    }

    TaskResult perform() {
      Variables seen = session.variables().at(task);
      if (task.loop().isEmpty()) {
        return over(step(seen, Optional.empty(), Optional.empty()).value());
      }
      LoopKeywords loop = task.loop().get();
      List<@Nullable Object> items;
      try {
        items = items(loop, seen);
      } catch (BadInput e) {
        return over(step(seen, Optional.empty(), Optional.of(e.at(loop.place()))).value());
      }
      return items.isEmpty() ? over(nothingToDo(seen)) : loop(loop, items);
    }

    private List<@Nullable Object> items(LoopKeywords loop, Variables seen) {
      Object items = new Evaluator(templates, seen).items(loop);
      if (items instanceof List<?> list) {
        return new ArrayList<>(list);
      }
      throw new BadInput(
          "'loop' is not a list but '" + session.text().line(String.valueOf(items)) + "'",
          items instanceof Map<?, ?>
              ? "a mapping becomes one with '| dict2items'"
              : "write a list, or Jinja that gives one");
    }

    private Map<String, @Nullable Object> nothingToDo(Variables seen) {
      StepRecord record = record(seen, Optional.empty());
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put("changed", false);
      value.put("skipped", true);
      value.put("skipped_reason", "No items in the list");
      value.put("results", List.of());
      Outcome outcome = Outcome.skipped("its loop has no items");
      AttemptResult ended = new AttemptResult(StepStatus.SKIPPED, outcome, value);
      if (record.past().isEmpty()) {
        record.ended(task, StepStatus.SKIPPED, ended, Optional.empty());
      }
      return ended.value();
    }

    private TaskResult loop(LoopKeywords loop, List<@Nullable Object> items) {
      List<Map<String, @Nullable Object>> results = new ArrayList<>();
      for (int index = 0; index < items.size(); index++) {
        LoopItem item = new LoopItem(loop, index, items);
        // What an item before this one has set is in force for it.
        Variables seen = session.variables().at(task).overLiteral(item.variables());
        boolean before = isOver(seen, item);
        Optional<BadInput> problem = index > 0 && !before ? pause(loop, seen) : Optional.empty();
        if (!before && stopping.getAsBoolean()) {
          return TaskResult.STOPPED;
        }
        AttemptResult ended = step(seen, Optional.of(item), problem);
        if (kind == TaskEnd.HELD) {
          return TaskResult.HELD;
        }
        if (kind == TaskEnd.STOPPED) {
          return TaskResult.STOPPED;
        }
        results.add(ended.with(item.variables()).value());
        // Every other item would wait for the same connection.
        if (kind == TaskEnd.UNREACHABLE) {
          break;
        }
      }
      return over(LoopResult.of(results));
    }

    /** Whether a process before this one has done it. */
    private boolean isOver(Variables seen, LoopItem item) {
      return record(seen, Optional.of(item))
          .past()
          .filter(past -> past.ended().isPresent())
          .isPresent();
    }

    /** What is wrong with the pause between items, if anything. */
    private Optional<BadInput> pause(LoopKeywords loop, Variables seen) {
      try {
        loop.pause()
            .map(pause -> new Evaluator(templates, seen).seconds(pause, "pause"))
            .ifPresent(session.stop()::await);
        return Optional.empty();
      } catch (BadInput e) {
        return Optional.of(e.at(loop.place()));
      }
    }

    private AttemptResult step(
        Variables seen, Optional<LoopItem> item, Optional<BadInput> loopProblem) {
      StepRecord record = record(seen, item);
      Optional<RecordedStep> past = record.past();
      past.ifPresent(before -> before.notified().forEach(handlers::notified));
      Optional<RunEvent.StepEnded> over = past.flatMap(RecordedStep::ended);
      AttemptResult ended;
      StepStatus status;
      if (over.isPresent()) {
        past.flatMap(RecordedStep::kept)
            .ifPresent(kept -> kept.secrets().forEach(s -> session.state().learn(Secret.of(s))));
        ended = AttemptResult.of(over.get(), past.flatMap(RecordedStep::kept));
        status = over.get().status();
      } else {
        StepExecution step = new StepExecution(session, task, seen, loopProblem, record);
        boolean doubt = past.filter(RecordedStep::inDoubt).isPresent();
        Optional<Boolean> word = past.flatMap(RecordedStep::done);
        if (doubt && word.isEmpty() && !step.isRepeatable()) {
          record.held(task);
          kind = TaskEnd.HELD;
          return AttemptResult.held();
        }
        if (doubt && word.orElse(false)) {
          record.takeUp();
          ended = AttemptResult.saidDone();
        } else {
          ended = step.run();
        }
        if (session.stop().isAsked()
            && StoppedByOperator.cutShort(ended, session.link(task).isCutOff())) {
          kind = TaskEnd.STOPPED;
          return ended;
        }
        ended = notifying(ended, seen, record, doubt);
        status = counted(ended, seen);
      }
      if (!ended.failed()) {
        session.state().learn(ended.outcome().facts());
        session.state().set(ended.outcome().variables());
        session.state().include(ended.outcome().included());
        facts.putAll(ended.outcome().facts());
        variables.putAll(ended.outcome().variables());
        included.putAll(ended.outcome().included());
      }
      if (item.isPresent()) {
        register(ended.value());
      }
      if (over.isEmpty()) {
        record.ended(task, status, ended, Optional.empty());
      }
      switch (status) {
        case FAILED, IN_DOUBT, RESCUED -> kind = TaskEnd.FAILED;
        case UNREACHABLE -> kind = TaskEnd.UNREACHABLE;
        case OK, CHANGED, SKIPPED, IGNORED -> {}
      }
      return ended;
    }

    private StepRecord record(Variables seen, Optional<LoopItem> item) {
      boolean hidden = holds(task.keywords().noLog(), seen, true);
      // Evaluated, a name may show what no_log hides.
      String name = hidden ? task.name() : name(seen);
      return new StepRecord(session, path, name, item, item.map(i -> label(i, seen)), hidden);
    }

    // What a process before this one may have changed may owe its handlers: one run too many is
    // mended
    // sooner than one that is missing.
    private AttemptResult notifying(
        AttemptResult ended, Variables seen, StepRecord record, boolean doubt) {
      boolean owes =
          ended.status() == StepStatus.CHANGED || (doubt && ended.status() == StepStatus.OK);
      if (!owes) {
        return ended;
      }
      try {
        List<String> paths = new ArrayList<>();
        for (String word : task.notifies()) {
          paths.addAll(handlers.named(String.valueOf(templates.evaluate(word, seen)), seen));
        }
        record.notified(paths);
        paths.forEach(handlers::notified);
        return ended;
      } catch (BadInput e) {
        return AttemptResult.of(e.at(task.place())).with("changed", true);
      } catch (RuntimeException | StackOverflowError ours) {
        return AttemptResult.of(StepExecution.ours(ours)).with("changed", true);
      }
    }

    // What it counts as, once the playbook's words about failures are looked at.
    private StepStatus counted(AttemptResult ended, Variables seen) {
      StepStatus status = ended.status();
      boolean ignored =
          switch (status) {
            case FAILED, IN_DOUBT -> holds(task.keywords().ignoreErrors(), seen, false);
            case UNREACHABLE -> holds(task.keywords().ignoreUnreachable(), seen, false);
            case OK, CHANGED, SKIPPED, IGNORED, RESCUED -> false;
          };
      if (ignored) {
        return StepStatus.IGNORED;
      }
      boolean rescued =
          within.rescued() && (status == StepStatus.FAILED || status == StepStatus.IN_DOUBT);
      return rescued ? StepStatus.RESCUED : status;
    }

    private TaskResult over(Map<String, @Nullable Object> value) {
      register(value);
      if (kind == TaskEnd.FAILED && within.rescued()) {
        session.state().register("ansible_failed_result", value);
        session
            .state()
            .register("ansible_failed_task", Map.of("name", task.name(), "action", task.action()));
      }
      return new TaskResult(kind, value, facts, variables, included);
    }

    private void register(Map<String, @Nullable Object> value) {
      task.register().ifPresent(name -> session.state().register(name, value));
    }

    /** Another device has done it for all. */
    TaskResult takeOver(RunOnce.Done done) {
      TaskResult result = done.result();
      // Its results and facts may hold what is secret to the one who did it.
      done.doer().secrets().forEach(session.state()::learn);
      String doer = done.doer().device().name();
      Variables seen = session.variables().at(task);
      boolean well = result.end() == TaskEnd.DONE;
      Outcome outcome =
          well
              ? Outcome.skipped("done once for all, on " + doer)
              : Outcome.failed(
                  "it failed on " + doer + ", which did it for all", "see that device");
      AttemptResult ended =
          new AttemptResult(AttemptResult.of(outcome).status(), outcome, result.value());
      StepStatus status = counted(ended, seen);
      StepRecord record = record(seen, Optional.empty());
      if (record.past().flatMap(RecordedStep::ended).isEmpty()) {
        record.ended(task, status, ended, Optional.of(doer));
      }
      session.state().learn(result.facts());
      session.state().set(result.variables());
      session.state().include(result.included());
      kind = status.isFailure() || status == StepStatus.RESCUED ? TaskEnd.FAILED : kind;
      return over(result.value());
    }

    // A name is for people: one that cannot be evaluated is shown as written.
    private String name(Variables seen) {
      return evaluatedOr(task.name(), seen);
    }

    private String label(LoopItem item, Variables seen) {
      return item.loop()
          .label()
          .map(label -> evaluatedOr(label, seen))
          .orElseGet(() -> Templates.text(item.value()));
    }

    private String evaluatedOr(String text, Variables seen) {
      try {
        return Templates.text(templates.evaluate(text, seen));
      } catch (RuntimeException | StackOverflowError e) {
        return text;
      }
    }

    // A word that cannot be evaluated must neither show a secret nor hide a failure.
    private boolean holds(Optional<Condition> word, Variables seen, boolean unknown) {
      try {
        return word.isPresent() && new Evaluator(templates, seen).holds(word.get());
      } catch (RuntimeException | StackOverflowError e) {
        return unknown;
      }
    }
  }
}
