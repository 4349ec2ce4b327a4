package dev.edgefleet.simulator.windows.edge;

import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.Programs;
import dev.edgefleet.simulator.windows.WindowsService;
import dev.edgefleet.simulator.windows.operation.ServiceOperations;
import java.io.IOException;
import java.util.List;

/** {@code iotedge.exe}: list, version, check. */
public final class IotEdgeProgram {
  static final String LIST =
      """
      NAME             STATUS           DESCRIPTION      CONFIG
      edgeAgent        running          Up 2 minutes     mcr.microsoft.com/azureiotedge-agent:1.1
      edgeHub          running          Up 2 minutes     mcr.microsoft.com/azureiotedge-hub:1.1
      """;

  private final DeviceModel model;

  public IotEdgeProgram(DeviceModel model) {
    this.model = model;
  }

  public int run(List<String> arguments, Programs.Start start) throws IOException {
    boolean running =
        model.service(ServiceOperations.DAEMON).map(WindowsService::running).orElse(false);
    switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
      case "version", "--version" -> start.print("iotedge " + model.installed() + "\n");
      case "list" -> {
        if (!running) {
          start.complain(
              "A module runtime error occurred\n\tcaused by: Could not list modules\n"
                  + "\tcaused by: an error occurred trying to connect: No connection could be made"
                  + " because the target machine actively refused it. (os error 10061)\n\n");
          return 1;
        }
        start.print(LIST);
      }
      case "check" -> {
        start.print(
            "Configuration checks\n--------------------\n"
                + (running ? "\u221a" : "\u00d7")
                + " config.yaml is well-formed - OK\n");
        return running ? 0 : 1;
      }
      default -> {
        start.complain("error: this device knows only: iotedge list, version, check\n");
        return 1;
      }
    }
    return 0;
  }
}
