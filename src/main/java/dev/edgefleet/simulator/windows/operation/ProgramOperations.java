package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** run-command, and what jobs run of it. */
final class ProgramOperations {
  private final DeviceFiles files;
  private final Programs programs;

  ProgramOperations(DeviceFiles files, Programs programs) {
    this.files = files;
    this.programs = programs;
  }

  void run(WireRequest request, WireAnswer answer) throws IOException, InterruptedException {
    if (skips(request)) {
      answer.add("skipped", true).add("exit_code", 0);
      return;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    check(request);
    int code = run(request, out, err);
    answer.add("skipped", false).add("exit_code", code);
    answer.body(out.toByteArray()).errors(err.toByteArray());
  }

  /** Whether creates or removes make it unnecessary; fails when its directory is missing. */
  boolean skips(WireRequest request) throws IOException {
    String directory = directory(request);
    return (request.given("creates") && any(directory, request.value("creates")))
        || (request.given("removes") && !any(directory, request.value("removes")));
  }

  private String directory(WireRequest request) throws IOException {
    if (!request.given("chdir")) {
      return "C:\\Users\\edge";
    }
    DeviceFiles.Entry entry = files.follow(request.value("chdir"));
    return switch (entry.kind()) {
      case DIRECTORY -> entry.path();
      case ABSENT -> throw new OperationFailed("no-folder", entry.path());
      default -> throw new OperationFailed("not-a-directory", entry.path());
    };
  }

  private boolean any(String directory, String pattern) throws IOException {
    if (!pattern.matches(".*[*?\\[].*")) {
      return files.look(DeviceFiles.full(directory, pattern)).kind() != Kind.ABSENT;
    }
    String text = pattern.replace('/', '\\');
    int slash = text.lastIndexOf('\\');
    String in = slash < 0 ? directory : DeviceFiles.full(directory, text.substring(0, slash + 1));
    Path parent = files.file(in);
    if (!Files.isDirectory(parent)) {
      return false;
    }
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + text.substring(slash + 1));
    try (Stream<Path> children = Files.list(parent)) {
      return children.anyMatch(child -> matcher.matches(child.getFileName()));
    }
  }

  /** Fails when the parameters name no program, or a text and nothing that could run it. */
  static void check(WireRequest request) {
    for (String variable : request.list("env")) {
      if (variable.indexOf('=') < 1) {
        throw new OperationFailed("bad-environment", variable);
      }
    }
    if (!request.given("file") && !request.given("arg1")) {
      throw new OperationFailed("protocol", "no program");
    }
    if (request.given("text")) {
      String shell = shell(request);
      if (!List.of("powershell", "pwsh", "cmd").contains(shell)) {
        throw new OperationFailed("no-program", request.value("arg1") + " that could run a text");
      }
      if (shell.equals("cmd") && request.body().length > 0) {
        throw new OperationFailed("protocol", "a text for cmd has no standard input");
      }
    }
  }

  private static String shell(WireRequest request) {
    String name = DeviceFiles.name(request.value("arg1").replace('/', '\\'));
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.exe$", "");
  }

  int run(WireRequest request, OutputStream out, OutputStream err)
      throws IOException, InterruptedException {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String variable : request.list("env")) {
      int at = variable.indexOf('=');
      environment.put(variable.substring(0, at), variable.substring(at + 1));
    }
    List<String> words = new ArrayList<>(request.list("arg"));
    if (request.given("file")) {
      String name = request.value("file");
      if (name.isEmpty() || name.matches("\\.\\.?|.*[\\\\/:].*")) {
        throw new OperationFailed("bad-path", name);
      }
      // A script that comes along is a text of whatever its name says.
      String extension = name.substring(Math.max(0, name.lastIndexOf('.')));
      words =
          switch (extension.toLowerCase(Locale.ROOT)) {
            case ".cmd", ".bat" -> List.of("cmd");
            case ".ps1" -> List.of("powershell");
            default -> request.given("interpreter1") ? request.list("interpreter") : List.of(name);
          };
    }
    Programs.Start start =
        new Programs.Start(words, request.body(), environment, directory(request), out, err);
    if (!request.given("text")) {
      return programs.run(start);
    }
    String text = request.value("text");
    return shell(request).equals("cmd")
        ? programs.line(text, start)
        : programs.run(start.with(List.of("powershell", "-Command", text)));
  }
}
