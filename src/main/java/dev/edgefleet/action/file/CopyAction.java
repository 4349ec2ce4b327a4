package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.TaskPreview;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.playbook.parameter.FileMode;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.playbook.parameter.TextOrStructure;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.file.StatFile;
import dev.edgefleet.remote.service.PendingRestart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code copy}: puts a file or directory of the controller, or a text, on the device. */
public final class CopyAction implements Action<CopyAction.Parameters> {
  private static final long LARGEST_ON_DEVICE = 48L << 20;

  /** Parameters of {@code copy}. */
  public record Parameters(
      @Param(
              "File or directory on the controller. Of a directory that ends in / only what it holds goes"
                  + " to dest.")
          Optional<String> src,
      @Param("The file's text; instead of src. A list or mapping is written as JSON.")
          Optional<TextOrStructure> content,
      @Param("Path on the device; a directory, or ending in /, the name stays.") String dest,
      @Param("User that owns it; a new file belongs to the user the task runs as.")
          Optional<String> owner,
      @Param("Group of the file.") Optional<String> group,
      @Param(
              "Permission bits, as \"0644\" or u=rw,g=r,o=. Without it an existing file keeps its own; a new one gets"
                  + " 0644, or 0600 when it holds a private key.")
          Optional<FileMode> mode,
      @Param("Permission bits of directories that are made; 0755 without it.")
          Optional<FileMode> directoryMode,
      @Param(value = "Keep the old file beside the new one.", byDefault = "false") boolean backup,
      @Param(value = "Replace a file that has another content.", byDefault = "true") boolean force,
      @Param(value = "src is a file on the device.", byDefault = "false") boolean remoteSrc,
      @Param("A service that must restart when this file changes; noted on the device.")
          Optional<String> owesRestart,
      @Param(
              value = "Directory on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir,
      @Param(
              "Command that has to accept the new content before it takes the old one's place, with %s"
                  + " for the file that holds it, as in visudo -cf %s.")
          Optional<String> validate,
      @Param(
              value =
                  "Follow symlinks whosever they are; else only those that root or the task's own"
                      + " user made where nobody else may write.",
              byDefault = "false")
          boolean follow) {
    public Parameters {
      if (src.isPresent() == content.isPresent()) {
        throw new BadInput("copy needs either 'src' or 'content'", "give one of them");
      }
      if (remoteSrc && src.isEmpty()) {
        throw new BadInput("'remote_src' goes with src", "give the path on the device as src");
      }
      validate.ifPresent(Validation::of);
    }

    DeviceFile.Desired file(String path, byte[] bytes) {
      return new DeviceFile.Desired(
          path,
          bytes,
          owner,
          group,
          mode,
          backup,
          owesRestart.map(service -> new PendingRestart(service, stateDir)),
          follow,
          validate.map(Validation::of));
    }
  }

  @Override
  public String name() {
    return "copy";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Puts a file or directory of the controller, or a text, on the device.")
        .note(
            "A vaulted src arrives decrypted. A symlink at dest stays, and what it leads to is"
                + " replaced; one that somebody else may have put there is refused without follow.")
        .note(
            "A directory is copied file by file, symlinks in it as what they lead to; what else is in"
                + " dest stays.")
        .note("With remote_src only a file of up to 48 MiB; it travels over the controller.")
        .example(
            "A text",
            """
            - copy:
                content: "{{ inventory_hostname }}\\n"
                dest: /tmp/edgefleet-example/name
                mode: "0644"
            """)
        .example(
            "What a directory holds, a service restarted once for all of it",
            """
            - copy:
                src: files/app/
                dest: /tmp/edgefleet-example/app
                owes_restart: iotedge
            """)
        .returning("dest", "text", "path on the device")
        .returning("checksum", "text", "SHA-1 of a file's content")
        .returning("sha256", "text", "SHA-256 of a file's content")
        .returning("size", "number", "bytes of a file")
        .returning("backup_file", "text", "where the old file is kept, when it is")
        .returning("real_path", "text", "the file itself, where dest is a symlink to it")
        .returningCertificate("when the file is not made of certificates");
  }

  @Override
  public void checkFiles(TaskPreview task) {
    if (task.text("remote_src").filter(onDevice -> !onDevice.equals("true")).isEmpty()) {
      return;
    }
    task.text("src")
        .flatMap(src -> task.file("src", src))
        .ifPresent(file -> task.lookOnce("src", file, () -> SentFiles.look(file, task)));
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    if (!parameters.force() && isThere(parameters, context)) {
      return Outcome.ok(parameters.dest() + " is there")
          .withValues(Map.of("dest", parameters.dest()));
    }
    if (parameters.src().isEmpty()) {
      byte[] content = text(parameters, context).getBytes(StandardCharsets.UTF_8);
      return CopiedFile.put(parameters.file(parameters.dest(), content), Optional.empty(), context);
    }
    String src = parameters.src().get();
    if (parameters.remoteSrc()) {
      return CopiedFile.put(
          parameters.file(parameters.dest(), onDevice(src, parameters.follow(), context)),
          Optional.of(DevicePath.of(src, context).name()),
          context);
    }
    Path file = context.controllerFile(src);
    if (Files.isDirectory(file)) {
      return new CopiedDirectory(parameters, context).copy(file, src.endsWith("/"));
    }
    return CopiedFile.put(
        parameters.file(parameters.dest(), context.content(file)),
        Optional.of(String.valueOf(file.getFileName())),
        context);
  }

  private static String text(Parameters parameters, ActionContext context) {
    Object content = parameters.content().map(TextOrStructure::value).orElse("");
    return content instanceof String text ? text : context.json(content);
  }

  private static boolean isThere(Parameters wanted, ActionContext context) {
    FileState.Kind kind = context.perform(new StatFile(wanted.dest(), wanted.follow())).kind();
    return kind != FileState.Kind.ABSENT && kind != FileState.Kind.DIRECTORY;
  }

  private static byte[] onDevice(String src, boolean follow, ActionContext context) {
    FileContent read = context.perform(new ReadFile(src, LARGEST_ON_DEVICE, follow));
    if (read.state().kind() == FileState.Kind.ABSENT) {
      throw new StepFailed(
          "there is no " + src + " on the device",
          "check src; with remote_src it is a path on the device");
    }
    return read.bytes();
  }
}
