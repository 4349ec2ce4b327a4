package dev.edgefleet.edge.config;

import dev.edgefleet.edge.module.IotEdgeVersion;
import dev.edgefleet.failure.StepFailed;
import java.util.List;
import java.util.Optional;

/** Whether the daemon that reads a configuration can do manual provisioning with X.509. */
final class X509Support {
  private X509Support() {}

  /**
   * @param iotedgeVersion what {@code iotedge version} printed, when that is known
   * @throws StepFailed when it cannot
   */
  static void require(
      Optional<String> iotedgeVersion, String text, List<ProvisioningBlock> blocks) {
    Optional<IotEdgeVersion> version = iotedgeVersion.flatMap(IotEdgeVersion::parse);
    if (version.isPresent()) {
      require(version.get());
    } else if (oldTemplate(text, blocks)) {
      throw new StepFailed(
          "config.yaml is from an IoT Edge before 1.0.10, which cannot be provisioned manually with"
              + " X.509: the file has no section for it",
          "Upgrade the iotedge package to 1.1. If the device already runs 1.0.10 or newer, only the"
              + " file is old: `iotedge version` then says so");
    }
  }

  private static void require(IotEdgeVersion version) {
    if (version.compareTo(IotEdgeVersion.MANUAL_X509) < 0) {
      throw new StepFailed(
          "IoT Edge "
              + version
              + " cannot be provisioned manually with X.509; the first that can is 1.0.10",
          "Upgrade the iotedge package to 1.1");
    }
    if (version.compareTo(IotEdgeVersion.TOML) >= 0) {
      throw new StepFailed(
          "IoT Edge " + version + " does not read /etc/iotedge/config.yaml",
          "From 1.2 on the configuration is /etc/aziot/config.toml; take the device out of this"
              + " play");
    }
  }

  // Every template from 1.0.10 on has both words, and every older one a DPS section, commented out
  // or in force. A file that somebody wrote by hand tells nothing about its daemon.
  private static boolean oldTemplate(String text, List<ProvisioningBlock> blocks) {
    return blocks.stream().anyMatch(block -> block.commentedDps() || block.oldDps())
        && !text.contains("dynamic_reprovisioning")
        && !text.contains("iothub_hostname");
  }
}
