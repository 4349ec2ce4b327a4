package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Sample;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.run.Controller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One run that is killed again and again. Each process is killed once, when every device that it
 * was ordered for stands at its own point of its own step.
 */
final class KillChain {
  private static final List<KillOrder.Point> POINTS =
      List.of(KillOrder.Point.START, KillOrder.Point.EFFECT, KillOrder.Point.END);

  // At length each task is met at each point; else at one of them, in turn.
  private static final int POINTS_A_TASK = Sample.AT_LENGTH ? POINTS.size() : 1;

  // One kill meets as many tasks: more of them save processes, and cost devices.
  private static final int TASKS_A_KILL = POINTS_A_TASK == 1 ? 4 : 3;

  /** The devices of {@link #everyStep}. */
  static final List<String> DEVICES =
      IntStream.range(0, TASKS_A_KILL * POINTS_A_TASK).mapToObj(i -> "device-" + i).toList();

  private final Controller controller;
  private boolean begun;

  KillChain(Controller controller) {
    this.controller = controller;
  }

  /** The names of a playbook's tasks and handlers, one a line that begins with its name. */
  static List<String> tasks(String playbook) {
    return playbook
        .lines()
        .filter(line -> line.startsWith("    - "))
        .map(line -> line.replaceFirst(".*?name: ", "").replaceFirst(",.*", ""))
        .toList();
  }

  /**
   * Kills it at each of the tasks (not at length: every second one), then lets the run end. A kill
   * meets the next few tasks, each on a device of its own for each point; the last one meets the
   * last task on all that are left over.
   */
  void everyStep(List<String> tasks) {
    List<String> met = Sample.every(2, 0, tasks);
    for (int first = 0; first < met.size(); first += TASKS_A_KILL) {
      List<KillOrder> orders = new ArrayList<>();
      for (String device : DEVICES) {
        int number = first + orders.size() / POINTS_A_TASK;
        KillOrder.Point point =
            POINTS.get((POINTS_A_TASK == 1 ? number : orders.size()) % POINTS.size());
        orders.add(KillOrder.of(device, met.get(Math.min(number, met.size() - 1)), point));
      }
      killed(orders);
    }
    finish();
    Map<String, List<String>> ends = ends();
    assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(DEVICES);
    ends.forEach((device, done) -> assertThat(done).as(device).containsExactlyElementsOf(tasks));
  }

  /**
   * Steps of which nobody can know whether they were done are held, both before and after their
   * effect, and done once as the operator says.
   *
   * @param tasks each on the device of the same name
   */
  void heldSteps(List<String> tasks) {
    killed(at(tasks, KillOrder.Point.START));
    held(tasks);
    killed(at(tasks, KillOrder.Point.EFFECT), "--repeat", "all");
    held(tasks);
    killed(at(tasks, KillOrder.Point.END), "--done", "all");
  }

  /**
   * Kills it once all of the jobs have left their receipts, then lets the run end.
   *
   * @param tasks by device
   */
  void receipts(Map<String, String> tasks, Function<String, Path> state) {
    killed(
        tasks.entrySet().stream()
            .map(
                task ->
                    KillOrder.receipt(task.getKey(), task.getValue(), state.apply(task.getKey())))
            .toList());
    finish();
  }

  /** Lets the run end, which it does well. */
  private void finish() {
    controller.resume().exits(0);
    assertThat(JournalReader.read(controller.run()).getLast().event())
        .isInstanceOfSatisfying(
            RunEvent.RunEnded.class, over -> assertThat(over.exitCode()).isZero());
  }

  private static List<KillOrder> at(List<String> tasks, KillOrder.Point point) {
    return tasks.stream().map(task -> KillOrder.of(task, task, point)).toList();
  }

  private void killed(List<KillOrder> orders, String... more) {
    List<String> killing = Controller.killed(orders);
    Controller.Ended ended =
        begun ? controller.resume(killing, more) : controller.begin(killing, more);
    begun = true;
    assertThat(ended.killed()).as("%s:%n%s", orders, ended.output()).isTrue();
  }

  private void held(List<String> tasks) {
    Cli.Ran ran = controller.resume().exits(6);
    for (String task : tasks) {
      assertThat(ran.out() + ran.err())
          .contains("'" + task + "' was begun before")
          .contains("--done " + task);
    }
  }

  /** The tasks that ended on each device, in order. */
  Map<String, List<String>> ends() {
    Map<String, List<String>> ends = new TreeMap<>();
    for (JournalEntry entry : JournalReader.read(controller.run())) {
      if (entry.event() instanceof RunEvent.StepEnded step) {
        ends.computeIfAbsent(step.step().device(), any -> new ArrayList<>()).add(step.task());
      }
    }
    return ends;
  }
}
