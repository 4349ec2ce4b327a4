package dev.edgefleet.transport.ssh.login;

import static dev.edgefleet.transport.ssh.login.IdentityFilesTest.assertLogsIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.ssh.Settings;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.ssh.Sshd;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real ssh-agent and a real sshd. */
final class AgentTest {
  @TempDir private static Path directory;

  private static Sshd sshd;
  private Path socket;
  private Process agent;

  @BeforeAll
  static void start() {
    sshd = Sshd.start(directory);
  }

  @AfterAll
  static void stop() {
    sshd.close();
  }

  @BeforeEach
  void startAgent() throws IOException, InterruptedException {
    Path program = Peer.require("ssh-agent", "openssh-client");
    // Unix socket names are short: the test directory's may be too long.
    socket = Files.createTempDirectory("agent").resolve("socket");
    agent =
        new ProcessBuilder(program.toString(), "-D", "-a", socket.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until(socket, () -> Files.exists(socket));
  }

  @AfterEach
  void stopAgent() throws IOException, InterruptedException {
    agent.destroy();
    agent.waitFor();
    Files.deleteIfExists(socket);
    Files.delete(socket.getParent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void signsWithAKeyThatOnlyTheAgentHas(String type) throws IOException {
    Path key = generate(type, "");
    add(key);
    sshd.authorize(publicKey(key));
    Files.delete(key);
    try (SshTransport transport = transport()) {
      assertLogsIn(transport, sshd.target(new Path[0]));
    }
  }

  @Test
  void needsNoPassphraseForAFileThatTheAgentHolds() throws IOException {
    Path key = generate("ed25519", "secret words");
    Path askpass = directory.resolve("askpass");
    Files.writeString(askpass, "#!/bin/sh\necho secret words\n");
    assertThat(askpass.toFile().setExecutable(true)).isTrue();
    add(key, "SSH_ASKPASS=" + askpass, "SSH_ASKPASS_REQUIRE=force");
    sshd.authorize(publicKey(key));
    Files.delete(publicKey(key));
    SshSettings settings =
        Settings.passphrases(
            Settings.agent(Settings.with(sshd.knownHosts()), socket),
            file -> {
              throw new AssertionError("asked for the passphrase of " + file);
            });
    try (SshTransport transport = new SshTransport(settings)) {
      assertLogsIn(transport, sshd.target(key));
    }
  }

  @Test
  void offersNamedFilesBeforeTheAgentsOtherKeys() throws IOException {
    for (int i = 0; i < 10; i++) {
      add(generate("ed25519", ""));
    }
    try (SshTransport transport = transport()) {
      // MaxAuthTries is 6: the eleventh key would come too late.
      assertLogsIn(transport, sshd.target());
      assertThatThrownBy(() -> transport.connect(sshd.target(new Path[0])))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.what()).contains("the device allows no more attempts");
                assertThat(refused.remedy()).contains("identity file");
              });
    }
  }

  @Test
  void triesTheNextKeyWhenTheAgentWillNotSign() throws IOException, InterruptedException {
    Path confirm = generate("ed25519", "");
    sshd.authorize(publicKey(confirm));
    // The agent asks this program whether it may sign.
    add(List.of("-c"), confirm, "SSH_ASKPASS=/bin/false");
    try (SshTransport transport = transport()) {
      assertLogsIn(transport, sshd.target(confirm, sshd.clientKey()));
      assertThatThrownBy(() -> transport.connect(sshd.target(confirm)))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("ssh-agent did not sign with ");
    }
  }

  @Test
  void leavesOtherKeysAloneWithIdentitiesOnly() throws IOException {
    for (int i = 0; i < 10; i++) {
      add(generate("ed25519", ""));
    }
    Path wanted = generate("ed25519", "");
    add(wanted);
    sshd.authorize(publicKey(wanted));
    // Only the public half is a file: the agent has the other.
    Files.delete(wanted);
    try (SshTransport transport =
        configured("IdentitiesOnly yes\nIdentityFile " + publicKey(wanted) + "\n")) {
      assertLogsIn(transport, sshd.target(new Path[0]));
    }
    try (SshTransport transport = configured("IdentitiesOnly yes\nIdentityFile " + wanted + "\n")) {
      assertLogsIn(transport, sshd.target(new Path[0]));
    }
    try (SshTransport transport = configured("IdentityFile none\nIdentitiesOnly yes\n")) {
      assertThatThrownBy(() -> transport.connect(sshd.target(new Path[0])))
          .hasMessageContaining("there was no key and no password to try");
    }
    try (SshTransport transport =
        configured("IdentityAgent none\nIdentityFile " + publicKey(wanted) + "\n")) {
      assertThatThrownBy(() -> transport.connect(sshd.target(new Path[0])))
          .hasMessageContaining("has no private key, and ssh-agent does not hold it");
    }
  }

  @Test
  void saysThatTheAgentMayBeLocked() throws IOException {
    Path key = generate("ed25519", "");
    add(key);
    sshd.authorize(publicKey(key));
    Files.delete(key);
    Path askpass = directory.resolve("lock");
    Files.writeString(askpass, "#!/bin/sh\necho lock words\n");
    assertThat(askpass.toFile().setExecutable(true)).isTrue();
    Sshd.run(
        List.of(
            "env",
            "SSH_AUTH_SOCK=" + socket,
            "SSH_ASKPASS=" + askpass,
            "SSH_ASKPASS_REQUIRE=force",
            "ssh-add"),
        "-x");
    try (SshTransport transport = transport()) {
      assertThatThrownBy(() -> transport.connect(sshd.target(new Path[0])))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("ssh-agent at " + socket + " holds no keys, or is locked");
    }
  }

  private SshTransport configured(String lines) throws IOException {
    Path file = Files.createTempFile(directory, "config", "");
    Files.writeString(file, lines + "UserKnownHostsFile " + sshd.knownHosts() + "\n");
    return new SshTransport(
        Settings.config(
            Settings.agent(Settings.with(sshd.knownHosts()), socket),
            SshConfig.ofFile(file, directory, Sshd.user())),
        directory);
  }

  @Test
  void saysThatTheAgentIsNotThereOnlyWhenLoginFails() {
    SshSettings settings =
        Settings.agent(Settings.with(sshd.knownHosts()), directory.resolve("no-agent"));
    try (SshTransport transport = new SshTransport(settings, directory)) {
      assertLogsIn(transport, sshd.target());
      assertThatThrownBy(() -> transport.connect(sshd.target(new Path[0])))
          .isInstanceOf(Refused.class)
          .hasMessageContaining(
              "ssh-agent at " + directory.resolve("no-agent") + " cannot be used");
    }
  }

  @Test
  void neverShowsAPassword() {
    SshTarget target =
        new SshTarget("host", 22, "user", List.of(), Optional.of(Secret.of("hunter22")));
    assertThat(target.toString()).doesNotContain("hunter22");
  }

  private SshTransport transport() {
    return new SshTransport(Settings.agent(Settings.with(sshd.knownHosts()), socket), directory);
  }

  private static Path generate(String type, String passphrase) throws IOException {
    Path key = Files.createTempDirectory(directory, "key").resolve("id");
    Sshd.keygen("-q", "-t", type, "-N", passphrase, "-f", key.toString());
    return key;
  }

  private static Path publicKey(Path key) {
    return key.resolveSibling("id.pub");
  }

  private void add(Path key, String... environment) {
    add(List.of(), key, environment);
  }

  private void add(List<String> options, Path key, String... environment) {
    List<String> words = new ArrayList<>(List.of("env", "SSH_AUTH_SOCK=" + socket));
    words.addAll(List.of(environment));
    words.add("ssh-add");
    words.addAll(options);
    Sshd.run(words, key.toString());
  }
}
