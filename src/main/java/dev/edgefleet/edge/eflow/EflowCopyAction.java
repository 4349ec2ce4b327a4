package dev.edgefleet.edge.eflow;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.LinuxSupport;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.edge.windows.Cmdlets;
import dev.edgefleet.edge.windows.SetupScript;
import dev.edgefleet.edge.windows.Windows;
import dev.edgefleet.edge.windows.WindowsDirectories;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.identity.CertificateFacts;
import dev.edgefleet.io.Hash;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.RemoveFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.program.CmdletArgument;
import dev.edgefleet.remote.program.CmdletResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code eflow_copy}: puts a file of the controller into an EFLOW machine. */
public final class EflowCopyAction implements Action<EflowCopyAction.Parameters> {
  private static final String STAGING = WindowsDirectories.OWN + "\\eflow";
  private static final String HOME = "/home/iotedge-user/";

  /** Parameters of {@code eflow_copy}. */
  public record Parameters(
      @Param("File on the controller.") String src,
      @Param("Full path in the machine; its directory must be there.") String dest,
      @Param(value = "User that owns it.", byDefault = "root") String owner,
      @Param(value = "Permission bits.", byDefault = "0644") FileMode mode) {
    public Parameters {
      if (!dest.matches("/[A-Za-z0-9._/@+-]*[A-Za-z0-9._@+-]")) {
        throw new BadInput(
            "'dest' is '" + dest + "'", "give a full path of letters, digits and . _ - @ +");
      }
      if (mode.isSymbolic()) {
        throw new BadInput("'mode' is '" + mode.text() + "'", "write octal digits, as \"0644\"");
      }
      if (!owner.matches("[a-z_][a-z0-9_-]*")) {
        throw new BadInput("'owner' is '" + owner + "'", "give the name of a Linux user");
      }
    }
  }

  @Override
  public String name() {
    return "eflow_copy";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public LinuxSupport onLinux() {
    return new LinuxSupport.None();
  }

  @Override
  public Documentation documentation() {
    return Documentation.of(
            "Puts a file of the controller into the machine of IoT Edge for Linux on Windows.")
        .note(
            "It goes to the Windows host, through Copy-EflowVmFile to the home of iotedge-user, and"
                + " from there to its place in one step, only when its content differs.")
        .example(
            "A CA certificate",
            """
            - eflow_copy:
                src: certificates/ca.pem
                dest: /etc/ssl/certs/our-ca.pem
            """)
        .returningCertificate("when the file is not made of certificates");
  }

  @Override
  public void checkFiles(TaskPreview task) {
    SetupScript.check("src", task);
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    Windows.require(this, context);
    byte[] content = context.content(context.controllerFile(wanted.src()));
    Map<String, Object> certificate =
        CertificateFacts.ofFirst(content).map(CertificateFacts::named).orElse(Map.of());
    return copy(wanted, content, context).withValues(certificate).withReported(certificate);
  }

  private static Outcome copy(Parameters wanted, byte[] content, ActionContext context) {
    if (context.check() && !Eflow.look(context).deployed()) {
      return Outcome.changed("would write " + wanted.dest() + " once there is a machine");
    }
    Eflow.deployed(context);
    String sha256 = Hash.sha256Hex(content);
    CmdletResult found = Eflow.lookInVm("sudo sha256sum " + wanted.dest(), context);
    if (found.ok() && found.output().strip().startsWith(sha256)) {
      return Outcome.ok(wanted.dest() + " is as wanted");
    }
    if (context.check()) {
      return Outcome.changed("would write " + wanted.dest() + " in the machine");
    }
    String name = "edgefleet-" + sha256.substring(0, 16);
    String staged = STAGING + "\\" + name;
    SetupScript.makeDirectory(STAGING, context);
    context.perform(
        new WriteFile(
            staged,
            content,
            Optional.empty(),
            Optional.empty(),
            Optional.of("0600"),
            Optional.empty(),
            false,
            Optional.empty()));
    Cmdlets.call(
        Eflow.cmdlet(
            "Copy-EflowVmFile",
            List.of(
                CmdletArgument.text("fromFile", staged),
                CmdletArgument.text("toFile", HOME + name),
                CmdletArgument.flag("pushFile"))),
        context);
    context.perform(new RemoveFile(staged, false));
    Cmdlets.call(Eflow.inVm(install(wanted, HOME + name)), context);
    CmdletResult after = Eflow.lookInVm("sudo sha256sum " + wanted.dest(), context);
    if (!after.output().strip().startsWith(sha256)) {
      throw new StepFailed(
          "the machine's " + wanted.dest() + " has another content than was sent",
          "run again; when it stays so, see what writes to it");
    }
    return Outcome.changed("wrote " + wanted.dest() + " in the machine");
  }

  // A rename at the end: readers see the old file or the new one.
  private static String install(Parameters wanted, String from) {
    String part = wanted.dest() + ".edgefleet~";
    return "sudo install -o "
        + wanted.owner()
        + " -m "
        + wanted.mode().text()
        + " "
        + from
        + " "
        + part
        + " && sudo mv "
        + part
        + " "
        + wanted.dest()
        + " && rm -f "
        + from;
  }
}
