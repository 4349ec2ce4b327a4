package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceModel;
import dev.edgefleet.simulator.windows.InjectedFault;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import dev.edgefleet.simulator.windows.edge.CmdletAnswer;
import dev.edgefleet.simulator.windows.edge.CmdletCall;
import dev.edgefleet.transport.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * start-job, look-at-job, stop-job, prune-jobs. A scheduled task is a thread of the device, which
 * goes on when the connection ends; what it leaves are the files that the scripts leave.
 */
public final class JobOperations {
  private final DeviceFiles files;
  private final DeviceModel model;
  private final ProgramOperations programs;
  private final CmdletOperations cmdlets;
  private final Map<Path, Thread> tasks = new ConcurrentHashMap<>();

  JobOperations(
      DeviceFiles files, DeviceModel model, ProgramOperations programs, CmdletOperations cmdlets) {
    this.files = files;
    this.model = model;
    this.programs = programs;
    this.cmdlets = cmdlets;
  }

  private String directory(WireRequest request) {
    return files.stateDirectory(request)
        + "\\jobs\\"
        + request.runName()
        + "\\"
        + ScriptNotation.sha256(request.step());
  }

  synchronized void start(WireRequest request, WireAnswer answer) throws IOException {
    String directory = directory(request);
    Path job = files.file(directory);
    if (state(job).equals("absent")) {
      if (programs.skips(request)) {
        answer.add("skipped", true);
        return;
      }
      boolean cmdlet = request.given("cmdlet");
      if (cmdlet) {
        CmdletCall.of(request);
      } else {
        ProgramOperations.check(request);
      }
      if (!Files.isDirectory(files.file(DeviceFiles.parent(directory)))) {
        prune(request, request.number("keep"));
      }
      if (model.has(InjectedFault.NO_TASKS)) {
        throw new OperationFailed("failed", "the scheduled task did not start");
      }
      Files.createDirectories(job);
      Files.writeString(job.resolve("claim.1"), process());
      Files.writeString(
          job.resolve("started"),
          process() + "time " + ScriptNotation.now() + "\nstep " + request.step() + "\n");
      Files.createFile(job.resolve("output"));
      Files.createFile(job.resolve("errors"));
      Thread task = Thread.ofVirtual().unstarted(() -> run(request, job, cmdlet));
      tasks.put(job, task);
      task.start();
    }
    answer.add("skipped", false);
    tell(directory, job, answer);
  }

  private String process() {
    return "boot " + model.bootId() + "\npid 4242\nstart 1\n";
  }

  private void run(WireRequest request, Path job, boolean cmdlet) {
    String boot = model.bootId();
    try (OutputStream out = Files.newOutputStream(job.resolve("output"));
        OutputStream err = Files.newOutputStream(job.resolve("errors"))) {
      int code;
      try {
        if (cmdlet) {
          CmdletAnswer told = cmdlets.call(CmdletCall.of(request));
          out.write(told.json());
          code = told.exitCode();
        } else {
          code = programs.run(request, out, err);
        }
      } catch (OperationFailed e) {
        err.write((e.detail() + "\n").getBytes(StandardCharsets.UTF_8));
        code = 1;
      }
      if (boot.equals(model.bootId()) && !Thread.currentThread().isInterrupted()) {
        exit(job, code);
      }
    } catch (IOException e) {
      // The device's directory is gone: nobody will look.
      tasks.remove(job);
    } catch (InterruptedException e) {
      // The device went down, or stop-job notes the end itself.
      Thread.currentThread().interrupt();
    }
    tasks.remove(job);
  }

  private static void exit(Path job, int code) throws IOException {
    Path note = job.resolve("exit.new");
    Files.writeString(note, "code " + code + "\ntime " + ScriptNotation.now() + "\n");
    Files.move(note, job.resolve("exit"));
  }

  private static Optional<Map<String, String>> receipt(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, String> receipt = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        receipt.put(line.substring(0, space), line.substring(space + 1).strip());
      }
    }
    return Optional.of(receipt);
  }

  private String state(Path job) throws IOException {
    if (Files.exists(job.resolve("exit"))) {
      return "ended";
    }
    Optional<Map<String, String>> started = receipt(job.resolve("started"));
    if (started.isPresent()) {
      boolean runs =
          tasks.containsKey(job) && started.get().getOrDefault("boot", "").equals(model.bootId());
      return runs ? "running" : Files.exists(job.resolve("exit")) ? "ended" : "lost";
    }
    return "absent";
  }

  private void tell(String directory, Path job, WireAnswer answer) throws IOException {
    String state = state(job);
    answer.add("state", state).add("folder", directory);
    Map<String, String> started = receipt(job.resolve("started")).orElse(Map.of());
    if (started.containsKey("time")) {
      answer.add("started", started.getOrDefault("time", ""));
    }
    Map<String, String> exit = receipt(job.resolve("exit")).orElse(Map.of());
    if (state.equals("ended")) {
      answer.add("ended", exit.getOrDefault("time", ""));
      answer.add("exit_code", exit.getOrDefault("code", ""));
    }
    if (state.equals("lost")) {
      answer.add("other_boot", !started.getOrDefault("boot", "").equals(model.bootId()));
      answer.add("left", false);
    }
  }

  private void tellOutput(WireRequest request, Path job, WireAnswer answer) throws IOException {
    String state = state(job);
    if (!state.equals("ended") && !state.equals("lost")) {
      return;
    }
    long limit = request.number("limit");
    int tail = (int) request.number("tail");
    byte[] output = content(job.resolve("output"));
    boolean cut = output.length > limit;
    answer.add("size", output.length).add("cut", cut);
    answer.body(cut ? end(output, tail) : output);
    answer.errors(end(content(job.resolve("errors")), tail));
  }

  private static byte[] content(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private static byte[] end(byte[] bytes, int most) {
    return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - most), bytes.length);
  }

  void look(WireRequest request, WireAnswer answer) throws IOException, InterruptedException {
    String directory = directory(request);
    Path job = files.file(directory);
    Deadline end = Deadline.in(Duration.ofSeconds(request.number("wait")));
    while (state(job).equals("running") && !end.isOver()) {
      Thread.sleep(20);
    }
    tell(directory, job, answer);
    tellOutput(request, job, answer);
  }

  void stop(WireRequest request, WireAnswer answer) throws IOException, InterruptedException {
    String directory = directory(request);
    Path job = files.file(directory);
    Thread task = tasks.get(job);
    if (task != null && state(job).equals("running")) {
      task.interrupt();
      task.join();
      if (!Files.exists(job.resolve("exit"))) {
        exit(job, 137);
      }
    }
    tell(directory, job, answer);
    tellOutput(request, job, answer);
  }

  void prune(WireRequest request, WireAnswer answer) throws IOException {
    request.runName();
    answer.add("pruned", prune(request, request.number("age")));
  }

  private long prune(WireRequest request, long age) throws IOException {
    Path jobs = files.file(files.stateDirectory(request) + "\\jobs");
    if (!Files.isDirectory(jobs)) {
      return 0;
    }
    FileTime before = FileTime.from(Instant.now().minusSeconds(age));
    long count = 0;
    for (Path run : list(jobs)) {
      if (run.endsWith(request.run())) {
        continue;
      }
      for (Path job : list(run)) {
        if (Files.getLastModifiedTime(job).compareTo(before) <= 0
            && !state(job).equals("running")) {
          DirectoryOperations.removeTree(job);
          count++;
        }
      }
      if (list(run).isEmpty()) {
        Files.delete(run);
      }
    }
    return count;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  /** The device goes down: what runs is gone without a receipt. */
  public void end() throws InterruptedException {
    for (Thread task : List.copyOf(tasks.values())) {
      task.interrupt();
      task.join();
    }
    tasks.clear();
  }
}
