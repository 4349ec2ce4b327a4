package dev.edgefleet.simulator.windows;

import dev.edgefleet.simulator.windows.edge.EflowMachine;
import dev.edgefleet.simulator.windows.edge.IotEdgeProgram;
import dev.edgefleet.simulator.windows.operation.JobOperations;
import dev.edgefleet.simulator.windows.operation.OperationTable;
import dev.edgefleet.simulator.windows.operation.ServiceOperations;
import dev.edgefleet.simulator.windows.operation.SystemOperations;
import dev.edgefleet.simulator.windows.operation.WireAnswer;
import dev.edgefleet.simulator.windows.operation.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A directory and a few values that look like a Windows device to whoever sends command lines:
 * {@code C:\x} is {@code C/x} in the directory, everything else is in its {@link DeviceModel}. It
 * answers the operations of {@code remote/windows} in Java, knows a few programs, and the cmdlets
 * of IoT Edge and EFLOW. What goes wrong is ordered with {@link DeviceModel#order}. Used by any
 * number of threads.
 */
public final class WindowsDevice implements AutoCloseable {
  private static final Duration DOWN = Duration.ofMillis(500);

  private final Path directory;
  private final DeviceModel model;
  private final DeviceFiles files;
  private final Programs programs;
  private final JobOperations jobs;
  private final OperationTable operations;
  private final Set<Thread> commands = ConcurrentHashMap.newKeySet();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean up = true;
  private volatile Duration down = DOWN;

  private WindowsDevice(String name, Path directory) {
    this.directory = directory;
    model = new DeviceModel(name);
    files = new DeviceFiles(directory, "C:\\Users\\edge");
    ServiceOperations services = new ServiceOperations(files, model);
    programs = new Programs(files, model, new IotEdgeProgram(model));
    EflowMachine machine = new EflowMachine(directory.resolve("eflow-vm"), model);
    SystemOperations system = new SystemOperations(files, model, this::restartLater);
    operations = new OperationTable(files, model, system, services, programs, machine);
    jobs = operations.jobs();
  }

  /**
   * A device on which nothing is installed.
   *
   * @param name its host name
   * @param directory is made where it is missing; what a device left there before is its files
   */
  public static WindowsDevice create(String name, Path directory) throws IOException {
    for (String path :
        List.of("C/Windows/System32", "C/Program Files", "C/ProgramData", "C/Users/edge")) {
      Files.createDirectories(directory.resolve(path));
    }
    return new WindowsDevice(name, directory);
  }

  /** What it is beside its files, and what goes wrong on it. */
  public DeviceModel model() {
    return model;
  }

  /** Where all of it is kept. */
  public Path directory() {
    return directory;
  }

  /** Where a path of Windows lies in its directory, there or not. */
  public Path file(String path) {
    return files.file(path);
  }

  /** Its files, with whose they are. */
  DeviceFiles files() {
    return files;
  }

  /** Names of the operations it answers. */
  public Set<String> operations() {
    return operations.names();
  }

  /** False while it starts anew: nobody is to reach it then. */
  public boolean isUp() {
    return up;
  }

  /** How long it is down when it starts anew; half a second unless said otherwise. */
  public void down(Duration time) {
    down = time;
  }

  /** Called when it goes down, and what is connected to it is to be cut off. */
  public void onRestart(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Runs a command line as WinRM hands it over, to its end.
   *
   * @param in standard input; an operation is read from it whole
   * @return the exit code
   * @throws InterruptedException when the caller is interrupted, or the device goes down
   */
  public int run(String commandLine, InputStream in, OutputStream out, OutputStream err)
      throws InterruptedException {
    if (!up) {
      throw new InterruptedException("the device is down");
    }
    Thread me = Thread.currentThread();
    commands.add(me);
    try {
      Optional<PowerShellCommandLine> bootstrap =
          PowerShellCommandLine.of(CommandLineSplit.split(commandLine));
      if (bootstrap.isPresent() && bootstrap.get().nonce().isPresent()) {
        return operation(bootstrap.get().nonce().get(), in, out, err);
      }
      Programs.Start start =
          new Programs.Start(
              List.of("cmd"), in.readAllBytes(), Map.of(), "C:\\Users\\edge", out, err);
      return bootstrap.isPresent()
          ? programs.run(start.with(List.of("powershell", "-Command", bootstrap.get().text())))
          : programs.line(unwrapped(commandLine), start);
    } catch (IOException e) {
      // Whoever listened is gone.
      return 1;
    } finally {
      commands.remove(me);
    }
  }

  /** WinRM wraps a command line in quotes. */
  private static String unwrapped(String commandLine) {
    String line = commandLine.strip();
    boolean wrapped = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"");
    return wrapped ? line.substring(1, line.length() - 1) : line;
  }

  private int operation(String nonce, InputStream in, OutputStream out, OutputStream err)
      throws IOException, InterruptedException {
    List<String> lines =
        new String(in.readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    if (lines.isEmpty() || !isScript(lines.getFirst())) {
      err.write("Cannot convert value to type ScriptBlock.\r\n".getBytes(StandardCharsets.UTF_8));
      err.flush();
      return 1;
    }
    WireAnswer answer = new WireAnswer();
    try {
      operations.perform(WireRequest.read(lines), answer);
    } catch (OperationFailed e) {
      answer.fail(e);
    }
    answer.write(nonce, out);
    return 0;
  }

  private static boolean isScript(String line) {
    try {
      return Base64.getDecoder().decode(line.strip()).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void restartLater(Duration delay) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Thread.sleep(delay);
                restart();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Goes down at once, with all that runs, and is up again after a while, at another start. */
  public void restart() throws InterruptedException {
    up = false;
    listeners.forEach(Runnable::run);
    for (Thread command : List.copyOf(commands)) {
      if (!command.equals(Thread.currentThread())) {
        command.interrupt();
      }
    }
    jobs.end();
    model.booted();
    Thread.sleep(down);
    try {
      startServices();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    up = true;
  }

  private void startServices() throws IOException {
    ServiceOperations services = new ServiceOperations(files, model);
    for (Map.Entry<String, WindowsService> entry : model.services().entrySet()) {
      WindowsService service = entry.getValue();
      service.stop(0);
      if (service.startMode() == WindowsService.StartMode.AUTO) {
        services.start(entry.getKey(), service);
      }
    }
  }

  /** Ends what still runs on it. The directory stays. */
  @Override
  public void close() {
    up = false;
    try {
      jobs.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
