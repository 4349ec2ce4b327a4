package dev.edgefleet.lab;

import dev.edgefleet.Peer;
import dev.edgefleet.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real Debian devices for a test, booted by {@code lab/up} and gone with {@link #close()} or with
 * the JVM. What {@link #ssh} says of a device comes from the system's own client and so proves what
 * the product did there independently of the product.
 */
public final class Lab implements AutoCloseable {
  /** The config.yaml that devices get unless a test has its own; not provisioned. */
  public static final Path CONFIG = Path.of("lab/config.yaml").toAbsolutePath();

  private static final AtomicInteger LABS = new AtomicInteger();

  private final Path directory;
  private final Map<String, String> addresses;
  private final Thread atExit = new Thread(this::down, "lab-down");

  private Lab(Path directory, Map<String, String> addresses) {
    this.directory = directory;
    this.addresses = addresses;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Boots devices named edge1, edge2, ...; a second or two, and a minute more the first time on a
   * machine. Skips the test where that is impossible: not root, or a program is missing.
   *
   * @param configTemplate the config.yaml to install; its {@code hostname:} is set
   */
  public static Lab up(int devices, Path configTemplate) {
    requireHost();
    String prefix = "lab-" + ProcessHandle.current().pid();
    Path target = Path.of("target").toAbsolutePath();
    removeLeftovers(target);
    Path directory = target.resolve(prefix + "-" + LABS.incrementAndGet());
    Run run =
        execute(
            List.of(
                "lab/up",
                String.valueOf(devices),
                "--folder",
                directory.toString(),
                "--config",
                configTemplate.toString()),
            "");
    if (run.exitCode() != 0) {
      throw new AssertionError("lab/up failed:\n" + run.stderr());
    }
    return new Lab(directory, addresses(directory));
  }

  /** Skips the test unless this machine can boot devices; fails it on CI. */
  private static void requireHost() {
    Peer.require("debootstrap", "debootstrap");
    Peer.require("systemd-nspawn", "systemd-container");
    Peer.require("ip", "iproute2");
    Peer.require("ssh", "openssh-client");
    Peer.require("gcc", "gcc libc6-dev libyaml-dev");
    require(
        Files.exists(Path.of("/usr/include/yaml.h")),
        "libyaml is missing; apt-get install libyaml-dev");
    require(
        "root".equals(System.getProperty("user.name")),
        "the lab boots devices, which only root may: run the tests with sudo");
  }

  private static void require(boolean met, String otherwise) {
    if (!met && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(otherwise);
    }
    Assumptions.assumeTrue(met, otherwise);
  }

  // A test run that was killed leaves its devices behind: its pid says that nobody owns them.
  private static void removeLeftovers(Path target) {
    List<Path> labs;
    try (Stream<Path> files = Files.list(target)) {
      labs = files.filter(file -> file.getFileName().toString().matches("lab-\\d+-\\d+")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path lab : labs) {
      long pid = Long.parseLong(lab.getFileName().toString().split("-", -1)[1]);
      if (ProcessHandle.of(pid).isEmpty()) {
        execute(List.of("lab/down", "--folder", lab.toString()), "");
      }
    }
  }

  private static Map<String, String> addresses(Path directory) {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String line : read(directory.resolve("known_hosts")).lines().toList()) {
      String[] names = line.substring(0, line.indexOf(' ')).split(",", -1);
      addresses.put(names[0], names[1]);
    }
    return addresses;
  }

  /** Ansible-style: group {@code lab}, user {@code operator}, its key, become. */
  public Path inventory() {
    return directory.resolve("inventory.yml");
  }

  public Path knownHosts() {
    return directory.resolve("known_hosts");
  }

  /** The private key that {@code operator} and {@code admin} log in with. */
  public Path key() {
    return directory.resolve("id_ed25519");
  }

  /** Of {@code admin}: logs in with it, and must give it to sudo. */
  public Secret adminPassword() {
    return Secret.of(read(directory.resolve("admin.password")).strip());
  }

  /** The stand-in daemon, to run on this machine: {@code iotedged --check FILE}. */
  public Path daemon() {
    return directory.resolve("iotedged");
  }

  public List<String> devices() {
    return List.copyOf(addresses.keySet());
  }

  public String address(String device) {
    return addresses.get(device);
  }

  /** The first process of the device, by its number on this machine. */
  public ProcessHandle process(String device) {
    String note = read(directory.resolve(device + ".pid"));
    return ProcessHandle.of(Long.parseLong(note.substring(0, note.indexOf(' '))))
        .orElseThrow(() -> new AssertionError(device + " does not run any more"))
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/systemd"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(device + " has no systemd"));
  }

  /**
   * The device's files as this machine sees them: quicker than by a command there. An absolute
   * symlink among them leads to this machine's own files, so none may be followed.
   */
  public Path files(String device) {
    return Path.of("/proc", String.valueOf(process(device).pid()), "root");
  }

  /**
   * What the command prints, run as {@code operator}; fails the test when its exit code is not 0.
   */
  public String ssh(String device, String command) {
    Run run = run(device, command);
    if (run.exitCode() != 0) {
      throw new AssertionError(
          "%s: %s\nexit code %d\n%s".formatted(device, command, run.exitCode(), run.stderr()));
    }
    return run.stdout();
  }

  /** The command's outcome, run as {@code operator}, whatever it is. */
  public Run run(String device, String command) {
    return run(device, command, "");
  }

  /** As {@link #run(String, String)}, with this as the command's standard input. */
  public Run run(String device, String command, String input) {
    return execute(List.of("lab/ssh", "--folder", directory.toString(), device, command), input);
  }

  /** How often the device's daemon was started since the device booted. */
  public int daemonStarts(String device) {
    return Integer.parseInt(ssh(device, "sudo cat /var/lib/iotedge/starts | wc -l").strip());
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    down();
  }

  private void down() {
    Run run = execute(List.of("lab/down", "--folder", directory.toString()), "");
    if (run.exitCode() != 0) {
      throw new AssertionError("lab/down failed:\n" + run.stderr());
    }
  }

  /** How a command ended. */
  public record Run(int exitCode, String stdout, String stderr) {}

  /**
   * Runs a program of the checkout, such as {@code lab/up}, or of this machine by its whole path.
   */
  static Run execute(List<String> command, String input) {
    List<String> absolute = new ArrayList<>(command);
    absolute.set(0, Path.of(command.getFirst()).toAbsolutePath().toString());
    // Threads of the system: a read of a pipe holds a virtual thread's carrier, and two that last
    // would leave none on a machine with two cores.
    try (var readers = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      Process process = new ProcessBuilder(absolute).start();
      Future<byte[]> stdout = readers.submit(() -> process.getInputStream().readAllBytes());
      Future<byte[]> stderr = readers.submit(() -> process.getErrorStream().readAllBytes());
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      int exitCode = process.waitFor();
      return new Run(
          exitCode,
          new String(stdout.get(), StandardCharsets.UTF_8),
          new String(stderr.get(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while it ran " + command, e);
    } catch (ExecutionException e) {
      throw new AssertionError("cannot read what it prints: " + command, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
