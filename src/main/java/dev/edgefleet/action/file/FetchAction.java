package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.JinjaExpression;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.ReadFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code fetch}: brings a file of the device to the controller. */
public final class FetchAction implements Action<FetchAction.Parameters> {
  private static final long LARGEST = 48L << 20;
  private static final String PRIVATE_KEY = "PRIVATE KEY-----";

  /** Parameters of {@code fetch}. */
  public record Parameters(
      @Param("File on the device.") String src,
      @Param(
              "Directory on the controller, relative to the playbook; the file becomes"
                  + " dest/DEVICE/src.")
          String dest,
      @Param(
              value = "The file becomes dest itself, or dest/NAME when dest ends in /.",
              byDefault = "false")
          boolean flat,
      @Param(value = "A missing file fails the device.", byDefault = "true") boolean failOnMissing,
      @Param(
              value = "Compare the SHA-256 of what arrived with the device's; it always is.",
              byDefault = "true")
          boolean validateChecksum,
      @Param(
              value =
                  "Follow symlinks whosever they are; else only those that root or the task's own"
                      + " user made where nobody else may write.",
              byDefault = "false")
          boolean follow) {}

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Brings a file of the device to the controller.")
        .note("One file of up to 48 MiB; a directory is packed first, with command: tar.")
        .note(
            "On the controller the file is replaced in one step. It gets mode 0644, or 0600 when it"
                + " holds a private key or when not everybody may read it on the device.")
        .note("With flat, devices overwrite each other's file unless dest has their name in it.")
        .note("A check run reads the file and says whether it would be written.")
        .example(
            "Collect the configuration of every device",
            """
            - fetch:
                src: /etc/os-release
                dest: collected
            """)
        .returning("dest", "text", "path on the controller")
        .returning("checksum", "text", "SHA-1 of the content")
        .returning("size", "number", "bytes");
  }

  @Override
  public Outcome apply(Parameters parameters, ActionContext context) {
    FileContent read =
        context.perform(new ReadFile(parameters.src(), LARGEST, parameters.follow()));
    if (read.state().kind() == FileState.Kind.ABSENT) {
      String missing = "there is no " + parameters.src() + " on the device";
      return (parameters.failOnMissing()
              ? Outcome.failed(missing, "check src, or set fail_on_missing: false")
              : Outcome.ok(missing))
          .withValues(Map.of("file", parameters.src()));
    }
    byte[] content = read.bytes();
    Path dest = destination(parameters, context);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("dest", dest.toString());
    values.put("checksum", DeviceFile.digest("SHA-1", content));
    values.put("size", (long) content.length);
    if (holds(dest, content)) {
      return Outcome.ok(dest + " is the same").withValues(values);
    }
    if (!context.check()) {
      ControllerFile.write(dest, content, isSecret(read));
    }
    return Outcome.changed("fetched " + parameters.src() + " to " + dest).withValues(values);
  }

  private static boolean isSecret(FileContent read) {
    boolean forEverybody =
        read.state().mode().filter(mode -> (Integer.parseInt(mode, 8) & 4) != 0).isPresent();
    return !forEverybody
        || new String(read.bytes(), StandardCharsets.ISO_8859_1).contains(PRIVATE_KEY);
  }

  private static Path destination(Parameters parameters, ActionContext context) {
    Path playbook = Path.of(String.valueOf(context.evaluate(new JinjaExpression("playbook_dir"))));
    Path dest = playbook.resolve(parameters.dest());
    String src = parameters.src();
    String name = DevicePath.of(src, context).name();
    if (parameters.flat()) {
      if (parameters.dest().endsWith("/")) {
        return dest.resolve(name);
      }
      if (Files.isDirectory(dest)) {
        throw new BadInput(
            dest + " is a directory on the controller", "end dest with / to fetch into it");
      }
      return dest;
    }
    Path root = dest.resolve(context.device()).normalize();
    if (!root.startsWith(dest.normalize()) || root.equals(dest.normalize())) {
      throw new BadInput(
          "the device's name leads out of 'dest': " + context.device(), "give it another name");
    }
    // C:\logs\a.txt goes to C/logs/a.txt.
    String below = context.onWindows() ? src.replace('\\', '/').replace(":", "") : src;
    Path file = root.resolve(below.replaceFirst("^/+", "")).normalize();
    if (!file.startsWith(root)) {
      throw new BadInput("'src' leads out of its directory: " + src, "write it without ..");
    }
    return file;
  }

  private static boolean holds(Path file, byte[] content) {
    try {
      return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException e) {
      return false;
    }
  }
}
