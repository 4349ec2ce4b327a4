package dev.edgefleet.report;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.report.model.Story;
import dev.edgefleet.report.model.Story.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Provisioning runs as they happen, for looking at reports of them. */
public final class SampleFleet {
  static final List<String> SIX =
      List.of("press-01", "press-02", "oven-01", "mixer-01", "gate-north", "gate-south");

  private SampleFleet() {}

  /** Six devices: four provisioned, one that fails, one that cannot be reached. */
  public static Story six(Path directory) {
    Story story = new Story(directory, SIX).starts().plays("Provision the edge devices");
    for (String device : SIX) {
      story.passes(Duration.ofMillis(40)).begins(device);
      switch (device) {
        case "oven-01" -> fails(story, device);
        case "gate-south" -> isUnreachable(story, device, "192.0.2.46");
        case "mixer-01" -> isAsItShouldBe(story, device);
        default -> isProvisioned(story, device, true);
      }
    }
    return story.passes(Duration.ofMillis(120)).ends(3);
  }

  /** Many devices, eight steps each; some fail in one of three ways, some cannot be reached. */
  public static Story many(Path directory, int count) {
    List<String> names =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> "plant-%d-press-%04d".formatted(n % 7 + 1, n))
            .toList();
    Story story = new Story(directory, names).starts().plays("Provision the edge devices");
    for (int n = 0; n < count; n++) {
      String device = names.get(n);
      story.passes(Duration.ofMillis(7)).begins(device);
      if (n % 41 == 7) {
        fails(story, device);
      } else if (n % 97 == 13) {
        hasNoSpace(story, device, 10_000 + n);
      } else if (n % 53 == 20) {
        isUnreachable(story, device, "198.51." + n / 250 + "." + n % 250);
      } else if (n % 5 == 0) {
        isAsItShouldBe(story, device);
      } else {
        isProvisioned(story, device, n % 10 == 1);
      }
    }
    return story.ends(3);
  }

  private static void isProvisioned(Story story, String device, boolean diff) {
    look(story, device, StepStatus.CHANGED);
    story.does(device, config(device, diff).millis(410));
    story.does(
        device,
        Step.of(
                "Restart the IoT Edge daemon",
                "service",
                StepStatus.CHANGED,
                "Restarted iotedge; it is active")
            .millis(6_480));
    list(story, device, "running", "Up 12 seconds");
    story.ends(device, DeviceStatus.OK);
  }

  /** A device from its start to its end. */
  static void isProvisioned(Story story, String device) {
    story.begins(device);
    isProvisioned(story, device, device.endsWith("1"));
  }

  /** Eight steps and nothing to change. */
  static void isAsItShouldBe8(Story story, String device) {
    story.does(
        device, Step.of("Wait for the device", "wait_for", StepStatus.OK, "It answers").millis(3));
    isAsItShouldBe(story, device);
  }

  private static void isAsItShouldBe(Story story, String device) {
    look(story, device, StepStatus.OK);
    story.does(
        device,
        Step.of(
            "Write the provisioning section",
            "iotedge_config",
            StepStatus.OK,
            "/etc/iotedge/config.yaml is as it should be"));
    story.does(
        device,
        Step.of(
                "Restart the IoT Edge daemon",
                "service",
                StepStatus.SKIPPED,
                "Nothing changed, so nothing is restarted")
            .millis(0));
    list(story, device, "running", "Up 2 days");
    story.ends(device, DeviceStatus.OK);
  }

  static void fails(Story story, String device) {
    look(story, device, StepStatus.CHANGED);
    story.does(device, config(device, true).millis(390));
    story.does(
        device,
        Step.of(
                "Restart the IoT Edge daemon",
                "service",
                StepStatus.FAILED,
                "iotedge on %s did not stay active: it exited with status 153 within 10 s"
                    .formatted(device))
            .millis(12_310)
            .remedy(
                "Read the last lines of its log below; most often identity_cert names a file that"
                    + " the user iotedge cannot read. The file before this run is"
                    + " /etc/iotedge/config.yaml.edgefleet-20261122T120003Z")
            .output(
                """
                Nov 22 12:00:09 %1$s iotedged[4711]: 2026-11-22T12:00:09Z [INFO] - Starting Azure IoT Edge Daemon
                Nov 22 12:00:09 %1$s iotedged[4711]: 2026-11-22T12:00:09Z [INFO] - Initializing hsm...
                Nov 22 12:00:09 %1$s iotedged[4711]: 2026-11-22T12:00:09Z [ERR!] - A daemon startup error occurred
                Nov 22 12:00:09 %1$s iotedged[4711]: \tcaused by: Could not open certificate file /etc/iotedge/certs/%1$s.pem
                Nov 22 12:00:09 %1$s iotedged[4711]: \tcaused by: Permission denied (os error 13)
                Nov 22 12:00:09 %1$s systemd[1]: iotedge.service: Main process exited, code=exited, status=153/n/a
                """
                    .formatted(device)));
    story.ends(device, DeviceStatus.FAILED);
  }

  private static void hasNoSpace(Story story, String device, int free) {
    story.does(
        device,
        Step.of(
                "Copy the identity certificate",
                "copy",
                StepStatus.FAILED,
                "No space is left for /etc/iotedge/certs/%s.pem: %d bytes free"
                    .formatted(device, free))
            .remedy("Free some space on /, for example with docker image prune"));
    story.ends(device, DeviceStatus.FAILED);
  }

  static void isUnreachable(Story story, String device, String address) {
    story.does(
        device,
        Step.of(
                "Gather facts",
                "facts",
                StepStatus.UNREACHABLE,
                "%s (%s port 22) did not answer within 10 s".formatted(device, address))
            .millis(10_004)
            .remedy(
                "Check that it is switched on and that its address in the inventory is right, then"
                    + " run again with --limit "
                    + device));
    story.ends(device, DeviceStatus.UNREACHABLE);
  }

  private static void look(Story story, String device, StepStatus files) {
    story.does(
        device,
        Step.of("Gather facts", "facts", StepStatus.OK, "Debian 11, amd64, iotedge 1.1.15")
            .millis(88));
    story.does(
        device,
        Step.of(
            "Copy the identity certificate",
            "copy",
            files,
            "/etc/iotedge/certs/%s.pem has 1,245 bytes, 0644 root:root".formatted(device)));
    story.does(
        device,
        Step.of(
            "Copy the identity key",
            "copy",
            files,
            "/etc/iotedge/certs/%s.key.pem has 1,704 bytes, 0600 iotedge:iotedge"
                .formatted(device)));
    story.does(
        device,
        Step.of(
                "Check that the daemon may read the key",
                "command",
                StepStatus.OK,
                "sudo -u iotedge test -r exited with 0")
            .millis(61));
  }

  private static Step config(String device, boolean diff) {
    Step step =
        Step.of(
            "Write the provisioning section",
            "iotedge_config",
            StepStatus.CHANGED,
            "Changed 8 lines of /etc/iotedge/config.yaml; a restart is owed");
    return diff ? step.diff("/etc/iotedge/config.yaml", unified(device)) : step;
  }

  private static String unified(String device) {
    return """
    --- /etc/iotedge/config.yaml
    +++ /etc/iotedge/config.yaml
    @@ -54,9 +54,13 @@
     # Manual provisioning configuration using a connection string
    -provisioning:
    -  source: "manual"
    -  device_connection_string: "***"
    +provisioning:
    +  source: "dps"
    +  global_endpoint: "https://global.azure-devices-provisioning.net"
    +  scope_id: "0ne00A1B2C3"
    +  attestation:
    +    method: "x509"
    +    identity_cert: "file:///etc/iotedge/certs/%1$s.pem"
    +    identity_pk: "file:///etc/iotedge/certs/%1$s.key.pem"
    \s
     ###############################################################################
     # Certificate settings
    @@ -120,4 +124,4 @@
     ###############################################################################
    -hostname: "<ADD HOSTNAME HERE>"
    +hostname: "%1$s"
    """
        .formatted(device);
  }

  private static void list(Story story, String device, String status, String description) {
    List<Map<String, Object>> modules = new ArrayList<>();
    modules.add(module("edgeAgent", "running", "Up 12 seconds", "azureiotedge-agent:1.1"));
    modules.add(
        device.endsWith("2")
            ? module("edgeHub", "stopped", "Stopped 3 minutes ago", "azureiotedge-hub:1.1")
            : module("edgeHub", status, description, "azureiotedge-hub:1.1"));
    if (!device.endsWith("north")) {
      modules.add(
          device.endsWith("7")
              ? module("vibration", "failed", "Failed (137) an hour ago", "vibration:2.3.1")
              : module("vibration", status, description, "vibration:2.3.1"));
    }
    modules.add(
        module("opcPublisher", status, description, "opc-publisher:2.8." + device.length() % 3));
    StringBuilder output = new StringBuilder("NAME             STATUS           DESCRIPTION\n");
    modules.forEach(
        module ->
            output.append(
                "%-16s %-16s %s%n"
                    .formatted(
                        module.get("name"), module.get("status"), module.get("description"))));
    story.does(
        device,
        Step.of(
                "List the modules",
                "iotedge_list",
                StepStatus.OK,
                modules.size() + " modules listed")
            .millis(730)
            .output(output.toString())
            .modules(modules));
  }

  private static Map<String, Object> module(
      String name, String status, String description, String image) {
    return Map.of(
        "name", name,
        "status", status,
        "description", description,
        "image", "mcr.microsoft.com/" + image);
  }
}
