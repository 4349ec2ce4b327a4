package dev.edgefleet.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SaidTest {
  @Test
  void keepsWhatAnybodyMayRead() {
    assertThat(Said.of("Zugriff verweigert: äöü 漢字 🚚")).isEqualTo("Zugriff verweigert: äöü 漢字 🚚");
    assertThat(Said.of(null)).isEmpty();
  }

  @Test
  void isOneLine() {
    assertThat(Said.of("  one\r\n\ttwo\u2028three\u00a0 ")).isEqualTo("one two three");
  }

  @Test
  void leavesOutWhatMovesTheCursorOrTurnsTheWriting() {
    assertThat(Said.of("a\u001b[2Jb\u0007\u009b\u202ec\u2066d\u200be\ufeff\ud800f"))
        .isEqualTo("a[2Jbcdef");
  }

  @Test
  void isCutWhereItWouldFillTheScreen() {
    assertThat(Said.of("x".repeat(1_000_000))).isEqualTo("x".repeat(300) + "…");
    assertThat(Said.of("x".repeat(300))).isEqualTo("x".repeat(300));
    assertThat(Said.of("x" + "🚚".repeat(200))).isEqualTo("x" + "🚚".repeat(149) + "…");
  }
}
