package dev.edgefleet.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.ssh.SshSettings;
import dev.edgefleet.transport.ssh.SshTransport;
import dev.edgefleet.transport.ssh.config.SshArguments;
import dev.edgefleet.transport.ssh.config.SshConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the places that may say how to reach a device holds. */
final class ConnectorTest {
  @TempDir private Path directory;

  private Optional<String> user = Optional.empty();
  private SshArguments commandLine = SshArguments.NONE;

  /** Where the login would go: a proxy command tells, and leads nowhere. */
  private String way(String... variables) throws IOException {
    return failure("Host *\n  User config\n  Port 1000\n", variables).what();
  }

  private Failure failure(String config, String... variables) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config"), config + "ProxyCommand printf '%%s ' %r %h %p >&2\n");
    SshSettings settings =
        new SshSettings(
            SshConfig.ofFile(file, directory, "me"),
            Optional.empty(),
            false,
            Optional.of(Duration.ofSeconds(20)),
            Duration.ofSeconds(10),
            Optional.empty(),
            key -> Optional.empty(),
            4);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      values.put(variables[i], variables[i + 1]);
    }
    LoginDefaults login =
        new LoginDefaults(user, Optional.empty(), false, Optional.empty(), commandLine);
    try (SshTransport ssh = new SshTransport(settings, directory);
        Connection connection =
            new Connector(ssh, new Templates(), login, Optional.empty())
                .connect("edge1", Variables.of(values))) {
      throw new AssertionError("connected by " + connection);
    } catch (Failure expected) {
      return expected;
    }
  }

  @Test
  void theInventoryWinsOverTheConfigurationAndSoDoesTheCommandLine() throws IOException {
    assertThat(way()).contains("said \"config edge1 1000\"");
    user = Optional.of("option");
    assertThat(way()).contains("said \"option edge1 1000\"");
    assertThat(way("ansible_user", "inventory", "ansible_port", "2000", "ansible_host", "10.0.0.1"))
        .contains("said \"inventory 10.0.0.1 2000\"");
  }

  @Test
  void argumentsStandWhereAnsiblePutsThem() throws IOException {
    commandLine = SshArguments.parse("--ssh-common-args", "-p 3000 -l common");
    assertThat(way()).contains("said \"common edge1 3000\"");
    assertThat(
            way(
                "ansible_ssh_common_args",
                "-p {{ 4000 + 1 }}",
                "ansible_ssh_extra_args",
                "-l extra"))
        .contains("said \"extra edge1 4001\"");
    assertThat(way("ansible_port", "2000")).contains("said \"common edge1 2000\"");
    assertThat(
            way("ansible_port", "2000", "ansible_ssh_args", "-o Port=5000 -o ControlMaster=auto"))
        .contains("said \"common edge1 5000\"");
  }

  @Test
  void connectionsHaveAnsiblesNames() throws IOException {
    for (String kind : new String[] {"ssh", "smart", "paramiko", "ansible.builtin.ssh"}) {
      assertThat(failure("", "ansible_connection", kind)).isInstanceOf(Unreachable.class);
    }
    assertThat(failure("", "ansible_connection", "winrm"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("edge1: there is no account to log in with");
    assertThat(failure("", "ansible_connection", "psrp"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("'psrp', which edgefleet does not speak");
    assertThat(failure("", "ansible_connection", "shs"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("did you mean 'ssh'?");
  }

  @Test
  void saysWhichVariableIsWrong() throws IOException {
    assertThat(failure("", "ansible_port", "22x").what())
        .isEqualTo("edge1: ansible_port: the port is '22x'; give a number from 1 to 65535");
    assertThat(failure("", "ansible_ssh_common_args", "-D 1080").what())
        .startsWith("edge1: ansible_ssh_common_args: -D is not supported: no ports are forwarded");
    assertThat(failure("", "ansible_ssh_common_args", "-Z").what())
        .startsWith("edge1: ansible_ssh_common_args: -Z is not supported; supported are -o");
  }

  @Test
  void aMissingKeyFileOfTheInventoryIsAnError() {
    assertThatThrownBy(
            () -> {
              throw failure("", "ansible_ssh_private_key_file", "/no/such/key");
            })
        .hasMessageContaining("The identity file /no/such/key does not exist");
  }
}
