package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.Trait;
import dev.edgefleet.simulator.windows.edge.Cmdlet;
import dev.edgefleet.simulator.windows.edge.CmdletAnswer;
import dev.edgefleet.simulator.windows.edge.CmdletCall;
import dev.edgefleet.simulator.windows.edge.CmdletRun;
import dev.edgefleet.simulator.windows.edge.EflowCmdlets;
import dev.edgefleet.simulator.windows.edge.IotEdgeCmdlets;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** invoke-cmdlet, and what jobs call of it. */
final class CmdletOperations {
  private final DeviceFiles files;
  private final DeviceModel model;
  private final Map<String, Cmdlet> ofScript;
  private final Map<String, Cmdlet> ofModule;

  CmdletOperations(DeviceFiles files, DeviceModel model, IotEdgeCmdlets edge, EflowCmdlets eflow) {
    this.files = files;
    this.model = model;
    ofScript = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ofScript.putAll(edge.all());
    ofModule = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ofModule.putAll(eflow.all());
  }

  void invoke(WireRequest request, WireAnswer answer) throws IOException, InterruptedException {
    CmdletAnswer told = call(CmdletCall.of(request));
    answer.add("exit_code", told.exitCode()).add("skipped", false).body(told.json());
  }

  CmdletAnswer call(CmdletCall call) throws IOException, InterruptedException {
    CmdletRun run = new CmdletRun(call);
    try {
      Cmdlet cmdlet = find(call);
      Thread.sleep(model.pace());
      cmdlet.call(call, run);
      return run.answer("");
    } catch (CmdletRun.Thrown e) {
      return run.answer(String.valueOf(e.getMessage()));
    }
  }

  private Cmdlet find(CmdletCall call) throws IOException {
    String load = call.load();
    boolean script = !load.isEmpty() && !load.startsWith("module ");
    if (load.startsWith("http:")) {
      throw new OperationFailed("protocol", "a script is loaded by https, or from the device");
    }
    if (load.startsWith("https://")) {
      if (model.has(InjectedFault.NO_DOWNLOAD)) {
        throw new CmdletRun.Thrown("The remote name could not be resolved");
      }
    } else if (script && files.follow(load).kind() != Kind.FILE) {
      throw new OperationFailed("missing", files.full(load));
    }
    if (load.startsWith("module ") && !load.equals("module AzureEFLOW")) {
      throw notLoaded(load.substring("module ".length()));
    }
    if (load.equals("module AzureEFLOW") && !model.is(Trait.EFLOW_MODULE)) {
      throw notLoaded("AzureEFLOW");
    }
    Cmdlet cmdlet = null;
    if (script) {
      cmdlet = ofScript.get(call.name());
    }
    if (cmdlet == null && model.is(Trait.EFLOW_MODULE)) {
      cmdlet = ofModule.get(call.name());
    }
    if (cmdlet == null) {
      throw new CmdletRun.Thrown(
          "The term '"
              + call.name()
              + "' is not recognized as the name of a cmdlet, function, script file, or operable"
              + " program. Check the spelling of the name, or if a path was included, verify that"
              + " the path is correct and try again.");
    }
    return cmdlet;
  }

  private static CmdletRun.Thrown notLoaded(String module) {
    return new CmdletRun.Thrown(
        "The specified module '"
            + module
            + "' was not loaded because no valid module file was found in any module directory.");
  }
}
