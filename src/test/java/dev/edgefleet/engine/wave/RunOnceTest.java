package dev.edgefleet.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.engine.step.TaskEnd;
import dev.edgefleet.engine.step.TaskResult;
import dev.edgefleet.inventory.Device;
import dev.edgefleet.secret.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RunOnceTest {
  private static final TaskResult DONE =
      new TaskResult(TaskEnd.DONE, Map.of("stdout", "x"), Map.of(), Map.of(), Map.of());

  private final RunOnce once = new RunOnce();
  private final DeviceState first = state("first");
  private final DeviceState second = state("second");

  @Test
  void theFirstDoesItAndAllOthersTakeItsResult() {
    AtomicInteger done = new AtomicInteger();
    Supplier<TaskResult> work =
        () -> {
          done.incrementAndGet();
          return DONE;
        };
    assertThat(ask(first, work)).isEqualTo(new RunOnce.Done(first, DONE));
    assertThat(ask(second, work)).isEqualTo(new RunOnce.Done(first, DONE));
    assertThat(done).hasValue(1);
  }

  @Test
  void whoComesMeanwhileWaits() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<RunOnce.Done> doing =
        CompletableFuture.supplyAsync(
            () ->
                ask(
                    first,
                    () -> {
                      begun.countDown();
                      await(goOn);
                      return DONE;
                    }));
    await(begun);
    CompletableFuture<RunOnce.Done> waiting =
        CompletableFuture.supplyAsync(() -> ask(second, () -> DONE));
    assertThat(waiting).isNotDone();
    goOn.countDown();
    assertThat(waiting.join().doer()).isSameAs(first);
    assertThat(doing.join().doer()).isSameAs(first);
  }

  @Test
  void whenItIsStoppedTheNextOneTakesOver() {
    assertThat(ask(first, () -> TaskResult.STOPPED).result()).isEqualTo(TaskResult.STOPPED);
    assertThat(ask(second, () -> DONE)).isEqualTo(new RunOnce.Done(second, DONE));
  }

  @Test
  void aFailureOfOursHoldsNobodyUp() {
    assertThatThrownBy(
            () ->
                ask(
                    first,
                    () -> {
                      throw new IllegalStateException("ours");
                    }))
        .hasMessage("ours");
    assertThat(ask(second, () -> DONE).doer()).isSameAs(second);
  }

  @Test
  void anotherTaskIsAnotherMatter() {
    ask(first, () -> DONE);
    assertThat(
            once.result("1.2", second, Optional::empty, () -> DONE, _ -> TaskResult.STOPPED).doer())
        .isSameAs(second);
  }

  private RunOnce.Done ask(DeviceState device, Supplier<TaskResult> work) {
    return once.result("1.1", device, Optional::empty, work, _ -> TaskResult.STOPPED);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static DeviceState state(String name) {
    return new DeviceState(
        new Device(name, List.of(), Map.of()), new Redactor(), new KeptMemory(1000, 2));
  }
}
