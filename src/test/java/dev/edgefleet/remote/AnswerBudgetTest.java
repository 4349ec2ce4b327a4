package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnswerBudgetTest {
  private final AnswerBudget budget = new AnswerBudget(1000);

  @Test
  void whoNeedsMoreThanIsLeftWaitsUntilSomebodyGivesBack() throws Exception {
    AnswerBudget.Share first = budget.open();
    first.take(900);
    CompletableFuture<Void> second = taking(budget.open(), 500);
    assertThat(second).isNotDone();
    first.close();
    assertThatCode(() -> second.get(180, TimeUnit.SECONDS)).doesNotThrowAnyException();
  }

  @Test
  void whereAllWaitTheOneThatHoldsMostIsRefused() throws Exception {
    AnswerBudget.Share most = budget.open();
    most.take(600);
    AnswerBudget.Share less = budget.open();
    less.take(300);
    CompletableFuture<Void> waits = taking(less, 200);
    assertThatThrownBy(() -> most.take(200))
        .isInstanceOf(AnswerBudget.Exhausted.class)
        .hasMessageContaining("600 bytes of it by this device");
    most.close();
    assertThatCode(() -> waits.get(180, TimeUnit.SECONDS)).doesNotThrowAnyException();
  }

  @Test
  void whoHoldsMostAndSaysNothingMoreIsEndedForTheSakeOfTheOthers() throws Exception {
    AnswerBudget.Share silent = budget.open();
    silent.take(900);
    silent.whenRefused(exhausted -> silent.close());
    assertThatCode(() -> taking(budget.open(), 500).get(180, TimeUnit.SECONDS))
        .doesNotThrowAnyException();
  }

  @Test
  void noMoreAreEndedThanTheOthersNeed() throws Exception {
    AnswerBudget.Share first = budget.open();
    first.take(500);
    CompletableFuture<Void> ended = new CompletableFuture<>();
    first.whenRefused(exhausted -> ended.complete(null));
    AnswerBudget.Share second = budget.open();
    second.take(400);
    second.whenRefused(exhausted -> second.close());
    CompletableFuture<Void> small = taking(budget.open(), 300);
    ended.get(180, TimeUnit.SECONDS);
    // It takes its time to end.
    TimeUnit.SECONDS.sleep(7);
    assertThat(small).isNotDone();
    first.close();
    assertThatCode(() -> small.get(180, TimeUnit.SECONDS)).doesNotThrowAnyException();
    assertThatCode(() -> second.take(200)).doesNotThrowAnyException();
  }

  @Test
  void anAnswerThatIsWholeIsWaitedFor() throws Exception {
    AnswerBudget.Share whole = budget.open();
    whole.take(900);
    whole.whenRefused(exhausted -> whole.close());
    whole.settled();
    AnswerBudget.Share other = budget.open();
    other.take(50);
    assertThatThrownBy(() -> other.take(500)).isInstanceOf(AnswerBudget.Exhausted.class);
  }

  private static CompletableFuture<Void> taking(AnswerBudget.Share share, long bytes) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            share.take(bytes);
            taken.complete(null);
          } catch (AnswerBudget.Exhausted e) {
            taken.completeExceptionally(e);
          }
        });
    return taken;
  }
}
