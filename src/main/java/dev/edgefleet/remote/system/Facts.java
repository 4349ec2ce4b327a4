package dev.edgefleet.remote.system;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a device is.
 *
 * @param system {@code ID} of os-release, such as {@code debian}; {@code linux} without one
 * @param version {@code VERSION_ID} of os-release, such as {@code 12}; empty on rolling systems
 * @param architecture as {@code uname -m} prints it, such as {@code x86_64}, {@code aarch64}
 * @param hostname the kernel's, without a domain unless it was set with one
 * @param iotedgeVersion such as {@code 1.1.19}; empty when there is no iotedge or it does not say
 * @param layout where IoT Edge keeps its configuration
 * @param config path of IoT Edge's configuration, when it is there
 * @param kernel as {@code uname -r} prints it
 * @param initSystem name of process 1, such as {@code init}
 * @param serviceManager such as {@code openrc}; otherwise the name of process 1
 * @param packageManager such as {@code apt}, {@code dnf}, {@code opkg}
 * @param user whom the operation ran as: the become user, otherwise the login user
 * @param sudo whether there is a sudo on PATH
 */
public record Facts(
    String system,
    String version,
    String architecture,
    String hostname,
    Optional<String> iotedgeVersion,
    Layout layout,
    Optional<String> config,
    String kernel,
    String initSystem,
    String serviceManager,
    Optional<String> packageManager,
    User user,
    boolean sudo,
    Release release,
    Names names,
    Hardware hardware,
    Network network,
    List<Mount> mounts,
    Security security,
    Optional<ContainerEngine> containerEngine,
    Clock clock) {
  /** Which IoT Edge configuration a device has. */
  public enum Layout {
    /** {@code /etc/iotedge/config.yaml}: versions 1.0 and 1.1. */
    YAML,
    /** {@code /etc/aziot/config.toml}: versions 1.2 and later. */
    TOML,
    /** Neither directory is there. */
    NONE
  }

  /**
   * Whom the operation ran as.
   *
   * @param path search path of its programs
   */
  public record User(String name, long uid, long gid, String home, String path) {}

  /**
   * More of os-release; each is empty text without one.
   *
   * @param like {@code ID_LIKE}, words
   * @param name {@code NAME}, such as {@code Debian GNU/Linux}
   * @param codename such as {@code bookworm}
   * @param prettyName {@code PRETTY_NAME}
   * @param debianVersion first line of {@code /etc/debian_version}, such as {@code 12.11}
   */
  public record Release(
      String like,
      String name,
      String codename,
      String prettyName,
      Optional<String> debianVersion) {}

  /**
   * What else a device is called.
   *
   * @param fqdn the hostname's first name in {@code /etc/hosts}, or the hostname
   */
  public record Names(String fqdn, Optional<String> machineId) {}

  /**
   * @param memoryKb in KiB
   */
  public record Hardware(long memoryKb, int cpus, Duration uptime) {}

  /**
   * Addresses without prefix length, those of the loopback interface left out.
   *
   * @param defaultInterface where the default route of IPv4 leads; empty without one
   * @param defaultAddress this device's own on that interface
   */
  public record Network(
      List<String> ipv4,
      List<String> ipv6,
      Optional<String> defaultInterface,
      Optional<String> defaultGateway,
      Optional<String> defaultAddress) {}

  /**
   * A file system.
   *
   * @param size in bytes
   * @param available in bytes, to users that are not root
   */
  public record Mount(
      String mount, String device, String type, String options, long size, long available) {}

  /**
   * @param selinux {@code enforcing}, {@code permissive} or {@code disabled}
   * @param apparmor {@code enabled} or {@code disabled}
   */
  public record Security(String selinux, String apparmor) {}

  /**
   * @param name {@code moby}, {@code docker} or {@code podman}
   * @param version of its client
   * @param socket path, when it is there
   */
  public record ContainerEngine(String name, String version, Optional<String> socket) {}

  /**
   * A device's clock.
   *
   * @param time when it answered, by its clock
   * @param zone such as {@code UTC}
   * @param offset such as {@code +0000}
   * @param skew how far its clock is ahead of the controller's; negative when it is behind
   * @param accuracy skew is right to plus or minus this
   */
  public record Clock(Instant time, String zone, String offset, Duration skew, Duration accuracy) {}
}
