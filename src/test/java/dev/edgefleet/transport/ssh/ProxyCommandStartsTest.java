package dev.edgefleet.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ConnectionContract;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many devices by way of a ProxyCommand, whose bastion takes few logins at a time. */
final class ProxyCommandStartsTest {
  private static final int DEVICES = 40;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    // sshd's default.
    "10:30:100, ''",
    "10:30:100, -q",
    "2, -q",
    "3:50:4, ''",
  })
  void allOfThemGetThrough(String maxStartups, String quiet) throws Exception {
    Peer.require("ssh", "openssh-client");
    try (Sshd bastion = Sshd.start(directory, "MaxStartups " + maxStartups);
        Sshd device = Sshd.start(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        SshTransport transport =
            new SshTransport(
                Settings.config(
                    Settings.with(device.knownHosts()), config(bastion, device, quiet)))) {
      List<CompletableFuture<String>> all =
          IntStream.range(0, DEVICES)
              .mapToObj(
                  each -> ConnectionContract.async(threads, () -> said(transport, device.target())))
              .toList();
      for (CompletableFuture<String> one : all) {
        assertThat(one.join()).isEqualTo("through\n");
      }
    }
  }

  private static String said(SshTransport transport, SshTarget target) {
    try (Connection connection = transport.connect(target)) {
      return ConnectionContract.run(connection, "echo through").output();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private SshConfig config(Sshd bastion, Sshd device, String quiet) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config"),
            "Host *\n  UserKnownHostsFile "
                + device.knownHosts()
                + "\n  ConnectTimeout 60\n  ProxyCommand ssh "
                + quiet
                + " -F none -o BatchMode=yes -o UserKnownHostsFile="
                + bastion.knownHosts()
                + " -i "
                + bastion.clientKey()
                + " -p "
                + bastion.port()
                + " -W %h:%p "
                + Sshd.user()
                + "@127.0.0.1\n");
    return SshConfig.ofFile(file, directory, Sshd.user());
  }

  /** A login that is refused is not asked for again: accounts get locked by that. */
  @Test
  void aRefusedLoginIsNotTriedAgain() throws Exception {
    Path log = directory.resolve("log");
    Path file =
        Files.writeString(
            directory.resolve("config"),
            "Host *\n  ProxyCommand sh -c 'echo x >>"
                + log
                + "; echo Permission denied >&2; exit 255'\n");
    try (SshTransport transport =
        new SshTransport(
            Settings.config(
                Settings.with(directory.resolve("known_hosts")),
                SshConfig.ofFile(file, directory, "ops")))) {
      assertThat(said(transport, new SshTarget("edge1", 22, "ops", List.of(), Optional.empty())))
          .contains("Permission denied");
    }
    assertThat(log).hasContent("x");
  }
}
