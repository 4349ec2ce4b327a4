package dev.edgefleet.edge.linux;

import dev.edgefleet.edge.module.IotEdgeVersion;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.system.Facts;
import java.util.Optional;

/** Whether the runtime of a Linux device is one that edgefleet configures: 1.0.10 to 1.1. */
public final class ServedRuntime {
  private ServedRuntime() {}

  /**
   * @throws StepFailed when it is one that edgefleet does not serve
   */
  public static void require(Facts facts) {
    Optional<IotEdgeVersion> version = facts.iotedgeVersion().flatMap(IotEdgeVersion::parse);
    boolean newer =
        facts.layout() == Facts.Layout.TOML
            || version.filter(v -> v.compareTo(IotEdgeVersion.TOML) >= 0).isPresent();
    if (newer) {
      throw new StepFailed(
          "IoT Edge "
              + version
                  .filter(v -> v.compareTo(IotEdgeVersion.TOML) >= 0)
                  .map(IotEdgeVersion::toString)
                  .orElse("1.2 or later")
              + " runs on this device; it is set up in /etc/aziot/config.toml, which edgefleet does"
              + " not serve yet: on Linux it serves 1.0.10 to 1.1",
          "Leave the device out, with --limit or in a group of its own, and set it up on the device:"
              + " /etc/aziot/config.toml, then `iotedge config apply`");
    }
  }
}
