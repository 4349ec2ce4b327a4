package dev.edgefleet.action;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.FileMode;
import dev.edgefleet.playbook.Param;
import dev.edgefleet.remote.Owes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code copy}: puts a file of the controller, or a text, on the device. */
public final class CopyAction implements Action<CopyAction.Parameters> {
  /** Parameters of {@code copy}. */
  public record Parameters(
      @Param("File on the controller.") Optional<String> src,
      @Param("The file's text; instead of src.") Optional<String> content,
      @Param("Path on the device; ending in / it is a folder and the name stays.") String dest,
      @Param("User that owns it; a new file belongs to the user the task runs as.")
          Optional<String> owner,
      @Param("Group of the file.") Optional<String> group,
      @Param(
              "Permission bits, as \"0644\". Without it an existing file keeps its own; a new one gets"
                  + " 0644, or 0600 when it holds a private key.")
          Optional<FileMode> mode,
      @Param(value = "Keep the old file beside the new one.", byDefault = "false") boolean backup,
      @Param("A service that must restart when this file changes; noted on the device.")
          Optional<String> owesRestart,
      @Param(
              value = "Folder on the device for notes of owed restarts.",
              byDefault = "/var/lib/edgefleet")
          String stateDir) {
    public Parameters {
      if (src.isPresent() == content.isPresent()) {
        throw new BadInput("copy needs either 'src' or 'content'", "give one of them");
      }
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
    return Documentation.of("Puts a file of the controller, or a text, on the device.");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    byte[] content =
        parameters
            .src()
            .map(src -> bytes(context.controllerFile(src)))
            .orElseGet(() -> parameters.content().orElse("").getBytes(StandardCharsets.UTF_8));
    DeviceFile.Wanted wanted =
        new DeviceFile.Wanted(
            destination(parameters),
            content,
            parameters.owner(),
            parameters.group(),
            parameters.mode(),
            parameters.backup(),
            parameters.owesRestart().map(service -> new Owes(service, parameters.stateDir())));
    DeviceFile.Result result = DeviceFile.put(wanted, context);
    return Outcome.of(result.done(), wanted.path() + " is as wanted")
        .withChanges(result.changes())
        .withValues(
            Map.of("dest", wanted.path(), "checksum", result.sha256(), "size", content.length));
  }

  private static String destination(Parameters parameters) {
    if (!parameters.dest().endsWith("/")) {
      return parameters.dest();
    }
    String source =
        parameters
            .src()
            .orElseThrow(
                () ->
                    new BadInput(
                        "'dest' is the folder " + parameters.dest() + " but 'content' has no name",
                        "add a file name to dest"));
    return parameters.dest() + Path.of(source).getFileName();
  }

  private static byte[] bytes(Path file) {
    if (Files.isDirectory(file)) {
      throw new BadInput(file + " is a folder", "copy takes one file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInput("cannot read " + file + ": " + e.getMessage(), "check its permissions");
    }
  }
}
