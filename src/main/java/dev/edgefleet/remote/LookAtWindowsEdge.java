package dev.edgefleet.remote;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at what IoT Edge needs and has on a Windows device.
 *
 * @param offlineFolder a folder on the device whose files are to be named; empty for none
 */
public record LookAtWindowsEdge(Optional<String> offlineFolder)
    implements Operation<LookAtWindowsEdge.State> {
  /**
   * @param build of Windows, such as 17763
   * @param powerShell its version, such as {@code 5.1.17763.1}
   * @param architecture of the PowerShell process, such as {@code AMD64}
   * @param administrator whether it is elevated
   * @param service state of the service iotedge: {@code absent}, {@code running}, {@code stopped},
   *     ...
   * @param mobyService state of its container engine, in the same words
   * @param config content of {@code C:\ProgramData\iotedge\config.yaml}; empty when there is none
   * @param vcRuntime whether the VC runtime is there
   * @param containers state of Windows' Containers feature: {@code enabled}, {@code disabled} or
   *     {@code unknown}
   * @param rebootPending whether Windows waits for a restart
   * @param battery whether there is one
   * @param version what {@code iotedge version} prints; empty when not installed
   * @param offlineFiles names of the files in the offline folder
   */
  public record State(
      int build,
      String powerShell,
      String architecture,
      boolean administrator,
      String service,
      String mobyService,
      Optional<byte[]> config,
      boolean vcRuntime,
      String containers,
      boolean rebootPending,
      boolean battery,
      Optional<String> version,
      List<String> offlineFiles) {
    public boolean installed() {
      return !service.equals("absent");
    }
  }

  @Override
  public String script() {
    return "iotedge-state";
  }

  @Override
  public String purpose() {
    return "look at IoT Edge";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of("offline", offlineFolder.orElse(""));
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public State result(Reply reply) {
    return new State(
        Math.toIntExact(reply.number("build")),
        reply.value("powershell"),
        reply.value("architecture"),
        reply.flag("administrator"),
        reply.value("service"),
        reply.value("moby_service"),
        reply.flag("config") ? Optional.of(reply.body()) : Optional.empty(),
        reply.flag("vcruntime"),
        reply.value("containers"),
        reply.flag("reboot_pending"),
        reply.flag("battery"),
        reply.optional("iotedge_version"),
        reply.optional("offline_files").stream().flatMap(String::lines).toList());
  }
}
