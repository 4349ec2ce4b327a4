package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.ssh.config.SshConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings for tests, with what a test is about changed. */
public final class Settings {
  private Settings() {}

  public static SshSettings with(Path knownHosts) {
    return new SshSettings(
        knownHosts,
        false,
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        Optional.empty(),
        file -> Optional.empty(),
        32);
  }

  static SshSettings acceptNew(SshSettings s) {
    return new SshSettings(
        s.config(),
        s.knownHosts(),
        true,
        s.connectLimit(),
        s.keepAlive(),
        s.agentSocket(),
        s.passphrases(),
        s.handshakes());
  }

  static SshSettings connectLimit(SshSettings s, Duration limit) {
    return new SshSettings(
        s.config(),
        s.knownHosts(),
        s.acceptNewHostKeys(),
        Optional.of(limit),
        s.keepAlive(),
        s.agentSocket(),
        s.passphrases(),
        s.handshakes());
  }

  static SshSettings keepAlive(SshSettings s, Duration interval) {
    return new SshSettings(
        s.config(),
        s.knownHosts(),
        s.acceptNewHostKeys(),
        s.connectLimit(),
        interval,
        s.agentSocket(),
        s.passphrases(),
        s.handshakes());
  }

  public static SshSettings agent(SshSettings s, Path socket) {
    return new SshSettings(
        s.config(),
        s.knownHosts(),
        s.acceptNewHostKeys(),
        s.connectLimit(),
        s.keepAlive(),
        Optional.of(socket),
        s.passphrases(),
        s.handshakes());
  }

  public static SshSettings passphrases(SshSettings s, Passphrases passphrases) {
    return new SshSettings(
        s.config(),
        s.knownHosts(),
        s.acceptNewHostKeys(),
        s.connectLimit(),
        s.keepAlive(),
        s.agentSocket(),
        passphrases,
        s.handshakes());
  }

  public static SshSettings config(SshSettings s, SshConfig config) {
    return new SshSettings(
        config,
        Optional.empty(),
        s.acceptNewHostKeys(),
        Optional.empty(),
        s.keepAlive(),
        s.agentSocket(),
        s.passphrases(),
        s.handshakes());
  }
}
