package dev.edgefleet.engine;

import dev.edgefleet.inventory.Device;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.secret.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One device going through the tasks of one play, in order, until one fails. */
final class DeviceRun implements AutoCloseable {
  private final RunRequest request;
  private final Play play;
  private final BooleanSupplier stopping;
  private final DeviceLink link;
  private final StepRunner steps;

  DeviceRun(
      RunRequest request,
      RunServices services,
      Play play,
      Device device,
      Map<String, @Nullable Object> registered,
      BooleanSupplier stopping) {
    this.request = request;
    this.play = play;
    this.stopping = stopping;
    DeviceVariables variables = new DeviceVariables(request, play, device, registered);
    // A device's own secrets are masked in its own texts: ten thousand passwords in every text
    // would
    // cost more than all else.
    Redactor redactor = services.redactor().forOne();
    services.links().learnSecrets(variables.atStart(), redactor);
    link = new DeviceLink(services.links(), device.name());
    steps = new StepRunner(request, services, device, variables, link, redactor);
  }

  private static List<Task> tasks(Play play) {
    return play.tasks().stream().filter(Task.class::isInstance).map(Task.class::cast).toList();
  }

  /** How the device came out; empty when it was stopped on the way. */
  Optional<DeviceStatus> execute() {
    for (Task task : tasks(play)) {
      if (stopping.getAsBoolean()) {
        return Optional.empty();
      }
      if (!request.tags().admits(task.tags())) {
        continue;
      }
      RunEvent.StepEnded ended = steps.run(task);
      switch (ended.status()) {
        case OK, CHANGED, SKIPPED -> {}
        case FAILED, IN_DOUBT -> {
          return Optional.of(DeviceStatus.FAILED);
        }
        case UNREACHABLE -> {
          return Optional.of(DeviceStatus.UNREACHABLE);
        }
      }
    }
    return Optional.of(DeviceStatus.OK);
  }

  @Override
  public void close() {
    link.close();
  }
}
