package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.lab.Lab;
import dev.edgefleet.simulator.DemoIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on three real devices, and every way it can be refused. */
class FleetIT {
  private static final String CONFIG = "/etc/iotedge/config.yaml";
  private static final String PRISTINE = "/root/pristine.yaml";

  private static Lab lab;

  @TempDir Path directory;
  private Cli cli;

  @BeforeAll
  static void boot() {
    lab = Lab.up(3, SharedData.require("config-yaml/debian-1.1.19.yaml"));
    lab.devices().forEach(d -> lab.ssh(d, "sudo cp -p " + CONFIG + " " + PRISTINE));
  }

  @AfterAll
  static void halt() {
    if (lab != null) {
      lab.close();
    }
  }

  @BeforeEach
  void freshDevices() throws IOException {
    for (String device : lab.devices()) {
      lab.ssh(
          device,
          "sudo sh -c 'systemctl stop iotedge; rm -rf /etc/iotedge/identity /var/lib/edgefleet"
              + " /etc/iotedge/config.yaml*; cp -p "
              + PRISTINE
              + " "
              + CONFIG
              + "'");
    }
    cli = new Cli(directory);
    DemoIdentities.make(directory.resolve("certificates"), lab.devices());
    Files.copy(Path.of("playbooks/provision-x509.yml"), directory.resolve("p.yml"));
    Files.createDirectory(directory.resolve("tasks"));
    Files.copy(Path.of("playbooks/tasks/provision.yml"), directory.resolve("tasks/provision.yml"));
    Files.copy(lab.inventory(), directory.resolve("i.yml"));
  }

  /** The last of the device's steps that was for it. */
  private static RunEvent.StepEnded last(Cli.Ran ran, String device) {
    return ran.steps(device).stream()
        .filter(step -> step.status() != StepStatus.SKIPPED)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private Cli.Ran provision(String... more) {
    return provision(lab.knownHosts(), more);
  }

  private Cli.Ran provision(Path knownHosts, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--known-hosts",
                knownHosts.toString(),
                "-e",
                "iothub_hostname=plants.azure-devices.net",
                "-e",
                "certificates=" + directory.resolve("certificates")));
    words.addAll(Arrays.asList(more));
    return cli.run(words.toArray(String[]::new));
  }

  private String stat(String device, String path) {
    return lab.ssh(device, "sudo stat -c '%U:%G %a' " + path).strip();
  }

  /** Everything about the files that a second run must leave alone, times and inodes included. */
  private String fingerprint(String device) {
    return lab.ssh(
        device,
        "sudo sh -c 'find /etc/iotedge /var/lib/edgefleet -printf \"%p %i %T@ %m %u %g\\n\"; sha256sum "
            + CONFIG
            + "'");
  }

  @Test
  void provisionsThreeDevicesAndASecondRunChangesNothing() {
    Cli.Ran first = provision().exits(0);
    for (String device : lab.devices()) {
      assertThat(lab.ssh(device, "systemctl is-active iotedge")).contains("active");
      assertThat(stat(device, CONFIG)).isEqualTo("iotedge:iotedge 400");
      String key = "/etc/iotedge/identity/" + device + ".key.pem";
      assertThat(lab.run(device, "sudo -u iotedge test -r " + key).exitCode()).isZero();
      assertThat(lab.run(device, "cat " + key).exitCode()).isNotZero();
      assertThat(lab.run(device, "sudo -u nobody cat " + key).exitCode()).isNotZero();
      assertThat(lab.ssh(device, "sudo journalctl -u iotedge -o cat"))
          .contains("manual mode using X509 identity certificate")
          .contains("Finished provisioning edge device.");
      assertThat(lab.ssh(device, "sudo iotedge list")).contains("edgeAgent");
    }
    assertThat(first.report("report.json")).contains("edgeAgent");
    assertThat(first.out()).contains("edgeAgent").contains("report.html");

    List<String> before = lab.devices().stream().map(this::fingerprint).toList();
    List<Integer> starts = lab.devices().stream().map(lab::daemonStarts).toList();
    Cli.Ran second = provision().exits(0);
    assertThat(second.changed()).isZero();
    assertThat(lab.devices().stream().map(this::fingerprint).toList()).isEqualTo(before);
    assertThat(lab.devices().stream().map(lab::daemonStarts).toList()).isEqualTo(starts);
  }

  @Test
  void aCheckRunChangesNothingOnAnyDevice() {
    List<String> before =
        lab.devices().stream().map(d -> lab.ssh(d, "sudo ls -laR /etc/iotedge")).toList();
    Cli.Ran ran = provision("--check", "--diff").exits(0);
    assertThat(ran.out())
        .contains("+    method: \"x509\"")
        .contains("-  device_connection_string: ***")
        .contains("PRIVATE KEY-----***-----END");
    assertThat(lab.devices().stream().map(d -> lab.ssh(d, "sudo ls -laR /etc/iotedge")).toList())
        .isEqualTo(before);
    assertThat(lab.run("edge1", "sudo test -e /var/lib/edgefleet").exitCode()).isNotZero();
  }

  @Test
  void aRestartThatARunStillOwesIsMadeGoodByTheNext() throws IOException {
    // What a run leaves that dies after it replaced the file: the file, and the note.
    Path file = directory.resolve("tasks/provision.yml");
    String tasks = Files.readString(file);
    Files.writeString(
        file,
        tasks.replace("        service_user:", "        restart: false\n        service_user:"));
    provision("--limit", "edge1", "--skip-tags", "status").exits(0);
    int starts = lab.daemonStarts("edge1");
    Files.writeString(file, tasks);

    Cli.Ran next = provision("--limit", "edge1").exits(0);
    assertThat(next.steps("edge1"))
        .extracting(RunEvent.StepEnded::message)
        .contains("restarted iotedge");
    assertThat(lab.daemonStarts("edge1")).isEqualTo(starts + 1);
    assertThat(provision("--limit", "edge1").exits(0).changed()).isZero();
    assertThat(lab.daemonStarts("edge1")).isEqualTo(starts + 1);
  }

  @Test
  void aControllerKilledBeforeTheRestartIsMadeGoodByTheNextRun() throws Exception {
    int starts = lab.daemonStarts("edge1");
    List<String> words = new ArrayList<>(Program.command());
    words.addAll(
        List.of(
            "run",
            directory.resolve("p.yml").toString(),
            "-i",
            directory.resolve("i.yml").toString(),
            "--limit",
            "edge1",
            "--known-hosts",
            lab.knownHosts().toString(),
            "-e",
            "iothub_hostname=plants.azure-devices.net",
            "-e",
            "certificates=" + directory.resolve("certificates"),
            "--runs",
            directory.resolve("killed").toString()));
    Process controller =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("killed.log").toFile())
            .start();
    // From the first note on a restart is owed; which of the steps after it the kill hits is luck.
    String noted = "sudo test -s /var/lib/edgefleet/restart-owed/iotedge";
    // On the device, for a login each time may take longer than the run.
    lab.run("edge1", "timeout 120 sh -c 'until " + noted + "; do sleep 0.05; done'");
    assertThat(controller.isAlive()).as(Files.readString(directory.resolve("killed.log"))).isTrue();
    controller.destroyForcibly().waitFor();
    assertThat(lab.run("edge1", noted).exitCode()).isZero();

    // The killed run holds the device: another run goes on only when the operator says so.
    assertThat(provision("--limit", "edge1").exits(3).out()).contains("--break-lock");
    provision("--limit", "edge1", "--break-lock").exits(0);
    assertThat(lab.ssh("edge1", "systemctl is-active iotedge").strip()).isEqualTo("active");
    assertThat(lab.daemonStarts("edge1")).isGreaterThan(starts);
    assertThat(lab.run("edge1", noted).exitCode()).isNotZero();
    int settled = lab.daemonStarts("edge1");
    assertThat(provision("--limit", "edge1").exits(0).changed()).isZero();
    assertThat(lab.daemonStarts("edge1")).isEqualTo(settled);
    assertThat(lab.ssh("edge1", "sudo ls -A /etc/iotedge /etc/iotedge/identity"))
        .doesNotContain(".config.yaml.edgefleet-");
  }

  @Test
  void aConfigTheDaemonWouldRefuseIsRefusedFirst() {
    lab.ssh("edge2", "sudo sed -i 's/^# allow_elevated/allow_elevated/' " + CONFIG);
    String before = lab.ssh("edge2", "sudo sha256sum " + CONFIG);
    Cli.Ran ran = provision().exits(3);
    RunEvent.StepEnded refused = ran.steps("edge2").getLast();
    assertThat(refused.status()).isEqualTo(StepStatus.FAILED);
    assertThat(refused.message()).contains("191").contains("allow_elevated_docker_permissions");
    assertThat(lab.ssh("edge2", "sudo sha256sum " + CONFIG)).isEqualTo(before);
    assertThat(lab.ssh("edge2", "sudo ls -A /etc/iotedge")).doesNotContain("identity");
    assertThat(last(ran, "edge1").status()).isEqualTo(StepStatus.OK);
    assertThat(last(ran, "edge3").status()).isEqualTo(StepStatus.OK);
  }

  @Test
  void anIdentityThatCannotWorkIsRefusedBeforeAnythingIsWritten() throws Exception {
    Path certificates = directory.resolve("certificates");
    openssl(
        "pkcs8",
        "-topk8",
        "-v2",
        "aes-256-cbc",
        "-passout",
        "pass:test",
        "-in",
        certificates.resolve("edge1.key.pem").toString(),
        "-out",
        certificates.resolve("encrypted.pem").toString());
    Files.move(
        certificates.resolve("encrypted.pem"),
        certificates.resolve("edge1.key.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.copy(
        certificates.resolve("edge3.key.pem"),
        certificates.resolve("edge2.key.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.delete(certificates.resolve("edge3.cert.pem"));

    assertThat(provision().exits(2).err())
        .contains("edge1.key.pem: error: the private key is encrypted")
        .contains("edge2.key.pem: error: it is not the key of the certificate")
        .contains("edge3.cert.pem' on the controller");
    for (String device : lab.devices()) {
      assertThat(lab.ssh(device, "sudo ls -A /etc/iotedge")).doesNotContain("identity");
      assertThat(lab.run(device, "sudo cmp " + CONFIG + " " + PRISTINE).exitCode()).isZero();
    }
  }

  @Test
  void anExpiredCertificateIsRefused() throws Exception {
    Path certificates = directory.resolve("certificates");
    Path request = directory.resolve("edge1.csr");
    String key = certificates.resolve("edge1.key.pem").toString();
    openssl("req", "-new", "-key", key, "-subj", "/CN=edge1", "-out", request.toString());
    openssl(
        "x509",
        "-req",
        "-in",
        request.toString(),
        "-signkey",
        key,
        "-days",
        "-1",
        "-out",
        certificates.resolve("edge1.cert.pem").toString());
    assertThat(provision("--limit", "edge1").exits(2).err()).contains("expired");
  }

  @Test
  void aChangedOrUnknownHostKeyStopsThatDeviceOnly() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(lab.knownHosts()));
    String first = lines.get(0).split(" ", -1)[2];
    String second = lines.get(1).split(" ", -1)[2];
    // edge1 now has edge2's key; edge3 is not known at all.
    Path known = directory.resolve("known_hosts");
    Files.write(
        known,
        lines.stream()
            .filter(line -> !line.startsWith("edge3"))
            .map(line -> line.startsWith("edge1") ? line.replace(first, second) : line)
            .toList());
    Cli.Ran ran = provision(known).exits(4);
    assertThat(ran.steps("edge1").getLast().message()).containsIgnoringCase("host key");
    assertThat(ran.steps("edge1").getLast().status()).isEqualTo(StepStatus.UNREACHABLE);
    assertThat(last(ran, "edge2").status()).isEqualTo(StepStatus.OK);
    assertThat(ran.steps("edge3").getLast().message()).contains("SHA256:");
  }

  @Test
  void passwordsForLoginAndSudo() {
    String password = lab.adminPassword().reveal();
    String tasks =
        """
        - hosts: all
          become: true
          tasks:
            - command: id -un
              register: me
            - assert: {that: "me.stdout == 'root'"}
        """;
    cli.given("p.yml", tasks);
    cli.given(
        "i.yml",
        """
        all:
          vars: {ansible_user: admin, ansible_ssh_private_key_file: %1$s}
          hosts:
            edge1: {ansible_host: %2$s, ansible_become_password: "%5$s"}
            edge2: {ansible_host: %3$s, ansible_become_password: "not it at all"}
            edge3: {ansible_host: %4$s}
        """
            .formatted(
                lab.key(),
                lab.address("edge1"),
                lab.address("edge2"),
                lab.address("edge3"),
                password));
    Cli.Ran ran = provision().exits(4);
    assertThat(last(ran, "edge1").status()).isEqualTo(StepStatus.OK);
    assertThat(ran.steps("edge2").getLast().message()).contains("sudo password");
    assertThat(ran.steps("edge3").getLast().remedy()).contains("-K");
    assertThat(ran.report("report.json")).doesNotContain(password).doesNotContain("not it at all");

    cli.given(
        "i.yml",
        """
        all:
          vars: {ansible_user: admin, ansible_become: false}
          hosts:
            edge1: {ansible_host: %s, ansible_password: "%s"}
            edge2: {ansible_host: %s, ansible_password: "wrong password"}
        """
            .formatted(lab.address("edge1"), password, lab.address("edge2")));
    cli.given("p.yml", "- hosts: all\n  tasks:\n    - command: id -un\n");
    Cli.Ran login = provision().exits(4);
    assertThat(login.steps("edge1").getLast().output()).contains("admin");
    assertThat(login.steps("edge2").getLast().status()).isEqualTo(StepStatus.UNREACHABLE);
    assertThat(login.report("report.json")).doesNotContain("wrong password");
  }

  @Test
  void aDaemonThatDoesNotStartIsNamedWithItsReason() {
    // The key's directory keeps the daemon's user out: found before the restart, not after.
    cli.given(
        "p.yml",
        """
        - hosts: edge1
          tasks:
            - file: {path: /etc/iotedge/identity, state: directory, owner: root, mode: "0700"}
            - iotedge_config:
                iothub_hostname: h.azure-devices.net
                device_id: edge1
                identity_cert_src: "{{ certificates }}/edge1.cert.pem"
                identity_pk_src: "{{ certificates }}/edge1.key.pem"
                identity_cert: /etc/iotedge/identity/c.pem
                identity_pk: /etc/iotedge/identity/k.pem
        """);
    RunEvent.StepEnded failed = provision().exits(3).steps("edge1").getLast();
    assertThat(failed.message()).contains("user iotedge cannot read");
    assertThat(failed.remedy()).contains("/etc/iotedge/identity").contains("0700");
  }

  private static void openssl(String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(Peer.require("openssl", "openssl").toString()));
    words.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
