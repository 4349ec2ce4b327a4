package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.remote.HostileWorker;
import dev.edgefleet.simulator.EmbeddedWindows;
import dev.edgefleet.transport.Hostile;
import dev.edgefleet.transport.HostileServer;
import dev.edgefleet.transport.ssh.HostileLogin;
import dev.edgefleet.transport.ssh.HostileSsh;
import dev.edgefleet.transport.ssh.Sshd;
import dev.edgefleet.transport.winrm.HostileWinRm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Devices that attack the controller in every way we know, beside honest ones, in one run with a
 * small heap: the honest ones end changed, the hostile ones end named, and all of it in bounded
 * time.
 */
class HostileFleetIT {
  private static final int HONEST_LINUX = 20;
  private static final int HONEST_WINDOWS = 4;

  /** Together they would hold more than the run has for answers. */
  private static final int CROWD = 25;

  private static final Duration LONGEST_RUN = Duration.ofMinutes(8);

  private static final Pattern LATE =
      Pattern.compile("took longer than|(login|handshake|server|command) within [0-9.]+ s");

  private static final String PLAYBOOK =
      """
      - hosts: all
        gather_facts: false
        tasks:
          - name: say
            command: echo hello
            register: said
            when: "'linux' in group_names"
          - name: look
            setup:
          - name: config
            copy: {content: "{{ inventory_hostname }} {{ said.stdout | default('') }}", dest: "{{ dest }}"}
      """;

  @TempDir Path directory;

  private final Map<String, Hostile> hostile = new LinkedHashMap<>();
  private int asSupposed;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T each) {
    open.add(each);
    return each;
  }

  @Test
  void honestDevicesEndChangedAndHostileOnesNamed() throws Exception {
    Path written = Files.createDirectories(directory.resolve("written"));
    EmbeddedWindows windows =
        opened(
            EmbeddedWindows.start(
                directory.resolve("windows"), names("honest-windows-", HONEST_WINDOWS)));
    Sshd sshd = opened(Sshd.start(directory, "MaxSessions 100"));
    Files.writeString(directory.resolve("p.yml"), PLAYBOOK);
    Files.writeString(
        directory.resolve("known_hosts"),
        "[127.0.0.1]:" + sshd.port() + " " + sshd.hostKey("ed25519") + "\n");
    Files.writeString(directory.resolve("i.yml"), inventory(sshd, windows, written));

    Instant begin = Instant.now();
    Process process = edgefleet();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    Duration took = Duration.between(begin, Instant.now());
    System.out.printf(
        Locale.ROOT,
        "%d hostile devices of %d kinds beside %d honest ones: %.1f s%n",
        hostile.size(),
        hostile.values().stream().map(Object::getClass).distinct().count(),
        HONEST_LINUX + HONEST_WINDOWS,
        took.toMillis() / 1000.0);

    assertThat(process.exitValue()).as("exit code; %s", output).isEqualTo(3);
    assertThat(Files.readString(directory.resolve("errors")))
        .doesNotContain("Exception")
        .doesNotContain("\tat ")
        .doesNotContain("OutOfMemory");
    Map<String, List<RunEvent.StepEnded>> steps = steps();
    SoftAssertions softly = new SoftAssertions();
    hostile.forEach((name, device) -> checkNamed(softly, name, device, steps.get(name)));
    steps.forEach(
        (name, ended) -> {
          if (!hostile.containsKey(name)) {
            softly
                .assertThat(ended.getLast().status())
                .as(name + ": " + ended.getLast().message())
                .isEqualTo(StepStatus.CHANGED);
          }
        });
    softly.assertThat(steps).hasSize(hostile.size() + HONEST_LINUX + HONEST_WINDOWS);
    softly.assertThat(took).isLessThan(LONGEST_RUN);
    for (String name : names("honest-linux-", HONEST_LINUX)) {
      softly.assertThat(written.resolve(name)).hasContent(name + " hello");
    }
    softly.assertAll();
    assertThat(Set.copyOf(hostile.values())).hasSizeGreaterThan(Sample.AT_LENGTH ? 100 : 50);
    assertThat(asSupposed).isGreaterThan(8);
  }

  private Process edgefleet() throws IOException {
    List<String> words = new ArrayList<>(Program.command("-Xmx512m"));
    words.addAll(
        List.of(
            "run",
            directory.resolve("p.yml").toString(),
            "-i",
            directory.resolve("i.yml").toString(),
            "--runs",
            directory.resolve("runs").toString(),
            "-F",
            "none",
            "--known-hosts",
            directory.resolve("known_hosts").toString(),
            "--accept-new-host-keys",
            "--connect-timeout",
            "25",
            "--step-timeout",
            "60",
            "--audit-log",
            "none"));
    return new ProcessBuilder(words).redirectError(directory.resolve("errors").toFile()).start();
  }

  private String inventory(Sshd sshd, EmbeddedWindows windows, Path written) {
    return """
      all:
        vars: {ansible_host: 127.0.0.1}
        children:
          linux:
            children:
              honest_linux:
                vars: {ansible_port: %d, ansible_user: %s, ansible_ssh_private_key_file: %s, dest: "%s/{{ inventory_hostname }}"}
                hosts:
      %s
              hostile_linux:
                vars: {ansible_user: edge, ansible_password: s3cret, dest: /etc/config}
                hosts:
      %s
          windows:
            vars: {ansible_connection: winrm, dest: 'C:\\config.txt'}
            children:
              honest_windows:
                vars: {ansible_user: %s, ansible_password: %s, edgefleet_winrm_fingerprint: %s}
                hosts:
      %s
              hostile_windows:
                vars:
                  ansible_user: edge
                  ansible_password: s3cret
                  ansible_winrm_transport: basic
                  ansible_winrm_server_cert_validation: ignore
                  ansible_winrm_operation_timeout_sec: 3
                  ansible_winrm_read_timeout_sec: 4
                hosts:
      %s
      """
        .formatted(
            sshd.port(),
            Sshd.user(),
            sshd.clientKey(),
            written,
            hosts(names("honest-linux-", HONEST_LINUX).stream().map(name -> name + ":")),
            hosts(
                Stream.<Hostile[]>of(
                        HostileSsh.values(), HostileLogin.values(), HostileWorker.values())
                    .flatMap(HostileFleetIT::sample)
                    .flatMap(this::asManyAsItTakes)),
            windows.user(),
            windows.password(),
            windows.fingerprint(),
            hosts(
                windows.ports().entrySet().stream()
                    .map(port -> port.getKey() + ": {ansible_port: " + port.getValue() + "}")),
            hosts(
                sample(HostileWinRm.values())
                    .map(
                        device ->
                            hostile(
                                device,
                                ", ansible_winrm_scheme: " + (device.tls() ? "https" : "http")))));
  }

  private Stream<String> asManyAsItTakes(Hostile device) {
    return IntStream.range(0, isCrowd(device) ? CROWD : 1).mapToObj(i -> hostile(device, ""));
  }

  private static boolean isCrowd(Hostile device) {
    return device == HostileWorker.HOLDS_ON_IN_ITS_OUTPUT
        || device == HostileWorker.HAS_MUCH_TO_REMEMBER;
  }

  // Not at length: every second behaviour.
  private static <H extends Hostile> Stream<H> sample(H[] all) {
    return IntStream.range(0, all.length)
        .filter(i -> Sample.AT_LENGTH || i % 2 == 0 || isCrowd(all[i]))
        .mapToObj(i -> all[i]);
  }

  private String hostile(Hostile device, String more) {
    String kind = device.getClass().getSimpleName().replace("Hostile", "");
    String name =
        (kind + "-" + device.name() + "-" + hostile.size())
            .toLowerCase(Locale.ROOT)
            .replace('_', '-');
    hostile.put(name, device);
    int port = opened(HostileServer.start(device)).port();
    return name + ": {ansible_port: " + port + more + "}";
  }

  private static String hosts(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n            ", "            ", ""));
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private Map<String, List<RunEvent.StepEnded>> steps() throws IOException {
    try (Stream<Path> runs = Files.list(directory.resolve("runs"))) {
      return JournalReader.read(runs.findFirst().orElseThrow()).stream()
          .map(entry -> entry.event())
          .filter(RunEvent.StepEnded.class::isInstance)
          .map(RunEvent.StepEnded.class::cast)
          .collect(Collectors.groupingBy(step -> step.step().device()));
    }
  }

  private void checkNamed(
      SoftAssertions softly, String name, Hostile device, List<RunEvent.StepEnded> steps) {
    softly.assertThat(steps).as(name).isNotNull();
    if (steps == null) {
      return;
    }
    RunEvent.StepEnded last = steps.getLast();
    String said = last.message() + " -> " + last.remedy();
    softly
        .assertThat(last.status())
        .as(name + ": " + said)
        .isIn(StepStatus.FAILED, StepStatus.IN_DOUBT, StepStatus.UNREACHABLE);
    softly.assertThat(last.message()).as(name).isNotBlank().hasSizeLessThan(900);
    softly.assertThat(last.remedy()).as(name).isNotBlank().hasSizeLessThan(900);
    softly.assertThat(said).as(name).doesNotContain("edgefleet itself").doesNotContain("Exception");
    softly.assertThat(said).as(name).doesNotMatch("(?s).*[\\p{Cc}\\p{Cf}&&[^\n]].*");
    // On a busy machine a login or a flood may not be over in time; that is its end then.
    boolean late = LATE.matcher(said).find();
    if (device instanceof HostileWorker && !late && !device.phrase().isEmpty()) {
      asSupposed++;
      softly.assertThat(said).as(name).contains(device.phrase());
      softly.assertThat(last.status()).as(name + ": " + said).isEqualTo(status(device));
    }
  }

  private static StepStatus status(Hostile device) {
    return switch (device.failure()) {
      case "StepFailed" -> StepStatus.FAILED;
      case "InDoubt" -> StepStatus.IN_DOUBT;
      default -> StepStatus.UNREACHABLE;
    };
  }
}
