package dev.edgefleet.simulator.windows;

import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.edge.IotEdgeProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The few programs that a device has. */
public final class Programs {
  private static final int NOT_FOUND = 127;

  private final DeviceFiles files;
  private final DeviceModel model;
  private final IotEdgeProgram iotedge;

  Programs(DeviceFiles files, DeviceModel model, IotEdgeProgram iotedge) {
    this.files = files;
    this.model = model;
    this.iotedge = iotedge;
  }

  /**
   * A program, its input, and where it prints.
   *
   * @param directory it runs in, as Windows has it
   */
  public record Start(
      List<String> words,
      byte[] input,
      Map<String, String> environment,
      String directory,
      OutputStream out,
      OutputStream err) {
    public Start with(List<String> others) {
      return new Start(others, input, environment, directory, out, err);
    }

    public void print(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    public void complain(String text) throws IOException {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    }
  }

  /** Runs it to its end; 127 for one that the device does not have. */
  public int run(Start start) throws IOException, InterruptedException {
    String program = DeviceFiles.name(start.words().getFirst().replace('/', '\\'));
    String name = program.toLowerCase(Locale.ROOT).replaceFirst("\\.(exe|com|cmd)$", "");
    List<String> arguments = start.words().subList(1, start.words().size());
    switch (name) {
      case "hostname" -> start.print(model.name() + "\r\n");
      case "whoami" -> start.print(model.user().toLowerCase(Locale.ROOT) + "\r\n");
      case "ipconfig" ->
          start.print("\r\nWindows IP Configuration\r\n\r\n   IPv4 Address. . . : 192.0.2.10\r\n");
      case "more", "sort" -> {
        start.out().write(start.input());
        start.out().flush();
      }
      case "ping", "timeout" -> Thread.sleep(1000L * seconds(arguments));
      case "msiexec" -> {
        return install(arguments);
      }
      case "iotedge" -> {
        if (model.installed().isEmpty()) {
          start.complain(
              start.words().getFirst() + ": The system cannot find the file specified\n");
          return NOT_FOUND;
        }
        return iotedge.run(arguments, start);
      }
      case "cmd" -> {
        return cmd(arguments, start);
      }
      case "powershell", "pwsh" -> {
        return powershell(arguments, start);
      }
      default -> {
        start.complain(start.words().getFirst() + ": The system cannot find the file specified\n");
        return NOT_FOUND;
      }
    }
    return 0;
  }

  private static int seconds(List<String> arguments) {
    return arguments.stream()
        .filter(word -> word.matches("[0-9]{1,6}"))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(4);
  }

  /** Windows Installer: EFLOW's package, by its name. */
  private int install(List<String> arguments) throws IOException {
    int at = arguments.indexOf("/i");
    if (at < 0 || at + 1 == arguments.size()) {
      return 1639;
    }
    String file = arguments.get(at + 1);
    boolean there = file.startsWith("https://") || files.follow(file).kind() == Kind.FILE;
    if (!there || (file.startsWith("https://") && model.has(InjectedFault.NO_DOWNLOAD))) {
      return 1619;
    }
    if (!model.is(Trait.ADMINISTRATOR)) {
      return 1603;
    }
    model.set(Trait.EFLOW_MODULE, true);
    return 0;
  }

  private int cmd(List<String> arguments, Start start) throws IOException, InterruptedException {
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i).toLowerCase(Locale.ROOT);
      if (option.equals("/c")) {
        return line(String.join(" ", arguments.subList(i + 1, arguments.size())), start);
      }
    }
    // What is typed comes on standard input.
    return line(new String(start.input(), StandardCharsets.UTF_8), start);
  }

  /** What cmd makes of a line; also what WinRM hands to it. */
  public int line(String line, Start start) throws IOException, InterruptedException {
    int code = 0;
    for (String part : CommandLineSplit.commands(line)) {
      boolean onlyAfter0 = part.startsWith("&&");
      String command = (onlyAfter0 ? part.substring(2) : part).strip();
      if (command.isEmpty() || (onlyAfter0 && code != 0)) {
        continue;
      }
      command = expand(command, code, start.environment());
      List<String> words = CommandLineSplit.split(command);
      String name = words.getFirst().toLowerCase(Locale.ROOT);
      if (name.equals("exit")) {
        return words.size() > 1 && words.getLast().matches("-?[0-9]+")
            ? Integer.parseInt(words.getLast())
            : code;
      }
      code = command(name, command, start.with(words));
    }
    return code;
  }

  private int command(String name, String command, Start start)
      throws IOException, InterruptedException {
    switch (name) {
      case "echo" -> start.print(command.substring(4).stripLeading() + "\r\n");
      case "rem", "@echo" -> {}
      case "cd" -> start.print(start.directory() + "\r\n");
      case "ver" -> start.print("\r\nMicrosoft Windows [Version 10.0." + model.build() + ".1]\r\n");
      case "type" -> {
        String path = DeviceFiles.full(start.directory(), start.words().getLast());
        if (files.follow(path).kind() != Kind.FILE) {
          start.complain("The system cannot find the file specified.\r\n");
          return 1;
        }
        start.out().write(Files.readAllBytes(files.follow(path).file()));
      }
      default -> {
        int code = run(start);
        if (code == NOT_FOUND) {
          start.complain(
              "'"
                  + start.words().getFirst()
                  + "' is not recognized as an internal or external"
                  + " command,\r\noperable program or batch file.\r\n");
          return 1;
        }
        return code;
      }
    }
    return 0;
  }

  private String expand(String command, int code, Map<String, String> environment) {
    String text = command.replace("%ERRORLEVEL%", Integer.toString(code));
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      text = text.replace("%" + variable.getKey() + "%", variable.getValue());
    }
    return text.replace("%COMPUTERNAME%", model.name()).replace("%USERNAME%", "edge");
  }

  private int powershell(List<String> arguments, Start start)
      throws IOException, InterruptedException {
    Optional<PowerShellCommandLine> encoded = PowerShellCommandLine.of(start.words());
    if (encoded.isPresent()) {
      return new TinyPowerShell(files, model).run(encoded.get().text(), start);
    }
    int at = -1;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).toLowerCase(Locale.ROOT).matches("-c(ommand)?")) {
        at = i;
      }
    }
    String text =
        at < 0
            ? new String(start.input(), StandardCharsets.UTF_8)
            : String.join(" ", arguments.subList(at + 1, arguments.size()));
    return new TinyPowerShell(files, model).run(text, start);
  }
}
