package dev.edgefleet.edge.windows;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.program.JobRun;
import dev.edgefleet.remote.program.CmdletResult;
import dev.edgefleet.remote.program.QueryCmdlet;
import dev.edgefleet.remote.program.RunCmdlet;

/** Calls of cmdlets, as actions make them. */
public final class Cmdlets {
  private Cmdlets() {}

  /** Calls it and waits on the connection: for what takes no longer than a few minutes. */
  public static CmdletResult call(RunCmdlet cmdlet, ActionContext context) {
    return succeeded(cmdlet, CmdletResult.of(context.perform(cmdlet)));
  }

  /** Calls it as a scheduled task, apart from the connection, and waits for its receipt. */
  public static CmdletResult callAsJob(RunCmdlet cmdlet, ActionContext context) {
    JobRun.Over over = new JobRun(cmdlet.cmdlet(), context).run(cmdlet);
    return succeeded(cmdlet, CmdletResult.of(over.output()));
  }

  /** Whether a process before this one began that as a job of this step. */
  public static boolean begun(String cmdlet, ActionContext context) {
    return !context.check() && new JobRun(cmdlet, context).begun();
  }

  /** Calls what only looks; its failing is a result. */
  public static CmdletResult look(RunCmdlet cmdlet, ActionContext context) {
    return CmdletResult.of(context.perform(new QueryCmdlet(cmdlet)));
  }

  private static CmdletResult succeeded(RunCmdlet cmdlet, CmdletResult result) {
    if (!result.ok()) {
      throw CmdletFailure.of(cmdlet.cmdlet(), result);
    }
    return result;
  }
}
