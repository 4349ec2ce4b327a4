package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String WHOLE =
      """
      Welcome!
      no newline hereN1 ready
      N1 begin
      a 1
      b x\\0040y\\0012
      N1 body
      raw

      N1 en

      N1 values
      c\s

      N1 end 0
      """;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 4096})
  void readsFramesHoweverTheyAreCut(int pieces) throws Exception {
    Answer answer = read(WHOLE, pieces);
    assertThat(answer.values())
        .containsEntry("a", "1")
        .containsEntry("b", "x y\n")
        .containsEntry("c", "")
        .hasSize(3);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("raw\n\nN1 en\n");
    assertThat(answer.status()).isZero();
  }

  @Test
  void anAnswerCutAnywhereIsNoAnswer() {
    for (int length = 0; length < WHOLE.length(); length++) {
      String cut = WHOLE.substring(0, length);
      assertThatThrownBy(() -> read(cut, 4096)).as(cut).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aBodyMayHoldTheBeginningOfItsEndManyTimes() throws Exception {
    String body = "\n\n\nN\nN1\n\nN1 \nN1 end\nN1 end 2\nN1 value\nN1 values ";
    Answer answer = read("N1 ready\nN1 begin\nN1 body\n" + body + "\nN1 end 1\n", 5);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(answer.status()).isEqualTo(1);
  }

  @Test
  void anEmptyBody() throws Exception {
    assertThat(read("N1 ready\nN1 begin\nN1 body\n\nN1 end 0\n", 3).body()).isEmpty();
  }

  @Test
  void noiseIsSkippedWhateverItsSize() throws Exception {
    String noise = "noise ".repeat(200_000);
    assertThat(read(noise + WHOLE, 4096).values()).hasSize(3);
  }

  @Test
  void anEndlessBodyIsRefused() {
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(
                "N1 ready\nN1 begin\nN1 body\n".getBytes(StandardCharsets.US_ASCII)),
            new ByteArrayInputStream(new byte[AnswerReader.BODY_LIMIT + 10_000]));
    AnswerReader reader = new AnswerReader(endless, "N1");
    assertThatThrownBy(
            () -> {
              reader.awaitReady();
              reader.read();
            })
        .isInstanceOf(AnswerReader.TooLarge.class);
  }

  private static Answer read(String text, int pieces) throws IOException {
    InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    InputStream cut =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return whole.read(buffer, offset, Math.min(pieces, length));
          }
        };
    AnswerReader reader = new AnswerReader(cut, "N1");
    reader.awaitReady();
    return reader.read();
  }
}
