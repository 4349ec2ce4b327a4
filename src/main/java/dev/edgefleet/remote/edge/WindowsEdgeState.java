package dev.edgefleet.remote.edge;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at what IoT Edge needs and has on a Windows device.
 *
 * @param features whether to ask for the Containers feature, which takes Windows up to half a
 *     minute
 */
public record WindowsEdgeState(boolean features) implements Operation<WindowsEdgeState.State> {
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
   *     {@code unknown}, which it also is when not asked for
   * @param battery whether there is one
   * @param version what {@code iotedge version} prints; empty when not installed
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
      boolean battery,
      Optional<String> version) {
    public State {
      if (!powerShell.matches("[0-9]{1,4}(\\..*)?")) {
        throw new IllegalStateException("powershell is no version");
      }
    }

    public int powerShellMajor() {
      return Integer.parseInt(powerShell.split("\\.", 2)[0]);
    }

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
    return Map.of("features", Boolean.toString(features));
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
        reply.flag("battery"),
        reply.optional("iotedge_version"));
  }
}
