package dev.edgefleet.engine.wave;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.StepFailed;
import org.junit.jupiter.api.Test;

class KeptMemoryTest {
  private final KeptMemory memory = new KeptMemory(1000, 10);

  @Test
  void whoHoldsMuchMayDoSoWhileThereIsRoom() {
    assertThatCode(() -> memory.hold(0, 900)).doesNotThrowAnyException();
    assertThatCode(() -> memory.hold(0, 100)).doesNotThrowAnyException();
  }

  @Test
  void whoHoldsNoMoreThanItsPartAlwaysMay() {
    memory.hold(0, 1000);
    assertThatCode(() -> memory.hold(0, 100)).doesNotThrowAnyException();
    assertThatThrownBy(() -> memory.hold(100, 101))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("too large to be kept");
  }

  @Test
  void whatIsForgottenIsForOthers() {
    memory.hold(0, 1000);
    memory.hold(1000, 200);
    assertThatCode(() -> memory.hold(0, 800)).doesNotThrowAnyException();
  }

  @Test
  void whatWasRefusedIsNotHeld() {
    memory.hold(0, 900);
    assertThatThrownBy(() -> memory.hold(0, 200)).isInstanceOf(StepFailed.class);
    assertThatCode(() -> memory.hold(0, 100)).doesNotThrowAnyException();
  }
}
