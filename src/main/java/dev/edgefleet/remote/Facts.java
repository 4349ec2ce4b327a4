package dev.edgefleet.remote;

import java.util.Optional;

/**
 * What a device is.
 *
 * @param system {@code ID} of os-release, such as {@code debian}; {@code linux} without one
 * @param version {@code VERSION_ID} of os-release, such as {@code 12}; empty on rolling systems
 * @param architecture as {@code uname -m} prints it, such as {@code x86_64}, {@code aarch64}
 * @param hostname the kernel's, without a domain unless it was set with one
 * @param epochSeconds the device's clock when it answered, seconds since 1970 UTC
 * @param iotedgeVersion such as {@code 1.1.19}; empty when there is no iotedge or it does not say
 * @param layout where IoT Edge keeps its configuration
 * @param prettyName {@code PRETTY_NAME} of os-release; empty without one
 * @param kernel as {@code uname -r} prints it
 * @param initSystem name of process 1, such as {@code init}
 * @param user whom the operation ran as: the become user, otherwise the login user
 * @param sudo whether there is a sudo on PATH
 */
public record Facts(
    String system,
    String version,
    String architecture,
    String hostname,
    long epochSeconds,
    Optional<String> iotedgeVersion,
    Layout layout,
    String prettyName,
    String kernel,
    String initSystem,
    String user,
    boolean sudo) {
  /** Which IoT Edge configuration a device has. */
  public enum Layout {
    /** {@code /etc/iotedge/config.yaml}: versions 1.0 and 1.1. */
    YAML,
    /** {@code /etc/aziot/config.toml}: versions 1.2 and later. */
    TOML,
    /** Neither folder is there. */
    NONE
  }
}
