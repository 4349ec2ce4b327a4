package dev.edgefleet.engine.wave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.playbook.WaveOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order the devices of a wave start. */
class DeviceOrderTest {
  private static final List<String> DEVICES = List.of("b", "d", "a", "c", "e", "g", "f", "h");

  private static List<String> order(String run, String wave, WaveOrder order) {
    return new DeviceOrder(run, wave).of(DEVICES, order);
  }

  @Test
  void asTheWordSays() {
    assertThat(order("r", "w", WaveOrder.INVENTORY)).isEqualTo(DEVICES);
    assertThat(order("r", "w", WaveOrder.REVERSE_INVENTORY)).isEqualTo(DEVICES.reversed());
    assertThat(order("r", "w", WaveOrder.SORTED))
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h");
    assertThat(order("r", "w", WaveOrder.REVERSE_SORTED))
        .containsExactly("h", "g", "f", "e", "d", "c", "b", "a");
  }

  @Test
  void shuffledTheSameRunHasTheSameOrder() {
    List<String> shuffled = order("r", "w", WaveOrder.SHUFFLE);
    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(DEVICES);
    assertThat(order("r", "w", WaveOrder.SHUFFLE)).isEqualTo(shuffled);
    assertThat(order("other", "w", WaveOrder.SHUFFLE)).isNotEqualTo(shuffled);
    assertThat(order("r", "other", WaveOrder.SHUFFLE)).isNotEqualTo(shuffled);
    List<String> otherwise = new ArrayList<>(DEVICES);
    Collections.reverse(otherwise);
    assertThat(new DeviceOrder("r", "w").of(otherwise, WaveOrder.SHUFFLE)).isEqualTo(shuffled);
  }
}
