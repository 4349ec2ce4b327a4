package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Connects a second to one sshd, directly and through another. Run by hand. */
final class BastionRate {
  private BastionRate() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("rate");
    try (Sshd gate = Sshd.start(directory);
        Sshd device = Sshd.start(directory)) {
      Path known =
          device.knownHosts(
              "[127.0.0.1]:" + gate.port() + " " + gate.hostKey("ed25519"),
              "[127.0.0.1]:" + device.port() + " " + device.hostKey("ed25519"));
      Path config =
          Files.writeString(
              directory.resolve("config"),
              """
              Host gate
                HostName 127.0.0.1
                Port %d
                IdentityFile %s
              Host *
                HostName 127.0.0.1
                Port %d
                IdentityFile %s
                IdentityAgent none
                UserKnownHostsFile %s
              """
                  .formatted(
                      gate.port(), gate.clientKey(), device.port(), device.clientKey(), known));
      for (int round = 0; round < 3; round++) {
        measure(config, directory, "");
        measure(config, directory, "-J gate");
      }
    }
  }

  private static void measure(Path config, Path directory, String words) {
    int connections = 200;
    SshSettings settings =
        new SshSettings(
            SshConfig.ofFile(config, directory, Sshd.user()),
            Optional.empty(),
            false,
            Optional.of(Duration.ofSeconds(60)),
            Duration.ofSeconds(10),
            Optional.empty(),
            file -> Optional.empty(),
            32);
    SshTarget target =
        new SshTarget("edge", List.of(), Optional.empty(), SshArguments.parse("words", words));
    long start = System.nanoTime();
    Duration cpu = cpu();
    try (SshTransport transport = new SshTransport(settings, directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        threads.execute(
            () -> {
              try (Connection connection = transport.connect(target)) {
                if (connection.start("true").await(Duration.ofSeconds(30)) != 0) {
                  throw new IllegalStateException();
                }
              }
            });
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-8s %d connections in %.1f s, %.0f a second, %d ms of processor here%n",
        words.isEmpty() ? "direct" : words,
        connections,
        seconds,
        connections / seconds,
        cpu().minus(cpu).toMillis());
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }
}
