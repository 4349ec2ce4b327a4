package dev.edgefleet.engine;

import dev.edgefleet.action.Actions;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.InDoubt;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.JournalFailed;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepId;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.playbook.BecomeWords;
import dev.edgefleet.playbook.Condition;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.remote.Become;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.template.Variables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one task on one device: conditions, journal, action, journal, register. */
final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private final RunRequest request;
  private final RunServices services;
  private final Device device;
  private final DeviceVariables variables;
  private final DeviceLink link;
  private final Text text;

  StepRunner(
      RunRequest request,
      RunServices services,
      Device device,
      DeviceVariables variables,
      DeviceLink link,
      Redactor redactor) {
    this.request = request;
    this.services = services;
    this.device = device;
    this.variables = variables;
    this.link = link;
    this.text = new Text(redactor);
  }

  RunEvent.StepEnded run(Task task) {
    Step step = new Step(task, variables.at(task));
    RunEvent.StepEnded ended = step.run();
    services.journal().append(ended);
    return ended;
  }

  private final class Step {
    private final Task task;
    private final Variables seen;
    private final StepId id;
    private final String name;
    private final long startedNanos = System.nanoTime();

    Step(Task task, Variables seen) {
      this.task = task;
      this.seen = seen;
      id = new StepId(request.run(), device.name(), task.path(), "", 1);
      name = nameOf(task, seen);
    }

    RunEvent.StepEnded run() {
      try {
        for (Condition condition : task.when()) {
          if (!holds(condition)) {
            Outcome skipped =
                Outcome.skipped("the condition does not hold: " + condition.expression());
            register(skipped);
            return ended(skipped);
          }
        }
        services
            .journal()
            .append(new RunEvent.StepStarted(id, name, task.action(), task.place().toString()));
        Outcome outcome = apply(services.actions().get(task.action()));
        register(outcome);
        return ended(outcome);
      } catch (Failure failure) {
        return ended(failure);
      } catch (JournalFailed stopsTheRun) {
        throw stopsTheRun;
      } catch (RuntimeException | Error ours) {
        // Also what only this device's data brought about, such as a file that memory has no room
        // for.
        LOG.error("step {}", id, ours);
        return ended(
            new StepFailed(
                "edgefleet itself failed: " + ours,
                "run again with --debug and report what it prints"));
      }
    }

    private boolean holds(Condition condition) {
      try {
        return services.templates().condition(condition.expression(), seen);
      } catch (BadInput e) {
        throw e.at(condition.place());
      }
    }

    private <P extends Record> Outcome apply(Actions.Registered<P> registered) {
      P parameters =
          registered
              .schema()
              .bind(task.parameters(), raw -> services.templates().evaluate(raw, seen));
      Instant runEnds = services.started().plus(request.deadlines().run());
      Instant stepEnds = Instant.now().plus(request.deadlines().step());
      if (runEnds.isBefore(Instant.now())) {
        throw new StepFailed(
            "the run's deadline passed before this step", "give the run more time: --run-timeout");
      }
      try {
        return registered
            .action()
            .apply(
                parameters,
                new StepContext(
                    request,
                    services,
                    device,
                    seen,
                    link,
                    become(),
                    id,
                    runEnds.isBefore(stepEnds) ? runEnds : stepEnds));
      } catch (BadInput e) {
        throw e.at(task.parameters().place());
      }
    }

    // A device's variables win over the words of the playbook, as in Ansible.
    private Optional<Become> become() {
      BecomeWords words = task.keywords().become();
      Links links = services.links();
      if (!links
          .become(seen)
          .or(() -> words.become().map(this::holds))
          .orElse(request.login().become())) {
        return Optional.empty();
      }
      String user =
          links.becomeUser(seen).or(() -> words.user().map(this::evaluated)).orElse("root");
      return Optional.of(new Become(user, links.becomePassword(seen)));
    }

    private String evaluated(String word) {
      return String.valueOf(services.templates().evaluate(word, seen));
    }

    private void register(Outcome outcome) {
      task.register()
          .ifPresent(
              as -> {
                Map<String, @Nullable Object> result = new HashMap<>(outcome.values());
                result.put("changed", outcome.status() == Outcome.Status.CHANGED);
                result.put("skipped", outcome.status() == Outcome.Status.SKIPPED);
                result.put("failed", false);
                variables.register(as, result);
              });
    }

    private RunEvent.StepEnded ended(Outcome outcome) {
      StepStatus status =
          switch (outcome.status()) {
            case OK -> StepStatus.OK;
            case CHANGED -> StepStatus.CHANGED;
            case SKIPPED -> StepStatus.SKIPPED;
            case FAILED -> StepStatus.FAILED;
          };
      return new RunEvent.StepEnded(
          id,
          name,
          task.action(),
          task.place().toString(),
          status,
          status == StepStatus.CHANGED,
          millis(),
          text.redacted(outcome.message()),
          text.redacted(outcome.remedy()),
          outcome.changes().stream().map(text::diff).toList(),
          text.tail(outcome.output()),
          text.redacted(outcome.reported()));
    }

    private RunEvent.StepEnded ended(Failure failure) {
      StepStatus status =
          switch (failure) {
            case BadInput ignored -> StepStatus.FAILED;
            case StepFailed ignored -> StepStatus.FAILED;
            case InDoubt ignored -> StepStatus.IN_DOUBT;
            case Unreachable ignored -> StepStatus.UNREACHABLE;
            case Refused ignored -> StepStatus.UNREACHABLE;
          };
      String output = failure instanceof StepFailed failed ? failed.outputTail() : "";
      return new RunEvent.StepEnded(
          id,
          name,
          task.action(),
          task.place().toString(),
          status,
          false,
          millis(),
          text.redacted(what(failure)),
          text.redacted(remedy(failure)),
          List.of(),
          text.tail(output),
          Map.of());
    }

    private long millis() {
      return (System.nanoTime() - startedNanos) / 1_000_000;
    }
  }

  // Of bad input the remedy goes apart only when there is one problem: they belong in pairs.
  private static String what(Failure failure) {
    return failure instanceof BadInput bad && bad.problems().size() == 1
        ? bad.problems().getFirst().place().map(place -> place + ": ").orElse("")
            + bad.problems().getFirst().found()
        : failure instanceof BadInput bad
            ? bad.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"))
            : failure.what();
  }

  private static String remedy(Failure failure) {
    return failure instanceof BadInput bad && bad.problems().size() == 1
        ? bad.problems().getFirst().remedy()
        : failure.remedy();
  }

  // A name is for people: one that cannot be evaluated is shown as written.
  private String nameOf(Task task, Variables seen) {
    try {
      return text.redacted(String.valueOf(services.templates().evaluate(task.name(), seen)));
    } catch (RuntimeException | Error e) {
      return task.name();
    }
  }
}
