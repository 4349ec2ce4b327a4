package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.transport.ssh.SshTarget;
import dev.edgefleet.transport.ssh.config.SshArguments;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Reads from a device's variables how to reach it. What edgefleet cannot do is {@code BadInput}
 * here, before anything is connected.
 *
 * @param device inventory name
 * @param privateKey of the command line
 */
record TargetVariables(
    String device, DeviceValues values, LoginDefaults login, Optional<Path> privateKey) {
  private static final String KINDS = "ssh, winrm and local";

  ConnectionTarget target() {
    String kind = kind(values);
    return switch (kind) {
      case "ssh", "smart" -> new ConnectionTarget.Ssh(ssh(false));
      case "paramiko", "paramiko_ssh" -> new ConnectionTarget.Ssh(ssh(true));
      case "local" -> new ConnectionTarget.Local();
      case "winrm" ->
          new ConnectionTarget.WinRm(new WinRmVariables(device, values, login).target());
      case "psrp" ->
          throw new BadInput(
              "ansible_connection is 'psrp', which edgefleet does not speak",
              "the same listener takes winrm: set ansible_connection to it");
      case "docker",
          "podman",
          "buildah",
          "kubectl",
          "oc",
          "lxc",
          "lxd",
          "chroot",
          "jail",
          "zone",
          "libvirt_lxc" ->
          throw new BadInput(
              "ansible_connection is '" + kind + "', which edgefleet does not speak",
              "reach the machine by ssh; what runs in it is reached with command, as in 'docker"
                  + " exec'");
      default ->
          throw new BadInput(
              "ansible_connection is '" + kind + "', which edgefleet does not speak",
              Nearest.to(kind, List.of("ssh", "winrm", "local"))
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("known are " + KINDS));
    };
  }

  /** The word for the connection, without the name of a collection. */
  static String kind(DeviceValues values) {
    return values
        .text(KnownVariables.CONNECTION)
        .map(word -> word.replaceFirst("^(?:\\w+\\.){2}", ""))
        .orElse("ssh");
  }

  private SshTarget ssh(boolean paramiko) {
    refuseWindowsShell();
    values
        .text(KnownVariables.USER)
        .filter(user -> user.contains("\\"))
        .ifPresent(
            user -> {
              throw new BadInput(
                  "the account "
                      + user
                      + " is one of Windows, and edgefleet logs in to Windows by"
                      + " WinRM only",
                  "set ansible_connection: winrm and write the account as user@REALM, see"
                      + " docs/windows.md");
            });
    List<Path> keys =
        values
            .text(KnownVariables.PRIVATE_KEY)
            .map(file -> Path.of(file.replaceFirst("^~(?=/)", home())))
            .or(() -> privateKey)
            .map(List::of)
            .orElse(List.of());
    return new SshTarget(
        either(paramiko, KnownVariables.PARAMIKO_HOST, KnownVariables.HOST).orElse(device),
        keys,
        values
            .secret(KnownVariables.PARAMIKO_PASSWORD)
            .filter(p -> paramiko)
            .or(() -> values.secret(KnownVariables.PASSWORD))
            .or(login::password),
        arguments(paramiko));
  }

  private void refuseWindowsShell() {
    values
        .text(KnownVariables.SHELL_TYPE)
        .filter(type -> type.equals("powershell") || type.equals("cmd"))
        .ifPresent(
            type -> {
              throw new BadInput(
                  "ansible_shell_type is '"
                      + type
                      + "' and the connection is ssh: edgefleet reaches Windows by WinRM only",
                  "set ansible_connection: winrm, see docs/windows.md; or remove ansible_shell_type"
                      + " when the device is no Windows");
            });
  }

  private Optional<String> either(
      boolean paramiko, ConnectionVariable special, ConnectionVariable general) {
    return values.text(special).filter(v -> paramiko).or(() -> values.text(general));
  }

  // In the order in which Ansible writes them on ssh's command line, where the first wins.
  private SshArguments arguments(boolean paramiko) {
    ConnectionVariable checking = KnownVariables.HOST_KEY_CHECKING;
    return parsed(KnownVariables.SSH_ARGS)
        .orElse(SshArguments.NONE)
        .then(
            values
                .truth(KnownVariables.PARAMIKO_HOST_KEY_CHECKING)
                .filter(c -> paramiko)
                .or(() -> values.truth(checking))
                .filter(checked -> !checked)
                .map(no -> SshArguments.of(checking.name(), "StrictHostKeyChecking", "no"))
                .orElse(SshArguments.NONE))
        .then(one("Port", KnownVariables.PORT.name(), values.text(KnownVariables.PORT)))
        .then(
            one(
                "User",
                KnownVariables.USER.name(),
                either(paramiko, KnownVariables.PARAMIKO_USER, KnownVariables.USER)))
        .then(one("User", "--user", login.user()))
        .then(
            values
                .number(KnownVariables.TIMEOUT)
                .map(
                    s ->
                        SshArguments.of(
                            KnownVariables.TIMEOUT.name(), "ConnectTimeout", Integer.toString(s)))
                .orElse(SshArguments.NONE))
        .then(parsed(KnownVariables.SSH_COMMON_ARGS).orElse(login.sshArguments()))
        .then(parsed(KnownVariables.SSH_EXTRA_ARGS).orElse(SshArguments.NONE));
  }

  private static SshArguments one(String keyword, String origin, Optional<String> value) {
    return value.map(v -> SshArguments.of(origin, keyword, v)).orElse(SshArguments.NONE);
  }

  private Optional<SshArguments> parsed(ConnectionVariable variable) {
    return values.text(variable).map(value -> SshArguments.parse(variable.name(), value));
  }

  private static String home() {
    return Matcher.quoteReplacement(System.getProperty("user.home"));
  }
}
