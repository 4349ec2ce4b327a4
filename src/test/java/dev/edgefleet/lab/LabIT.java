package dev.edgefleet.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every other test that uses the lab relies on. */
class LabIT {
  private static Lab lab;

  @BeforeAll
  static void boot() {
    lab = Lab.up(3, Lab.CONFIG);
  }

  @AfterAll
  static void remove() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void devicesBootWithTheirOwnNames() {
    assertThat(lab.devices()).containsExactly("edge1", "edge2", "edge3");
    for (String device : lab.devices()) {
      assertThat(lab.ssh(device, "hostname").strip()).isEqualTo(device);
      assertThat(lab.ssh(device, "sudo grep ^hostname: /etc/iotedge/config.yaml").strip())
          .isEqualTo("hostname: \"" + device + "\"");
    }
    assertThat(lab.ssh("edge1", "cat /etc/machine-id"))
        .isNotEqualTo(lab.ssh("edge2", "cat /etc/machine-id"));
  }

  @Test
  void devicesHaveNothingButAShell() {
    assertThat(lab.run("edge3", "command -v python3 python").exitCode()).isNotZero();
    assertThat(lab.ssh("edge3", "sudo sshd -T")).doesNotContain("subsystem");
  }

  @Test
  void aConfigThatIsNotFilledInIsRefusedAndStaysRefused() {
    assertThat(show("edge3", "ActiveState")).isEqualTo("failed");
    assertThat(show("edge3", "ExecMainStatus")).isEqualTo("153");
    assertThat(show("edge3", "NRestarts")).isEqualTo("0");
    assertThat(log("edge3"))
        .contains("The daemon could not start up successfully: Could not load settings")
        .contains("\tcaused by: Edge device information is required.\n");
    assertThat(lab.run("edge3", "sudo iotedge list").stderr())
        .isEqualTo(
            """
            A module runtime error occurred
            \tcaused by: Could not list modules
            \tcaused by: an error occurred trying to connect: Connection refused (os error 111)

            """);
  }

  @Test
  void aProvisionedDeviceRunsAndListsItsModules() throws Exception {
    int before = lab.daemonStarts("edge1");
    provision("edge1", "0400", "iotedge");

    lab.ssh("edge1", "sudo systemctl restart iotedge && sleep 0.5");

    assertThat(show("edge1", "ActiveState")).isEqualTo("active");
    assertThat(lab.daemonStarts("edge1")).isEqualTo(before + 1);
    assertThat(log("edge1"))
        .contains(
            "Starting provisioning edge device via manual mode using X509 identity certificate...")
        .contains("Finished provisioning edge device.");
    assertThat(lab.ssh("edge1", "sudo iotedge list"))
        .matches(
            """
            NAME             STATUS           DESCRIPTION      CONFIG
            edgeAgent        running          Up (now|a second|\\d seconds) {2,}mcr.microsoft.com/azureiotedge-agent:1.1
            """);
    assertThat(lab.run("edge1", "iotedge list").stderr())
        .contains("Permission denied (os error 13)");
    assertThat(lab.ssh("edge1", "sudo -u admin iotedge list")).contains("edgeAgent");
    assertThat(lab.ssh("edge1", "iotedge version")).isEqualTo("iotedge 1.1.19\n");

    lab.ssh("edge1", "sudo systemctl stop iotedge");
    assertThat(show("edge1", "Result")).isEqualTo("success");
    assertThat(lab.run("edge1", "sudo iotedge list").stderr()).contains("Connection refused");
  }

  @Test
  void aKeyThatTheDaemonMayNotReadStopsIt() throws Exception {
    provision("edge2", "0600", "root");

    lab.ssh("edge2", "sudo systemctl restart iotedge && sleep 0.5");

    assertThat(show("edge2", "ActiveState")).isNotEqualTo("active");
    assertThat(show("edge2", "ExecMainStatus")).isEqualTo("1");
    assertThat(log("edge2"))
        .contains(
            "Path set in env variable IOTEDGE_DEVICE_IDENTITY_PK is invalid or cannot be accessed: '/etc/iotedge/device.key.pem'");
  }

  @Test
  void adminMustGiveItsPasswordToSudo() {
    String password = lab.adminPassword().reveal();

    assertThat(lab.run("edge3", "sudo -u admin sudo -n true").exitCode()).isEqualTo(1);
    assertThat(lab.run("edge3", "sudo -u admin sudo -S -p '' id -u", "wrong\n").exitCode())
        .isEqualTo(1);
    assertThat(lab.run("edge3", "sudo -u admin sudo -S -p '' id -u", password + "\n").stdout())
        .isEqualTo("0\n");
  }

  @Test
  void aSecondLabStandsBesideTheFirstAndLeavesNothing() {
    Lab second = Lab.up(1, Lab.CONFIG);
    String address = second.address("edge1");
    assertThat(lab.devices().stream().map(lab::address)).doesNotContain(address);
    assertThat(links()).contains(address.replaceFirst("\\d+$", "1/24"));

    second.close();

    assertThat(links()).doesNotContain(address.replaceFirst("\\d+$", "1/24"));
    assertThat(second.inventory().getParent()).doesNotExist();
    assertThat(lab.ssh("edge3", "hostname")).isEqualTo("edge3\n");
    second.close();
  }

  /**
   * Fills in the block for an X.509 certificate by hand and puts it in place as an installer would.
   */
  private static void provision(String device, String keyMode, String keyOwner) throws Exception {
    String block =
        String.join(
            "\n",
            "  authentication:",
            "    method: \"x509\"",
            "    iothub_hostname: \"hub.example.net\"",
            "    device_id: \"" + device + "\"",
            "    identity_cert: \"file:///etc/iotedge/device.pem\"",
            "    identity_pk: \"file:///etc/iotedge/device.key.pem\"");
    String config =
        Files.readString(Lab.CONFIG)
            .replace("<ADD HOSTNAME HERE>", device)
            .replaceFirst("(?m)^  device_connection_string: .*$", Matcher.quoteReplacement(block));
    Lab.Run run =
        lab.run(
            device,
            """
            sudo sh -ec '
              cd /etc/iotedge
              cat >new
              chown iotedge:iotedge new
              chmod 0400 new
              mv new config.yaml
              echo certificate >device.pem
              echo key >device.key.pem
              chmod %s device.key.pem
              chown %s device.key.pem
            '
            """
                .formatted(keyMode, keyOwner),
            config);
    assertThat(run.stderr()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private static String show(String device, String property) {
    return lab.ssh(device, "systemctl show iotedge --value -p " + property).strip();
  }

  private static String log(String device) {
    return lab.ssh(device, "sudo journalctl -u iotedge -o cat --no-pager");
  }

  private static String links() {
    return Lab.execute(List.of("/usr/sbin/ip", "-4", "-o", "addr"), "").stdout();
  }
}
