package dev.edgefleet.run;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.Actions;
import dev.edgefleet.action.control.AssertAction;
import dev.edgefleet.action.control.DebugAction;
import dev.edgefleet.action.control.FailAction;
import dev.edgefleet.action.control.IncludeVarsAction;
import dev.edgefleet.action.control.PauseAction;
import dev.edgefleet.action.control.SetFactAction;
import dev.edgefleet.action.file.CopyAction;
import dev.edgefleet.action.file.FetchAction;
import dev.edgefleet.action.file.FileAction;
import dev.edgefleet.action.file.LineInFileAction;
import dev.edgefleet.action.file.StatAction;
import dev.edgefleet.action.file.TemplateAction;
import dev.edgefleet.action.program.CommandAction;
import dev.edgefleet.action.program.ScriptAction;
import dev.edgefleet.action.program.ShellAction;
import dev.edgefleet.action.system.PingAction;
import dev.edgefleet.action.system.RebootAction;
import dev.edgefleet.action.system.ServiceAction;
import dev.edgefleet.action.system.SetupAction;
import dev.edgefleet.action.system.WaitForAction;
import dev.edgefleet.action.system.WaitForConnectionAction;
import dev.edgefleet.edge.IotedgeConfigAction;
import dev.edgefleet.edge.IotedgeProvisionAction;
import dev.edgefleet.edge.IotedgeVerifyAction;
import dev.edgefleet.edge.eflow.EflowCommandAction;
import dev.edgefleet.edge.eflow.EflowCopyAction;
import dev.edgefleet.edge.eflow.EflowInstallAction;
import dev.edgefleet.edge.eflow.EflowProvisionAction;
import dev.edgefleet.edge.eflow.EflowVerifyAction;
import dev.edgefleet.edge.module.IotedgeListAction;
import dev.edgefleet.edge.windows.IotedgeInstallAction;
import dev.edgefleet.edge.windows.IotedgeUninstallAction;
import java.util.List;

/** The one list of all actions that a playbook may name: a new one is a line here. */
public final class AllActions {
  private AllActions() {}

  public static Actions make() {
    return new Actions(list());
  }

  public static List<Action<?>> list() {
    return List.of(
        new AssertAction(),
        new CommandAction(),
        new CopyAction(),
        new DebugAction(),
        new FailAction(),
        new FetchAction(),
        new FileAction(),
        new IncludeVarsAction(),
        new LineInFileAction(),
        new PauseAction(),
        new PingAction(),
        new RebootAction(),
        new ScriptAction(),
        new ServiceAction(),
        new SetFactAction(),
        new SetupAction(),
        new ShellAction(),
        new StatAction(),
        new TemplateAction(),
        new WaitForAction(),
        new WaitForConnectionAction(),
        new EflowCommandAction(),
        new EflowCopyAction(),
        new EflowInstallAction(),
        new EflowProvisionAction(),
        new EflowVerifyAction(),
        new IotedgeConfigAction(),
        new IotedgeInstallAction(),
        new IotedgeListAction(),
        new IotedgeProvisionAction(),
        new IotedgeUninstallAction(),
        new IotedgeVerifyAction());
  }
}
