package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.StepStatus;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job outlives lost connections; where there never was one nothing is waited for. */
class UnreachableJobTest {
  @TempDir Path directory;

  @Test
  void aJobOnADeviceThatIsOffIsUnreachableAtOnce() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Cli cli = new Cli(directory);
    cli.given(
        "i.yml",
        """
        all:
          hosts:
            off: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: x}
        """
            .formatted(port));
    cli.given(
        "p.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - shell: {cmd: "sleep 1", job: true}
        """);
    Cli.Ran ran = cli.run("--step-timeout", "300").exits(4);
    assertThat(ran.steps("off").getLast().status()).isEqualTo(StepStatus.UNREACHABLE);
  }
}
