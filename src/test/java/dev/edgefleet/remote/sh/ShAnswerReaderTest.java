package dev.edgefleet.remote.sh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.AnswerNonsense;
import dev.edgefleet.remote.wire.AnswerTooLarge;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShAnswerReaderTest {
  private static final String WHOLE =
      """
      Welcome!
      no newline here
      noiseN1 begin
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
    Answer answer = read("N1 begin\nN1 body\n" + body + "\nN1 end 1\n", 5);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(answer.status()).isEqualTo(1);
  }

  @Test
  void anEmptyBody() throws Exception {
    assertThat(read("N1 begin\nN1 body\n\nN1 end 0\n", 3).body()).isEmpty();
  }

  @Test
  void noiseIsSkipped() throws Exception {
    String noise = "noise ".repeat(200_000);
    assertThat(read(noise + WHOLE, 4096).values()).hasSize(3);
  }

  @Test
  void anEndlessBodyIsRefusedAndOnlyItsBeginningKept() throws Exception {
    int most = 3 << 20;
    InputStream endless = afterBody(new byte[most + 1]);
    assertThatThrownBy(
            () -> new ShAnswerReader(endless).read("N1", new BodyLimits(1000, most), share()))
        .isInstanceOf(AnswerTooLarge.class);
    Answer answer =
        new ShAnswerReader(
                new SequenceInputStream(
                    afterBody(new byte[most]),
                    new ByteArrayInputStream("\nN1 end 0\n".getBytes(StandardCharsets.US_ASCII))))
            .read("N1", new BodyLimits(1000, most), share());
    assertThat(answer.body()).hasSize(1000);
    assertThat(answer.bodySize()).isEqualTo(most);
  }

  private static InputStream afterBody(byte[] body) {
    return new SequenceInputStream(
        new ByteArrayInputStream("N1 begin\nN1 body\n".getBytes(StandardCharsets.US_ASCII)),
        new ByteArrayInputStream(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "N1 begin\nno-value\nN1 end 0\n",
        "N1 begin\nN1 died x\n",
        "N1 begin\n value without a name\nN1 end 0\n"
      })
  void whatNoWorkerSaysIsNonsense(String text) {
    assertThatThrownBy(() -> read(text, 4096)).isInstanceOf(AnswerNonsense.class);
  }

  @Test
  void valuesHaveABoundInNumberAndTogether() {
    assertThatThrownBy(() -> read("N1 begin\n" + manyValues(1001, 1) + "N1 end 0\n", 4096))
        .isInstanceOf(AnswerNonsense.class);
    assertThatThrownBy(() -> read("N1 begin\n" + manyValues(20, 60_000) + "N1 end 0\n", 4096))
        .isInstanceOf(AnswerTooLarge.class);
  }

  private static String manyValues(int count, int length) {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < count; i++) {
      values.append('v').append(i).append(' ').append("x".repeat(length)).append('\n');
    }
    return values.toString();
  }

  @Test
  void noiseHasABound() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertThatThrownBy(() -> new ShAnswerReader(endless).read("N1", BodyLimits.SMALL, share()))
        .isInstanceOf(AnswerTooLarge.class);
  }

  @Test
  void anOperationThatDiedIsToldFromADeadWorker() {
    assertThatThrownBy(() -> read("N1 begin\na 1\n\nN1 died 137\n", 4096))
        .isInstanceOfSatisfying(
            ShAnswerReader.Died.class, died -> assertThat(died.exitCode()).isEqualTo(137));
    assertThatThrownBy(() -> read("N1 begin\nN1 body\nraw\nN1 died 2\n", 4096))
        .isInstanceOf(ShAnswerReader.Died.class);
  }

  private static AnswerBudget.Share share() {
    return AnswerBudget.ofHeap().open();
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
    return new ShAnswerReader(cut).read("N1", BodyLimits.OUTPUT, share());
  }
}
