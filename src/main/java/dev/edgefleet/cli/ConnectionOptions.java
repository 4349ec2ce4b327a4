package dev.edgefleet.cli;

import dev.edgefleet.connect.LoginDefaults;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.run.ConnectionSettings;
import dev.edgefleet.secret.Redactor;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.simulator.EmbeddedFleet;
import dev.edgefleet.terminal.Interactive;
import dev.edgefleet.transport.ssh.Passphrases;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to reach the devices. */
public final class ConnectionOptions implements ConnectionSettings {
  // Three that go unanswered are a lost link: noticed within 30 s.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(9);
  private static final int HANDSHAKES = 32;
  private static final String NO_CONFIG = "none";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description =
          "Login user where the inventory has no ansible_user (default: what the ssh configuration"
              + " says, or ${user.name}).")
  private @Nullable String user;

  @Option(
      names = {"-b", "--become"},
      description = "Run tasks as another user (root), with sudo unless told otherwise.")
  private boolean become;

  @Option(
      names = {"-k", "--ask-pass"},
      description = "Ask for the login password.")
  private boolean askPassword;

  @Option(
      names = {"-K", "--ask-become-pass"},
      description = "Ask for the password of sudo or su.")
  private boolean askBecomePassword;

  @Option(
      names = "--private-key",
      paramLabel = "FILE",
      description = "Private key where the inventory has no ansible_ssh_private_key_file.")
  private @Nullable Path privateKey;

  @Option(
      names = {"-F", "--ssh-config"},
      paramLabel = "FILE",
      description =
          "ssh configuration to read instead of ~/.ssh/config and /etc/ssh/ssh_config; none for"
              + " none.")
  private @Nullable String sshConfig;

  @Option(
      names = "--ssh-common-args",
      paramLabel = "ARGS",
      defaultValue = "",
      parameterConsumer = NextWord.class,
      description =
          "ssh arguments where the inventory has no ansible_ssh_common_args, as one word: -J, -o"
              + " Keyword=Value, -i, -l, -p, -F.")
  private String sshCommonArguments = "";

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description =
          "Known host keys (default: those the ssh configuration names, or ~/.ssh/known_hosts and"
              + " the system's).")
  private @Nullable Path knownHosts;

  @Option(
      names = "--accept-new-host-keys",
      description =
          "Trust and remember the key of a device that is not in the known hosts yet."
              + " A changed key is refused all the same.")
  private boolean acceptNewHostKeys;

  @Option(
      names = "--connect-timeout",
      paramLabel = "SECONDS",
      description =
          "Longest for connecting, key exchange and login (default: what the ssh configuration says,"
              + " or 15).")
  private @Nullable Integer connectTimeout;

  /** For embedded devices, whose keys are known from their start. */
  static ConnectionOptions forDemo(EmbeddedFleet fleet) {
    ConnectionOptions options = new ConnectionOptions();
    options.knownHosts = fleet.knownHosts();
    options.sshConfig = NO_CONFIG;
    return options;
  }

  /** For what looks at host keys and never logs in. */
  public static ConnectionOptions of(@Nullable String sshConfig, @Nullable Path knownHosts) {
    ConnectionOptions options = new ConnectionOptions();
    options.sshConfig = sshConfig;
    options.knownHosts = knownHosts;
    return options;
  }

  @Override
  public Optional<Path> privateKey() {
    return Optional.ofNullable(privateKey);
  }

  @Override
  public LoginDefaults login(Redactor redactor) {
    Optional<Secret> password = askPassword ? ask("SSH password: ") : Optional.empty();
    Optional<Secret> becomePassword =
        askBecomePassword ? ask("sudo password" + hint(password) + ": ") : Optional.empty();
    if (askBecomePassword && becomePassword.map(Secret::reveal).orElse("").isEmpty()) {
      becomePassword = password;
    }
    password.ifPresent(redactor::learn);
    becomePassword.ifPresent(redactor::learn);
    return new LoginDefaults(
        Optional.ofNullable(user),
        password,
        become,
        becomePassword,
        SshArguments.parse("--ssh-common-args", sshCommonArguments));
  }

  @Override
  public SshSettings ssh(Redactor redactor) {
    return new SshSettings(
        sshConfig(),
        Optional.ofNullable(knownHosts),
        acceptNewHostKeys,
        Optional.ofNullable(connectTimeout).map(Duration::ofSeconds),
        KEEP_ALIVE,
        Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).filter(s -> !s.isEmpty()).map(Path::of),
        passphrases(redactor),
        HANDSHAKES);
  }

  private SshConfig sshConfig() {
    Path home = Path.of(System.getProperty("user.home"));
    String localUser = System.getProperty("user.name");
    return switch (sshConfig) {
      case null -> SshConfig.ofUser(home, localUser);
      case NO_CONFIG -> SshConfig.NONE;
      default -> SshConfig.ofFile(Path.of(sshConfig), home, localUser);
    };
  }

  /** From the environment, else asked for at a terminal, else none. */
  private static Passphrases passphrases(Redactor redactor) {
    return file -> {
      Optional<Secret> passphrase =
          Optional.ofNullable(System.getenv("EDGEFLEET_KEY_PASSPHRASE"))
              .map(Secret::of)
              .or(
                  () ->
                      Interactive.console()
                          .flatMap(console -> ask("Passphrase of " + file + ": ")));
      passphrase.ifPresent(redactor::learn);
      return passphrase;
    };
  }

  private static String hint(Optional<Secret> password) {
    return password.isPresent() ? " (empty: the SSH password)" : "";
  }

  private static Optional<Secret> ask(String prompt) {
    Console console =
        Interactive.console()
            .orElseThrow(
                () ->
                    new BadInput(
                        "there is no terminal to ask for a password on",
                        "put it into the inventory as ansible_password or"
                            + " ansible_become_password, or use a key"));
    char[] typed = console.readPassword("%s", prompt);
    return Optional.ofNullable(typed).map(String::new).map(Secret::of);
  }
}
