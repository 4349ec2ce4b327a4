package dev.edgefleet.simulator.windows.edge;

import dev.edgefleet.simulator.windows.CommandLineSplit;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.ScriptNotation;
import dev.edgefleet.simulator.windows.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** EFLOW's virtual machine: a directory of its own, {@code eflow-vm} beside {@code C}. */
public final class EflowMachine {
  private static final String DELIVERED =
      """
      # As delivered.
      provisioning:
        source: "manual"
        device_connection_string: "<ADD DEVICE CONNECTION STRING HERE>"
      """;

  private final Path root;
  private final DeviceModel model;

  public EflowMachine(Path root, DeviceModel model) {
    this.root = root;
    this.model = model;
  }

  /** What a command in it came to. */
  record Result(int code, String out, String err) {}

  Path file(String path) {
    return root.resolve(path.replaceFirst("^/+", ""));
  }

  boolean toml() {
    return !model.eflowVersion().startsWith("1.1") && !model.eflowVersion().startsWith("1.0");
  }

  String config() {
    return toml() ? "/etc/aziot/config.toml" : "/etc/iotedge/config.yaml";
  }

  String delivered() {
    return "/var/.eflow/config/" + (toml() ? "config.toml" : "config.yaml");
  }

  public void create() throws IOException {
    for (String path : List.of(config(), delivered())) {
      Files.createDirectories(file(path).getParent());
      Files.writeString(file(path), toml() ? "# As delivered.\n" : DELIVERED);
    }
    for (String directory :
        List.of("/home/iotedge-user", "/tmp", "/etc/ssl/certs", EflowConfig.DIRECTORY)) {
      Files.createDirectories(file(directory));
    }
  }

  public boolean provisioned() throws IOException {
    return Files.exists(file(config())) && Files.mismatch(file(config()), file(delivered())) >= 0;
  }

  /** Commands joined by {@code &&}; the first that fails ends it. */
  Result run(String line) throws IOException {
    StringBuilder out = new StringBuilder();
    for (String command : line.split("&&", -1)) {
      Result result = one(command.strip());
      out.append(result.out());
      if (result.code() != 0) {
        return new Result(result.code(), out.toString(), result.err());
      }
    }
    return new Result(0, out.toString(), "");
  }

  private Result one(String command) throws IOException {
    List<String> words = new ArrayList<>(CommandLineSplit.split(command));
    if (!words.isEmpty() && words.getFirst().equals("sudo")) {
      words.removeFirst();
    }
    if (words.isEmpty()) {
      return new Result(0, "", "");
    }
    String program = words.removeFirst();
    List<String> paths = words.stream().filter(word -> word.startsWith("/")).toList();
    switch (program) {
      case "iotedge" -> {
        return iotedge(words);
      }
      case "systemctl" -> {
        return systemctl(words);
      }
      case "cat" -> {
        return read(program, paths);
      }
      case "sha256sum" -> {
        return sums(paths);
      }
      case "test" -> {
        return new Result(
            paths.stream().allMatch(path -> Files.exists(file(path))) ? 0 : 1, "", "");
      }
      case "mkdir" -> {
        for (String path : paths) {
          Files.createDirectories(file(path));
        }
      }
      case "rm" -> {
        for (String path : paths) {
          Files.deleteIfExists(file(path));
        }
      }
      case "cp", "mv", "install" -> {
        return copy(program, words, paths);
      }
      case "chown", "chmod", "sync", "true" -> {}
      default -> {
        return new Result(127, "", "bash: " + program + ": command not found");
      }
    }
    return new Result(0, "", "");
  }

  private Result read(String program, List<String> paths) throws IOException {
    StringBuilder out = new StringBuilder();
    for (String path : paths) {
      if (!Files.isRegularFile(file(path))) {
        return missing(program, path);
      }
      out.append(Files.readString(file(path)));
    }
    return new Result(0, out.toString(), "");
  }

  private Result sums(List<String> paths) throws IOException {
    StringBuilder out = new StringBuilder();
    String missing = "";
    for (String path : paths) {
      if (Files.isRegularFile(file(path))) {
        out.append(ScriptNotation.sha256(Files.readAllBytes(file(path))))
            .append("  ")
            .append(path)
            .append('\n');
      } else {
        missing = path;
      }
    }
    return missing.isEmpty()
        ? new Result(0, out.toString(), "")
        : new Result(1, out.toString(), missing("sha256sum", missing).err());
  }

  private static Result missing(String program, String path) {
    return new Result(1, "", program + ": " + path + ": No such file or directory");
  }

  private Result copy(String program, List<String> words, List<String> paths) throws IOException {
    if (program.equals("install") && words.contains("-d")) {
      for (String path : paths) {
        Files.createDirectories(file(path));
      }
      return new Result(0, "", "");
    }
    if (paths.size() < 2) {
      return new Result(1, "", program + ": missing destination file operand");
    }
    Path from = file(paths.getFirst());
    if (!Files.isRegularFile(from)) {
      return missing(program, paths.getFirst());
    }
    Path to = file(paths.getLast());
    if (Files.isDirectory(to)) {
      to = to.resolve(from.getFileName());
    }
    Path directory = to.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      return missing(program, paths.getLast());
    }
    Files.write(to, Files.readAllBytes(from));
    if (program.equals("mv")) {
      Files.delete(from);
    }
    return new Result(0, "", "");
  }

  private Result systemctl(List<String> words) throws IOException {
    String verb = words.isEmpty() ? "" : words.getFirst();
    if (verb.equals("is-active")) {
      boolean up = model.is(Trait.EFLOW_DAEMON);
      return new Result(up ? 0 : 3, (up ? "active" : "inactive") + "\n", "");
    }
    if (verb.equals("restart") || verb.equals("start")) {
      restartDaemon();
    }
    return new Result(0, "", "");
  }

  void restartDaemon() throws IOException {
    model.set(Trait.EFLOW_DAEMON, provisioned() && !model.has(InjectedFault.EFLOW_DAEMON_FAILS));
  }

  private Result iotedge(List<String> words) throws IOException {
    String command = String.join(" ", words);
    boolean up = model.is(Trait.EFLOW_DAEMON);
    if (command.equals("version")) {
      return new Result(0, "iotedge " + model.eflowVersion() + "\n", "");
    }
    if (command.equals("list")) {
      return up
          ? new Result(0, IotEdgeProgram.LIST, "")
          : new Result(1, "", "A module runtime error occurred");
    }
    if (command.equals("check")) {
      String mark = up ? "\u221a" : "\u00d7";
      return new Result(up ? 0 : 1, mark + " config is well-formed - OK\n", "");
    }
    if (command.startsWith("system logs")) {
      return new Result(
          0,
          "-- Logs begin --\niotedged: "
              + (up ? "Finished provisioning edge device." : "stopped")
              + "\n",
          "");
    }
    if (command.equals("system restart") || command.equals("config apply")) {
      restartDaemon();
      return new Result(0, "Azure IoT Edge has been configured successfully!\n", "");
    }
    return new Result(1, "", "error: unknown command " + command);
  }
}
