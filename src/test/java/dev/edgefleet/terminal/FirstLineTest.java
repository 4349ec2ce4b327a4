package dev.edgefleet.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FirstLineTest {
  @Test
  void isThereAtOnceAndItsClockMovesUntilItIsOver() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    FirstLine line =
        new FirstLine(new PrintStream(text, true, StandardCharsets.UTF_8), "Reading p.yml");
    line.begin();
    assertThat(text.toString(StandardCharsets.UTF_8)).contains("Reading p.yml …");
    line.passed(1);
    line.close();
    line.passed(2);
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("\r", " 1 s")
        .doesNotContain(" 2 s")
        .endsWith(System.lineSeparator());
  }
}
