package dev.edgefleet.engine.wave;

import dev.edgefleet.engine.step.BlockContext;
import dev.edgefleet.engine.step.Evaluator;
import dev.edgefleet.engine.step.FactsStep;
import dev.edgefleet.engine.step.Handlers;
import dev.edgefleet.engine.step.TaskEnd;
import dev.edgefleet.engine.step.TaskRunner;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Block;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Item;
import dev.edgefleet.playbook.Keywords;
import dev.edgefleet.playbook.Meta;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.rollout.Event;
import dev.edgefleet.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One device going through one play: its lists of tasks, blocks and handlers. */
final class DeviceRun {
  private final DeviceSession session;
  private final Handlers handlers;
  private final TaskRunner tasks;

  DeviceRun(DeviceSession session) {
    this.session = session;
    this.handlers = new Handlers(session.play(), session.services().templates());
    this.tasks = new TaskRunner(session, handlers);
  }

  DeviceEnd execute() {
    return switch (play()) {
      case DONE, ENDED -> new DeviceEnd.Through(DeviceStatus.OK);
      case FAILED -> new DeviceEnd.Through(DeviceStatus.FAILED);
      case UNREACHABLE -> new DeviceEnd.Through(DeviceStatus.UNREACHABLE);
      case HELD -> new DeviceEnd.Held();
      case STOPPED ->
          session.stop().isAsked()
              ? new DeviceEnd.Interrupted()
              : new DeviceEnd.Through(DeviceStatus.STOPPED);
    };
  }

  private TaskEnd play() {
    Play play = session.play();
    TaskEnd end =
        new FactsStep(session)
            .task()
            .map(t -> task(t, t.path(), BlockContext.PLAY))
            .orElse(TaskEnd.DONE);
    for (List<Item> items : List.of(play.preTasks(), play.tasks(), play.postTasks())) {
      if (end == TaskEnd.DONE) {
        end = items(items, BlockContext.PLAY);
      }
      if (end == TaskEnd.DONE) {
        end = flush(BlockContext.PLAY);
      }
    }
    return end;
  }

  private TaskEnd items(List<Item> items, BlockContext within) {
    for (Item item : items) {
      TaskEnd end =
          switch (item) {
            case Block block -> block(block, within);
            case Task task ->
                session.request().runs(task) ? task(task, task.path(), within) : TaskEnd.DONE;
            case Meta meta -> meta(meta, within);
          };
      if (end != TaskEnd.DONE) {
        return end;
      }
    }
    return TaskEnd.DONE;
  }

  private TaskEnd block(Block block, BlockContext within) {
    boolean rescues = !block.rescue().isEmpty();
    entering(block, RunEvent.Section.TASKS, block.tasks());
    TaskEnd end = items(block.tasks(), rescues ? within.tasksWithRescue() : within);
    if (end == TaskEnd.FAILED && rescues) {
      entering(block, RunEvent.Section.RESCUE, block.rescue());
      end = items(block.rescue(), within);
    }
    return switch (end) {
      case DONE, FAILED, STOPPED -> {
        // An operator's stop ends it here and not for good: a resumed run comes by again.
        if (!session.stop().isAsked()) {
          entering(block, RunEvent.Section.ALWAYS, block.always());
        }
        TaskEnd last = items(block.always(), within.alwaysSection());
        yield last == TaskEnd.DONE ? end : last;
      }
      // There is nobody to do it, or nothing left to do.
      case UNREACHABLE, ENDED, HELD -> end;
    };
  }

  // Only blocks that say what becomes of failures: others, imported tasks too, only group.
  private void entering(Block block, RunEvent.Section section, List<Item> items) {
    boolean tells = !block.rescue().isEmpty() || !block.always().isEmpty();
    if (tells && !items.isEmpty() && !session.past().hasEntered(block.path(), section)) {
      session
          .services()
          .journal()
          .append(new RunEvent.BlockEntered(session.device(), block.path(), section));
    }
  }

  private TaskEnd task(Task task, String path, BlockContext within) {
    BooleanSupplier stopping = () -> stopping(within);
    // What a process before this one did is gone through again also when nothing new may begin.
    if (stopping.getAsBoolean() && !session.past().isOver(task, path)) {
      return TaskEnd.STOPPED;
    }
    TaskEnd end = tasks.run(task, path, within, stopping).end();
    boolean failed = end == TaskEnd.FAILED || end == TaskEnd.UNREACHABLE;
    boolean lost = failed && !(within.rescued() && end == TaskEnd.FAILED);
    boolean fatal = task.keywords().anyErrorsFatal();
    // One that could not be reached is through with it: its end says so.
    if (lost && (fatal || end == TaskEnd.FAILED)) {
      session.batch().rollout().tell(new Event.Failed(session.device(), fatal));
    }
    return end;
  }

  private boolean stopping(BlockContext within) {
    return session.stop().isAsked() || (session.batch().rollout().isStopped() && !within.always());
  }

  private TaskEnd meta(Meta meta, BlockContext within) {
    if (!session.request().tags().admits(meta.tags())) {
      return TaskEnd.DONE;
    }
    if (stopping(within)) {
      return TaskEnd.STOPPED;
    }
    Evaluator values = new Evaluator(session.services().templates(), session.variables().ofPlay());
    try {
      if (!meta.when().stream().allMatch(values::holds)) {
        return TaskEnd.DONE;
      }
    } catch (BadInput cannotBeEvaluated) {
      // As a task its condition fails again, and the journal gets to know.
      return task(asTask(meta), meta.path(), within);
    }
    return switch (meta.kind()) {
      case FLUSH_HANDLERS -> flush(within);
      case END_HOST -> TaskEnd.ENDED;
      case RESET_CONNECTION -> {
        session.link().close();
        yield TaskEnd.DONE;
      }
      case NOOP -> TaskEnd.DONE;
    };
  }

  private static Task asTask(Meta meta) {
    return new Task(
        meta.place(),
        meta.path(),
        "meta: " + meta.kind().name().toLowerCase(Locale.ROOT),
        "meta",
        new YamlNode.Mapping(meta.place(), List.of()),
        meta.tags(),
        Map.of(),
        meta.when(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Keywords.NONE);
  }

  // A handler that notifies a later one has it run now, an earlier one at the next flush.
  private TaskEnd flush(BlockContext within) {
    for (Handler handler : handlers.inOrder()) {
      if (handlers.takes(handler)) {
        TaskEnd end = task(handler.task(), handlers.nextPath(handler), within);
        if (end != TaskEnd.DONE) {
          return end;
        }
      }
    }
    return TaskEnd.DONE;
  }
}
