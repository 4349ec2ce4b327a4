package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AnswerBudgetTest {
  private final AnswerBudget budget = new AnswerBudget(1000);

  @Test
  void whoNeedsMoreThanIsLeftWaitsUntilSomebodyGivesBack() throws Exception {
    AnswerBudget.Share first = budget.open();
    first.take(900);
    CompletableFuture<Void> second = taking(budget.open(), 500);
    assertThat(second).isNotDone();
    first.close();
    assertThatCode(() -> second.get(10, TimeUnit.SECONDS)).doesNotThrowAnyException();
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
    assertThatCode(() -> waits.get(10, TimeUnit.SECONDS)).doesNotThrowAnyException();
  }

  @Test
  void whoHoldsMostAndSaysNothingMoreIsEndedForTheSakeOfTheOthers() throws Exception {
    AnswerBudget.Share silent = budget.open();
    silent.take(900);
    silent.whenRefused(exhausted -> silent.close());
    assertThatCode(() -> taking(budget.open(), 500).get(30, TimeUnit.SECONDS))
        .doesNotThrowAnyException();
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
