package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.local.LocalConnection;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.winrm.WinRmTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** Opens connections by a device's {@code ansible_…} variables. */
public final class Connector {
  /** What may be said of a device's connection, and what Ansible's users have there for Ansible. */
  public static final List<String> VARIABLES =
      Stream.concat(
              Stream.of(
                  "ansible_host",
                  "ansible_port",
                  "ansible_user",
                  "ansible_password",
                  "ansible_connection",
                  "ansible_ssh_host",
                  "ansible_ssh_port",
                  "ansible_ssh_user",
                  "ansible_ssh_pass",
                  "ansible_ssh_password",
                  "ansible_ssh_private_key_file",
                  "ansible_private_key_file",
                  "ansible_become",
                  "ansible_become_user",
                  "ansible_become_password",
                  "ansible_become_pass",
                  "ansible_become_method",
                  "ansible_ssh_common_args",
                  "ansible_ssh_extra_args",
                  "ansible_ssh_args",
                  "ansible_python_interpreter"),
              WinRmVariables.NAMES.stream())
          .toList();

  /** What is never shown, also when only an old Ansible reads it. */
  public static final List<String> PASSWORDS =
      List.of(
          "ansible_password",
          "ansible_ssh_pass",
          "ansible_ssh_password",
          "ansible_become_password",
          "ansible_become_pass",
          "ansible_sudo_pass",
          "ansible_su_pass",
          "ansible_winrm_pass",
          "ansible_winrm_password");

  private final SshTransport ssh;
  private final WinRmTransport winRm = new WinRmTransport();
  private final Templates templates;
  private final LoginDefaults login;
  private final Optional<Path> privateKey;

  public Connector(
      SshTransport ssh, Templates templates, LoginDefaults login, Optional<Path> privateKey) {
    this.ssh = ssh;
    this.templates = templates;
    this.login = login;
    this.privateKey = privateKey;
  }

  /** Connects to the device that these variables describe. */
  public Connection connect(String device, Variables variables) {
    String kind = text("ansible_connection", variables).orElse("ssh");
    return switch (kind.replaceFirst("^ansible\\.builtin\\.", "")) {
      case "ssh", "smart", "paramiko", "paramiko_ssh" -> ssh.connect(target(device, variables));
      case "local" -> new LocalConnection();
      case "winrm" ->
          winRm.connect(new WinRmVariables(device, variables, templates, login).target());
      case "psrp" ->
          throw new BadInput(
              device + ": ansible_connection is 'psrp', which edgefleet does not speak",
              "the same listener takes winrm: set ansible_connection to it");
      default ->
          throw new BadInput(
              device + ": ansible_connection is '" + kind + "'",
              Nearest.remedy(kind, List.of("ssh", "winrm", "local")));
    };
  }

  /** What sudo asks the device's login user for. */
  public Optional<Secret> becomePassword(Variables variables) {
    return secret("ansible_become_password", variables)
        .or(() -> secret("ansible_become_pass", variables))
        .or(login::becomePassword);
  }

  /** Whether the inventory has tasks become another user; empty when it does not say. */
  public Optional<Boolean> become(Variables variables) {
    return text("ansible_become", variables)
        .map(
            word ->
                switch (word.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on", "1" -> true;
                  case "false", "no", "off", "0" -> false;
                  default ->
                      throw new BadInput("ansible_become is '" + word + "'", "write true or false");
                });
  }

  /** Has the device's passwords masked, also where they are shown before they are used. */
  public void learnSecrets(Variables variables, Consumer<Secret> learn) {
    for (String name : PASSWORDS) {
      try {
        text(name, variables).map(Secret::of).ifPresent(learn);
      } catch (BadInput cannotBeEvaluated) {
        // Then it cannot be shown either; whoever needs it says what is wrong with it.
      }
    }
  }

  public Optional<String> becomeUser(Variables variables) {
    return text("ansible_become_user", variables);
  }

  private SshTarget target(String device, Variables variables) {
    List<Path> keys =
        text("ansible_ssh_private_key_file", variables)
            .or(() -> text("ansible_private_key_file", variables))
            .map(file -> Path.of(file.replaceFirst("^~(?=/)", home())))
            .or(() -> privateKey)
            .map(List::of)
            .orElse(List.of());
    return new SshTarget(
        text("ansible_host", variables)
            .or(() -> text("ansible_ssh_host", variables))
            .orElse(device),
        keys,
        secret("ansible_password", variables)
            .or(() -> secret("ansible_ssh_pass", variables))
            .or(() -> secret("ansible_ssh_password", variables))
            .or(login::password),
        arguments(device, variables));
  }

  // In the order in which Ansible writes them on ssh's command line, where the first wins.
  private SshArguments arguments(String device, Variables variables) {
    return parsed("ansible_ssh_args", device, variables)
        .orElse(SshArguments.NONE)
        .then(one("Port", "ansible_port", "ansible_ssh_port", device, variables))
        .then(one("User", "ansible_user", "ansible_ssh_user", device, variables))
        .then(login.user().map(u -> SshArguments.of("--user", "User", u)).orElse(SshArguments.NONE))
        .then(parsed("ansible_ssh_common_args", device, variables).orElse(login.sshArguments()))
        .then(parsed("ansible_ssh_extra_args", device, variables).orElse(SshArguments.NONE));
  }

  private SshArguments one(
      String keyword, String name, String oldName, String device, Variables variables) {
    return text(name, variables)
        .or(() -> text(oldName, variables))
        .map(value -> SshArguments.of(device + ": " + name, keyword, value))
        .orElse(SshArguments.NONE);
  }

  private Optional<SshArguments> parsed(String name, String device, Variables variables) {
    return text(name, variables).map(value -> SshArguments.parse(device + ": " + name, value));
  }

  private static String home() {
    return Matcher.quoteReplacement(System.getProperty("user.home"));
  }

  private Optional<String> text(String name, Variables variables) {
    return templates.variable(name, variables).map(Object::toString);
  }

  private Optional<Secret> secret(String name, Variables variables) {
    return text(name, variables).map(Secret::of);
  }
}
