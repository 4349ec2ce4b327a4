package dev.edgefleet.remote.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolicModeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "u=rw,g=r,o= 0777 0640",
        "a+x 0644 0755",
        "+x 0644 0755",
        "+w 0444 0644",
        "u+s,g+s,o+t 0755 7755",
        "u= 4755 0055",
        "a= 7777 0000",
        "go-rwx 0777 0700",
        "a+X 0644 0644",
        "a+X 0744 0755",
        "u-x,a+X 0744 0755",
        "g=u,o=g 0640 0664",
        "o-g 0657 0652",
        "u=r-x+w 0777 0677",
        "u+t,o+s 0644 0644",
      })
  void wordsBecomeBits(String text, String present, String wanted) {
    assertThat(SymbolicMode.of(text).on(present, false)).isEqualTo(wanted);
  }

  @Test
  void ofADirectoryXIsAlwaysMeant() {
    assertThat(SymbolicMode.of("u=rwX,go=rX").on("0000", true)).isEqualTo("0755");
  }

  @Test
  void aShellWorksOutTheSame() throws Exception {
    List<String> modes =
        List.of(
            "u=rw,g=r,o=",
            "+x",
            "-w",
            "=rw",
            "a+X",
            "u-x,a+X",
            "g=u,o=g",
            "u=g-o,g+uo",
            "ug=rwxs,o=t");
    StringBuilder program = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (String mode : modes) {
      for (int bits = 0; bits < 010000; bits += 7) {
        boolean search = (bits & 0111) != 0;
        program.append(
            "m=%d d=%d k=%d; echo $((%s))%n"
                .formatted(bits, search ? 1 : 0, 0755, SymbolicMode.of(mode).sum()));
        String octal = String.format(Locale.ROOT, "%04o", bits);
        expected.add(String.valueOf(Integer.parseInt(SymbolicMode.of(mode).on(octal, false), 8)));
      }
    }
    Process shell = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
    Thread.ofVirtual()
        .start(
            () -> {
              try (var in = shell.getOutputStream()) {
                in.write(program.toString().getBytes(StandardCharsets.UTF_8));
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines().toList()).isEqualTo(expected);
  }
}
