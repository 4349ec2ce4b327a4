package dev.edgefleet.journal.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakRecordTest {
  private static final Instant BEGAN = Instant.parse("2026-11-24T08:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 600",
    "1, 599",
    "599, 1",
    "600, 0",
    "100000, 0",
    // The clock was set back: how long it lasted is not known.
    "-1, 600",
    "-7200, 600"
  })
  void whatIsLeft(long seconds, long left) {
    SoakRecord soak = new SoakRecord(600, BEGAN, Optional.empty());
    assertThat(soak.left(Duration.ofSeconds(600), BEGAN.plusSeconds(seconds)))
        .isEqualTo(Duration.ofSeconds(left));
  }
}
