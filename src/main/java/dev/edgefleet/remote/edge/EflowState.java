package dev.edgefleet.remote.edge;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.Map;
import java.util.Optional;

/** Looks at IoT Edge for Linux on Windows: its module and its virtual machine. */
public record EflowState() implements Operation<EflowState.State> {
  /**
   * @param module whether the PowerShell module AzureEFLOW is installed
   * @param deployed whether the virtual machine was made
   * @param vmState such as {@code Running}; empty without a machine
   * @param runtimeVersion of IoT Edge in it, such as {@code 1.4.27}; empty when not known
   * @param runtimeStatus of IoT Edge's service in it, as systemctl has it, such as {@code active};
   *     empty when not known
   * @param provisioned whether its configuration is another than it came with; empty when the
   *     machine does not answer
   */
  public record State(
      boolean module,
      boolean deployed,
      String vmState,
      String runtimeVersion,
      String runtimeStatus,
      Optional<Boolean> provisioned) {
    /** Whether IoT Edge runs in it. */
    public boolean running() {
      return runtimeStatus.equals("active");
    }

    /** Whether nobody could say anything of the machine. */
    public boolean silent() {
      return deployed && provisioned.isEmpty();
    }
  }

  @Override
  public String script() {
    return "eflow-state";
  }

  @Override
  public String purpose() {
    return "look at IoT Edge for Linux on Windows";
  }

  @Override
  public Map<String, String> parameters() {
    return Map.of();
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public State result(Reply reply) {
    return new State(
        reply.flag("module"),
        reply.flag("deployed"),
        reply.optional("vm_state").orElse(""),
        reply.optional("runtime_version").orElse(""),
        reply.optional("runtime_status").orElse(""),
        reply.optional("provisioned").map(word -> reply.flag("provisioned")));
  }
}
