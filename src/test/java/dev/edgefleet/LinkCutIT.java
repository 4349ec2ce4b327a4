package dev.edgefleet;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.transport.ssh.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fleet whose links fail in every way at every phase, all in one run against real OpenSSH
 * servers: what the operator is told, how soon, what is left on the devices, and that a second run
 * makes all of it good.
 */
class LinkCutIT {
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private static final String OLD = "old line of text\n".repeat(500);

  /** Too large for one packet, and for two. */
  private static final String NEW = "new line of text\n".repeat(8000);

  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - {name: say, command: echo hello}
          - name: config
            copy: {src: config.yaml, dest: "{{ device }}/etc/config.yaml", backup: true}
          - {name: work, shell: "touch {{ device }}/work-runs; sleep {{ busy }}"}
          - {name: read, shell: "head -c 400000 /dev/zero | tr '\\\\0' x"}
          - name: job
            shell:
              cmd: "echo x >> {{ device }}/job-count; touch {{ device }}/job-runs; sleep {{ busy }}"
              job: true
      """;

  @TempDir Path directory;

  private final List<Device> devices = new ArrayList<>();

  /** One sshd, and the link to it that fails once. */
  private record Device(
      String name, Phase phase, Fault fault, Path directory, Sshd sshd, FaultyLink link)
      implements AutoCloseable {

    static Device start(Path parent, Phase phase, Fault fault) {
      try {
        String name = (phase + "-" + fault).toLowerCase(Locale.ROOT);
        Path directory = Files.createDirectories(parent.resolve(name));
        Files.createDirectories(directory.resolve("etc"));
        Files.writeString(directory.resolve("etc/config.yaml"), OLD);
        Sshd sshd =
            Sshd.start(
                directory,
                "SetEnv HOME=" + directory + " EDGEFLEET_STATE=" + directory.resolve("state"),
                // Its packets show how long they are.
                "Ciphers aes128-gcm@openssh.com");
        FaultyLink link = FaultyLink.to(sshd.port(), phase, fault, directory);
        return new Device(name, phase, fault, directory, sshd, link);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String inInventory() {
      // While it is busy it can be struck.
      int busy = phase == Phase.RUNNING || phase == Phase.JOB ? 3 : 0;
      return """
          %s: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s, \
      ansible_ssh_private_key_file: %s, device: %s, busy: %d}
      """
          .formatted(name, link.port(), Sshd.user(), sshd.clientKey(), directory, busy);
    }

    String knownHost() {
      return "[127.0.0.1]:" + link.port() + " " + sshd.hostKey("ed25519") + "\n";
    }

    /** The task that the fault falls into, when it cannot go on after it. */
    Optional<String> lost() {
      if (fault == Fault.DELAY) {
        return Optional.empty();
      }
      return switch (phase) {
        case ACCEPT, VERSION, KEYS, LOGIN, CHANNEL, EXEC -> Optional.of("say");
        case REQUEST, BODY -> Optional.of("config");
        case RUNNING -> Optional.of("work");
        case ANSWER -> Optional.of("read");
        case JOB, FAREWELL -> Optional.empty();
      };
    }

    String config() throws IOException {
      return Files.readString(directory.resolve("etc/config.yaml"));
    }

    List<String> temporaryFiles() throws IOException {
      try (Stream<Path> files = Files.list(directory.resolve("etc"))) {
        return files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.startsWith("."))
            .toList();
      }
    }

    long backups() throws IOException {
      try (Stream<Path> files = Files.list(directory.resolve("etc"))) {
        return files
            .filter(file -> file.getFileName().toString().startsWith("config.yaml.edgefleet-"))
            .count();
      }
    }

    long jobs() throws IOException {
      Path count = directory.resolve("job-count");
      return Files.exists(count) ? Files.readString(count).lines().count() : 0;
    }

    /** What still runs of what was started there, by its environment. */
    List<String> processes() throws IOException {
      String mark = "EDGEFLEET_STATE=" + directory.resolve("state");
      try (Stream<Path> all = Files.list(Path.of("/proc"))) {
        return all.filter(process -> read(process.resolve("environ")).contains(mark))
            .map(process -> process.getFileName() + " " + read(process.resolve("cmdline")))
            .toList();
      }
    }

    private static String read(Path file) {
      try {
        return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
      } catch (IOException goneOrNone) {
        return "";
      }
    }

    @Override
    public void close() {
      link.close();
      sshd.close();
    }
  }

  @AfterEach
  void stop() {
    devices.forEach(Device::close);
  }

  @Test
  void everyFaultIsToldOfAndMendedByTheNextRun() throws Exception {
    Cli cli = fleet();
    Cli.Ran ran = run(cli).exits(4);
    SoftAssertions told = new SoftAssertions();
    for (Device device : devices) {
      checkTold(told, device, ran);
    }
    told.assertAll();

    // What hangs on the devices goes on hanging: nobody there knows that the link is dead.
    cli.execute("retry", "last", "--break-lock", "--runs", directory.resolve("runs").toString())
        .exits(0);
    checkMended();

    // Days later the device's end of a dead connection learns of it. That must not undo anything.
    devices.forEach(device -> device.link.letGo());
    for (Device device : devices) {
      awaitEndOfSessions(device);
    }
    checkMended();
  }

  private Cli fleet() {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<CompletableFuture<Device>> starting = new ArrayList<>();
      boolean taken = true;
      for (Phase phase : Phase.values()) {
        // Not at length: every second fault of each phase, the others of the next.
        taken = !taken;
        for (Fault fault : Fault.values()) {
          taken = !taken;
          if (taken || Sample.AT_LENGTH) {
            starting.add(
                CompletableFuture.supplyAsync(
                    () -> Device.start(directory, phase, fault), threads));
          }
        }
      }
      starting.forEach(device -> devices.add(device.join()));
    }
    return new Cli(directory)
        .given("config.yaml", NEW)
        .given("p.yml", PLAYBOOK)
        .given(
            "i.yml",
            devices.stream()
                .map(Device::inInventory)
                .collect(Collectors.joining("", "all:\n  hosts:\n", "")))
        .given("known", devices.stream().map(Device::knownHost).collect(Collectors.joining()));
  }

  private Cli.Ran run(Cli cli) {
    return cli.run(
        "--concurrency",
        "100",
        "-F",
        "none",
        "--known-hosts",
        directory.resolve("known").toString());
  }

  private static void checkTold(SoftAssertions softly, Device device, Cli.Ran ran)
      throws IOException {
    JournalEntry last =
        JournalReader.read(ran.run().orElseThrow()).stream()
            .filter(
                entry ->
                    entry.event() instanceof RunEvent.StepEnded step
                        && step.step().device().equals(device.name))
            .toList()
            .getLast();
    RunEvent.StepEnded step = (RunEvent.StepEnded) last.event();
    String name = device.name + ": " + step.message() + " -> " + step.remedy();
    softly.assertThat(device.link.struck()).as(name).isPresent();
    softly.assertThat(step.task()).as(name).isEqualTo(device.lost().orElse("job"));
    softly
        .assertThat(step.status())
        .as(name)
        .isEqualTo(device.lost().isPresent() ? StepStatus.UNREACHABLE : StepStatus.CHANGED);
    boolean written = !List.of("say", "config").contains(step.task());
    softly.assertThat(device.config()).as(name).isEqualTo(written ? NEW : OLD);
    softly.assertThat(device.jobs()).as(name).isEqualTo(device.lost().isPresent() ? 0 : 1);
    if (device.fault != Fault.STALL) {
      softly.assertThat(device.temporaryFiles()).as(name).isEmpty();
    }
    if (device.lost().isPresent() && device.link.struck().isPresent()) {
      softly.assertThat(step.message()).as(device.name).containsPattern(device.phase.told());
      softly.assertThat(step.remedy()).as(name).isNotBlank();
      Duration took = Duration.between(device.link.struck().orElseThrow(), last.at());
      softly.assertThat(took).as(name).isLessThanOrEqualTo(NOTICED);
      System.out.printf(
          Locale.ROOT, "%-17s noticed after %4.1f s%n", device.name, took.toMillis() / 1000.0);
    }
  }

  private void checkMended() throws IOException {
    SoftAssertions mended = new SoftAssertions();
    for (Device device : devices) {
      mended.assertThat(device.config()).as(device.name).isEqualTo(NEW);
      mended.assertThat(device.backups()).as(device.name).isEqualTo(1);
      mended.assertThat(device.jobs()).as(device.name).isEqualTo(1);
      if (device.fault != Fault.STALL) {
        mended.assertThat(device.temporaryFiles()).as(device.name).isEmpty();
      }
      mended.assertThat(device.directory.resolve("state/lock")).as(device.name).doesNotExist();
    }
    mended.assertAll();
  }

  private static void awaitEndOfSessions(Device device) {
    Await.until(
        "no files and processes on " + device.name,
        () -> device.temporaryFiles().isEmpty() && device.processes().isEmpty());
  }
}
