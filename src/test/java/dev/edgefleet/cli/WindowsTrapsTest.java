package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.simulator.DemoIdentities;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.Trait;
import dev.edgefleet.simulator.windows.WindowsDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What IoT Edge on Windows gets wrong, and what an operator is told or spared. */
class WindowsTrapsTest {
  private static final String CONFIG = "C:\\ProgramData\\iotedge\\config.yaml";
  private static final String MANUAL = "playbooks/provision-x509.yml";
  private static final String DPS = "playbooks/provision-dps-tpm.yml";

  @TempDir Path directory;

  private WindowsFleet fleet;
  private Cli cli;
  private WindowsDevice device;
  private DeviceModel model;

  @BeforeEach
  void start() {
    fleet = WindowsFleet.start(directory);
    cli = new Cli(directory);
    device = fleet.device(WindowsFleet.WINDOWS);
    model = device.model();
  }

  @AfterEach
  void stop() {
    fleet.close();
  }

  @Test
  void anotherBuildIsRefusedBeforeAnythingIsInstalled() {
    model.build("19044");
    assertThat(cli.execute(windows(MANUAL)).exits(3).out())
        .contains("Windows build 19044")
        .contains("eflow_install");
    assertThat(model.service("iotedge")).isEmpty();
  }

  @Test
  void aBatteryIsSeenBeforeTheScriptAsks() {
    model.set(Trait.BATTERY, true);
    assertThat(cli.execute(windows(MANUAL)).exits(3).out()).contains("skip_battery_check");
  }

  @Test
  void aCheckRunForetellsTheRestartThatTheContainersFeatureTakes() {
    assertThat(cli.execute(windows(MANUAL, "--check")).exits(0).out())
        .doesNotContain("needs a restart");
    model.set(Trait.CONTAINERS_FEATURE, false);
    assertThat(
            cli.execute(windows(MANUAL, "--check", "-v"))
                .exits(0)
                .steps(WindowsFleet.WINDOWS)
                .toString())
        .contains("needs a restart then, for its Containers feature is off");
  }

  @Test
  void anAccountWithoutRightsIsToldOfTheTokenFilter() {
    model.set(Trait.ADMINISTRATOR, false);
    assertThat(cli.execute(windows(MANUAL)).exits(3).out()).contains("token filter");
  }

  @Test
  void aRestartIsMadeOnceAndTheRunGoesOn() {
    model.order(InjectedFault.REBOOT_NEEDED);
    String before = model.bootId();
    Cli.Ran run = cli.execute(windows(MANUAL)).exits(0);
    assertThat(model.bootId()).isNotEqualTo(before);
    assertThat(run.steps(WindowsFleet.WINDOWS).toString()).contains("rebooted, back after");
  }

  @Test
  void aScriptThatDoesNotFitTheCabIsFoundOutAndTheOldConfigurationPutBack() throws IOException {
    cli.execute(windows(DPS)).exits(0);
    String old = Files.readString(device.file(CONFIG));
    model.order(InjectedFault.SCRIPT_CAB_MISMATCH);
    assertThat(cli.execute(windows(MANUAL)).exits(3).out())
        .contains("said that it configured the device, but in config.yaml")
        .contains("different versions");
    assertThat(device.file(CONFIG)).hasContent(old);
    assertThat(model.service("iotedge").orElseThrow().running()).isTrue();
  }

  @Test
  void aHalfInitialisedDeviceIsRepaired() throws IOException {
    cli.execute(windows(DPS)).exits(0);
    model.service("iotedge").orElseThrow().stop(0);
    Path config = device.file(CONFIG);
    Files.writeString(config, Files.readString(config).replace("0ne00000000", "<SCOPE_ID>"));
    Cli.Ran run = cli.execute(windows(DPS)).exits(0);
    assertThat(run.steps(WindowsFleet.WINDOWS).toString())
        .contains("kept the old config.yaml as " + CONFIG + ".edgefleet-");
    assertThat(Files.readString(config)).contains("0ne00000000");
  }

  @Test
  void aServiceThatIsDownIsStartedAndNothingElseTouched() throws IOException {
    cli.execute(windows(DPS)).exits(0);
    String old = Files.readString(device.file(CONFIG));
    model.service("iotedge").orElseThrow().stop(0);
    Cli.Ran run = cli.execute(windows(DPS)).exits(0);
    assertThat(run.steps(WindowsFleet.WINDOWS).toString()).contains("restarted iotedge");
    assertThat(device.file(CONFIG)).hasContent(old);
  }

  @Test
  void aRenewedCertificateRestartsTheServiceOnce() throws IOException {
    cli.execute(windows(MANUAL)).exits(0);
    Path certificate = directory.resolve("certificates/pack-01.cert.pem");
    DemoIdentities.make(directory.resolve("certificates"), List.of("pack-01"));
    Cli.Ran renewed = cli.execute(windows(MANUAL)).exits(0);
    assertThat(renewed.steps(WindowsFleet.WINDOWS).toString()).contains("restarted iotedge");
    assertThat(device.file("C:\\ProgramData\\edgefleet\\identity\\pack-01.cert.pem"))
        .hasSameTextualContentAs(certificate);
    assertThat(cli.execute(windows(MANUAL)).exits(0).changed()).isZero();
  }

  @Test
  void deviceCaAgentImageAndRegistryReachTheConfigurationAndAreLeftAloneAfterwards()
      throws IOException {
    DemoIdentities.make(directory, List.of("ca"));
    cli.given(
        "p.yml",
        """
        - hosts: windows
          tasks:
            - iotedge_install: {offline: "{{ iotedge_packages }}"}
            - iotedge_provision:
                method: dps_tpm
                scope_id: 0ne00000000
                registration_id: pack-01
                agent_image: registry.plant.example/agent:1.1
                registry_username: plant
                registry_password: planted-registry-word
                device_ca_cert_src: ca.cert.pem
                device_ca_pk_src: ca.key.pem
                trust_bundle_src: ca.cert.pem
        """);
    String playbook = directory.resolve("p.yml").toString();
    Cli.Ran run = cli.execute(fleet.words(playbook, "-v")).exits(0);
    assertThat(run.steps(WindowsFleet.WINDOWS).toString())
        .contains("-AgentImage registry.plant.example/agent:1.1 -Username plant -Password ***")
        .contains("-DeviceCACertificate C:\\ProgramData\\edgefleet\\identity\\device-ca.cert.pem");
    assertThat(run.out() + run.report("report.html")).doesNotContain("planted-registry-word");
    assertThat(Files.readString(device.file(CONFIG)))
        .contains("registry.plant.example/agent:1.1")
        .contains("device-ca.key.pem");
    assertThat(cli.execute(fleet.words(playbook)).exits(0).changed()).isZero();
  }

  @Test
  void okOfACmdletIsNotBelieved() {
    fleet.device(WindowsFleet.EFLOW).model().order(InjectedFault.EFLOW_FALSE_OK);
    assertThat(cli.execute(eflow(DPS)).exits(3).out())
        .contains("Provision-EflowVm answered OK, and 0 s later IoT Edge in the machine is not");
  }

  @Test
  void aDaemonThatDoesNotComeUpIsTold() {
    fleet.device(WindowsFleet.EFLOW).model().order(InjectedFault.EFLOW_DAEMON_FAILS);
    assertThat(cli.execute(eflow(DPS)).exits(3).out())
        .contains("iotedge service not running after provisioning");
  }

  @Test
  void hyperVWantsARestartAndTheMachineIsMadeAfterIt() {
    DeviceModel host = fleet.device(WindowsFleet.EFLOW).model();
    host.order(InjectedFault.EFLOW_REBOOT_NEEDED);
    fleet.device(WindowsFleet.EFLOW).onRestart(() -> host.clear(InjectedFault.EFLOW_REBOOT_NEEDED));
    Cli.Ran run = cli.execute(eflow(DPS)).exits(0);
    assertThat(run.steps(WindowsFleet.EFLOW).toString())
        .contains("rebooted, back after")
        .contains("made the EFLOW machine");
  }

  @Test
  void aMachineThatDoesNotAnswerIsSaidToBeSo() {
    cli.execute(eflow(DPS)).exits(0);
    fleet.device(WindowsFleet.EFLOW).model().order(InjectedFault.EFLOW_NO_ANSWER);
    assertThat(cli.execute(eflow(DPS)).exits(3).out())
        .contains("the EFLOW virtual machine does not answer");
  }

  @Test
  void theMachinesLicenceHasToBeAccepted() {
    assertThat(cli.execute(eflow(DPS, "-e", "eflow_accept_eula=false")).exits(3).out())
        .contains("accept_eula: true");
  }

  private String[] windows(String playbook, String... more) {
    return limited(WindowsFleet.WINDOWS, playbook, more);
  }

  private String[] eflow(String playbook, String... more) {
    return limited(WindowsFleet.EFLOW, playbook, more);
  }

  private String[] limited(String device, String playbook, String... more) {
    return fleet.words(
        playbook,
        Stream.concat(Stream.of("--limit", device), Stream.of(more)).toArray(String[]::new));
  }
}
