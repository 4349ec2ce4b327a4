package dev.edgefleet.remote.powershell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PowerShellAnswerTest {
  @Test
  void readsValuesErrorsAndBodyAndSkipsNoise() throws IOException {
    PowerShellAnswer answer =
        read(
            """
            WARNING: a profile says hello
            n0 begin
            {"status":0,"values":{"kind":"file","size":"3","path":"C:\\\\x \\u00e4"},"errors":"ZXJy"}
            YWJj
            ZGVm
            n0 end
            more noise
            """);
    assertThat(answer.answer().values())
        .containsEntry("kind", "file")
        .containsEntry("size", "3")
        .containsEntry("path", "C:\\x ä");
    assertThat(answer.answer().status()).isZero();
    assertThat(answer.answer().body()).asString().isEqualTo("abcdef");
    assertThat(answer.errors()).asString().isEqualTo("err");
  }

  @Test
  void anAnswerThatIsCutOffIsNone() {
    assertThatThrownBy(() -> read("n0 begin\n{\"status\":0,\"values\":{}}\nYWJj\n"))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read("other begin\n{}\nother end\n")).isInstanceOf(EOFException.class);
  }

  @Test
  void readsTheTextOfErrorRecords() {
    assertThat(
            Clixml.text(
                "#< CLIXML\r\n<Objs><S S=\"Error\">Access to &lt;x&gt; denied_x000D__x000A_</S>"
                    + "<S S=\"Error\">At line:1_x000D__x000A_</S></Objs>"))
        .isEqualTo("Access to <x> denied");
    assertThat(Clixml.text("plain text\nmore")).isEqualTo("plain text");
    assertThat(Clixml.text("#< CLIXML\r\n<Objs></Objs>")).isEqualTo("it said nothing");
  }

  private static PowerShellAnswer read(String text) throws IOException {
    return PowerShellAnswer.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "n0",
        BodyLimits.OUTPUT,
        AnswerBudget.ofHeap().open());
  }
}
