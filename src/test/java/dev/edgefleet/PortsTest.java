package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final int EACH = 4_000;

  /** Takes many, tells them and waits for the end of its input. */
  static final class Taker {
    public static void main(String[] arguments) throws Exception {
      System.out.println(
          String.join(" ", IntStream.range(0, EACH).mapToObj(each -> "" + Ports.take()).toList()));
      System.in.read();
    }
  }

  @Test
  void noTwoProcessesGetTheSame() throws Exception {
    List<Process> takers = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        takers.add(
            new ProcessBuilder(
                    Program.java(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Taker.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
      }
      Set<String> ports = new HashSet<>();
      for (Process taker : takers) {
        ports.addAll(List.of(taker.inputReader(StandardCharsets.UTF_8).readLine().split(" ")));
      }
      assertThat(ports).hasSize(takers.size() * EACH);
      assertThat(ports).allMatch(port -> Integer.parseInt(port) < 32_768);
    } finally {
      takers.forEach(Process::destroy);
    }
  }
}
