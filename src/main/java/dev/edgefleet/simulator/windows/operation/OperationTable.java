package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.Programs;
import dev.edgefleet.simulator.windows.edge.EflowCmdlets;
import dev.edgefleet.simulator.windows.edge.EflowMachine;
import dev.edgefleet.simulator.windows.edge.IotEdgeCmdlets;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Every operation that a device answers, by the name of its script. */
public final class OperationTable {
  private final Map<String, DeviceOperation> operations = new HashMap<>();
  private final LockOperations lock;
  private final JobOperations jobs;

  public OperationTable(
      DeviceFiles files,
      DeviceModel model,
      SystemOperations system,
      ServiceOperations services,
      Programs programs,
      EflowMachine machine) {
    lock = new LockOperations(files);
    LookingOperations looking = new LookingOperations(files, model);
    WriteOperations write = new WriteOperations(files, model);
    DirectoryOperations directories = new DirectoryOperations(files, model);
    ProgramOperations program = new ProgramOperations(files, programs);
    EflowCmdlets eflow = new EflowCmdlets(files, model, machine);
    IotEdgeCmdlets edge = new IotEdgeCmdlets(files, model, services);
    CmdletOperations cmdlets = new CmdletOperations(files, model, edge, eflow);
    StateOperations state = new StateOperations(files, model, eflow, machine);
    jobs = new JobOperations(files, model, program, cmdlets);
    operations.put("stat", looking::stat);
    operations.put("read-file", looking::readFile);
    operations.put("describe-file", looking::describe);
    operations.put("check-readable", looking::checkReadable);
    operations.put("write-file", write::writeFile);
    operations.put("receive-part", write::receivePart);
    operations.put("make-directory", directories::makeDirectory);
    operations.put("set-attributes", directories::setAttributes);
    operations.put("set-tree-attributes", directories::setTreeAttributes);
    operations.put("remove", directories::remove);
    operations.put("touch-file", directories::touchFile);
    operations.put("make-link", directories::makeLink);
    operations.put("service-state", services::state);
    operations.put("control-service", services::control);
    operations.put("restart-owed", services::owed);
    operations.put("facts", system::facts);
    operations.put("boot-identity", system::bootIdentity);
    operations.put("reboot", system::reboot);
    operations.put("release-lock", lock::release);
    operations.put("prune-backups", new BackupOperations(files)::prune);
    operations.put("run-command", program::run);
    operations.put("invoke-cmdlet", cmdlets::invoke);
    operations.put("iotedge-state", state::iotedge);
    operations.put("eflow-state", state::eflow);
    operations.put("start-job", jobs::start);
    operations.put("look-at-job", jobs::look);
    operations.put("stop-job", jobs::stop);
    operations.put("prune-jobs", jobs::prune);
  }

  public JobOperations jobs() {
    return jobs;
  }

  public Set<String> names() {
    return Set.copyOf(operations.keySet());
  }

  public void perform(WireRequest request, WireAnswer answer) throws InterruptedException {
    try {
      DeviceOperation operation = operations.get(request.operation());
      if (operation == null) {
        throw new OperationFailed("protocol", "operation " + request.operation());
      }
      if (!request.lock().isEmpty()) {
        lock.enter(request, answer);
      }
      operation.perform(request, answer);
    } catch (OperationFailed e) {
      answer.fail(e);
    } catch (IOException e) {
      answer.fail(OperationFailed.of(e));
    }
  }
}
