package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every playbook of {@code playbook/peer} is run by Debian's Ansible and by edgefleet, on the same
 * inventory. What each device does, in which order and with which status, has to be the same; a
 * playbook that says {@code # differs:} has to differ, and the docs have to say so. Ansible takes
 * minutes for all of them: without {@code -Dedgefleet.long=true} some of them are run.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PlaybookPeerIT {
  private static final Path CORPUS = Path.of("src/test/resources/playbook/peer").toAbsolutePath();
  private static final Path DOCS = Path.of("docs/from-ansible.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path temp;

  /** A playbook with what its first lines say of how to run it. */
  private record Case(String name, Path file, Map<String, String> said) {
    static Case of(Path file) {
      try (Stream<String> lines = Files.lines(file)) {
        Map<String, String> said =
            lines
                .takeWhile(line -> line.startsWith("# "))
                .map(line -> line.substring(2).split(": ", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        String name = String.valueOf(file.getFileName()).replace(".yml", "");
        return new Case(name, file, said);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    int runs() {
      return Integer.parseInt(said.getOrDefault("runs", "1"));
    }

    List<String> arguments() {
      String words = said.getOrDefault("args", "");
      return words.isEmpty() ? List.of() : Arrays.asList(words.split(" ", -1));
    }

    Optional<String> differs() {
      return Optional.ofNullable(said.get("differs"));
    }
  }

  /** One run: each device's lines, what came of each device, and the values that were dumped. */
  private record Seen(
      Map<String, List<String>> lines,
      Map<String, Map<String, Integer>> devices,
      Map<String, JsonNode> values) {}

  @BeforeAll
  void runThemAllByAnsible() throws Exception {
    Peer.require("ansible-playbook", "ansible-core");
    // Ansible asks its workers a thousand times a second, which takes time from them.
    Files.writeString(temp.resolve("ansible.cfg"), "[defaults]\ninternal_poll_interval = 0.02\n");
    for (int run = 0; run < 2; run++) {
      for (String strategy : List.of("free", "linear")) {
        int number = run;
        ansible(
            strategy,
            cases().stream()
                .filter(one -> number < one.runs())
                .filter(one -> one.said().getOrDefault("strategy", "free").equals(strategy))
                .map(one -> job(one, number))
                .toList());
      }
    }
  }

  private static Map<String, Object> job(Case one, int run) {
    Path directory = ansibleDirectory(one);
    List<String> words =
        new ArrayList<>(
            List.of(
                "ansible-playbook",
                "-i",
                "inventory.yml",
                one.file().toString(),
                "-e",
                "out=" + directory.resolve("out")));
    words.addAll(one.arguments());
    try {
      Files.createDirectories(directory.resolve("out"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "words", words,
        "events", directory.resolve("events" + run).toString(),
        "printed", directory.resolve("printed").toString());
  }

  private static void ansible(String strategy, List<Map<String, Object>> jobs) throws Exception {
    Path printed = temp.resolve("ansible-" + strategy);
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/python3", "run.py")
            .directory(CORPUS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ANSIBLE_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                temp.toString(),
                "LC_ALL",
                "C.UTF-8",
                "ANSIBLE_CONFIG",
                temp.resolve("ansible.cfg").toString(),
                "ANSIBLE_CALLBACK_PLUGINS",
                CORPUS.resolve("callback").toString(),
                "ANSIBLE_STDOUT_CALLBACK",
                "peer",
                "ANSIBLE_STRATEGY",
                strategy,
                // Fewer processes for each task, the same work.
                "ANSIBLE_PIPELINING",
                "1",
                "PYTHONDONTWRITEBYTECODE",
                "1"));
    Process process = builder.start();
    try (OutputStream input = process.getOutputStream()) {
      JSON.writeValue(input, jobs);
    }
    assertThat(process.waitFor(9, TimeUnit.MINUTES)).as("Ansible with %s", strategy).isTrue();
    assertThat(process.exitValue()).as(() -> text(printed)).isZero();
  }

  private static Path ansibleDirectory(Case one) {
    return temp.resolve("ansible").resolve(one.name());
  }

  @TestFactory
  List<DynamicTest> eachPlaybook() {
    List<Case> cases = cases();
    assertThat(cases).hasSizeGreaterThan(Sample.AT_LENGTH ? 60 : 4);
    return cases.stream().map(one -> dynamicTest(one.name(), () -> compare(one))).toList();
  }

  // The same each time, and another one for each name.
  private static boolean isInTheSample(Case one) {
    return Math.floorMod(one.name().hashCode(), 9) == 8;
  }

  private static List<Case> cases() {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .filter(file -> file.toString().endsWith(".yml"))
          .filter(file -> !file.endsWith("inventory.yml"))
          .sorted()
          .map(Case::of)
          .filter(Sample.AT_LENGTH ? any -> true : PlaybookPeerIT::isInTheSample)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(Case one) throws Exception {
    List<Seen> theirs = ansible(one);
    List<Seen> ours = edgefleet(one);
    if (one.differs().isPresent()) {
      assertThat(ours).as("differs, says %s", one.file()).isNotEqualTo(theirs);
      assertThat(DOCS).content().contains(one.differs().get());
      return;
    }
    for (int run = 0; run < one.runs(); run++) {
      assertThat(ours.get(run).lines()).as("run %d", run + 1).isEqualTo(theirs.get(run).lines());
      assertThat(ours.get(run).devices())
          .as("run %d", run + 1)
          .isEqualTo(theirs.get(run).devices());
      assertThat(ours.get(run).values()).as("run %d", run + 1).isEqualTo(theirs.get(run).values());
    }
  }

  private static List<Seen> ansible(Case one) throws IOException {
    Path directory = ansibleDirectory(one);
    List<Seen> runs = new ArrayList<>();
    for (int run = 0; run < one.runs(); run++) {
      Path events = directory.resolve("events" + run);
      assertThat(events).as(() -> text(directory.resolve("printed"))).exists();
      runs.add(ansible(events, directory.resolve("out")));
    }
    return runs;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Seen ansible(Path events, Path out) throws IOException {
    Map<String, List<String>> lines = new TreeMap<>();
    Map<String, Map<String, Integer>> devices = new TreeMap<>();
    for (String line : Files.readAllLines(events)) {
      JsonNode event = JSON.readTree(line);
      String host = event.get("host").asText();
      if (event.has("stats")) {
        JsonNode stats = event.get("stats");
        Map<String, Integer> counts = new TreeMap<>();
        counts.put("failed", stats.get("failures").asInt() > 0 ? 1 : 0);
        counts.put("unreachable", stats.get("unreachable").asInt() > 0 ? 1 : 0);
        counts.put("rescued", stats.get("rescued").asInt());
        devices.put(host, counts);
      } else {
        lines
            .computeIfAbsent(host, any -> new ArrayList<>())
            .add(
                line(
                    event.get("task").asText(),
                    event.get("item").asText(),
                    event.get("status").asText()));
      }
    }
    return new Seen(lines, devices, dumped(out));
  }

  private List<Seen> edgefleet(Case one) throws IOException {
    Path directory = Files.createDirectories(temp.resolve("edgefleet").resolve(one.name()));
    Path out = Files.createDirectories(directory.resolve("out"));
    List<Seen> runs = new ArrayList<>();
    for (int run = 0; run < one.runs(); run++) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  "run",
                  one.file().toString(),
                  "-i",
                  CORPUS.resolve("inventory.yml").toString(),
                  "--runs",
                  directory.resolve("runs").toString(),
                  "-e",
                  "out=" + out));
      words.addAll(one.arguments());
      Cli.Ran ran = new Cli(directory).execute(words.toArray(String[]::new));
      assertThat(ran.exitCode()).as("%s%n%s", ran.out(), ran.err()).isNotIn(1, 2);
      runs.add(edgefleet(ran.events(), out));
    }
    return runs;
  }

  private static Seen edgefleet(List<RunEvent> events, Path out) throws IOException {
    Map<String, List<String>> lines = new TreeMap<>();
    Map<String, Map<String, Integer>> devices = new TreeMap<>();
    Map<String, List<String>> rescued = new HashMap<>();
    for (RunEvent event : events) {
      switch (event) {
        case RunEvent.StepRetried step ->
            lines
                .computeIfAbsent(step.step().device(), any -> new ArrayList<>())
                .add(line(step.task(), "", "retried"));
        case RunEvent.StepEnded step -> {
          lines
              .computeIfAbsent(step.step().device(), any -> new ArrayList<>())
              .add(line(step.task(), step.item(), status(step.status())));
          if (step.status() == StepStatus.RESCUED) {
            rescued
                .computeIfAbsent(step.step().device(), any -> new ArrayList<>())
                .add(step.step().path());
          }
        }
        case RunEvent.DeviceEnded ended -> {
          Map<String, Integer> counts =
              devices.computeIfAbsent(ended.device(), any -> new TreeMap<>());
          counts.merge("failed", ended.status() == DeviceStatus.FAILED ? 1 : 0, Math::max);
          counts.merge(
              "unreachable", ended.status() == DeviceStatus.UNREACHABLE ? 1 : 0, Math::max);
        }
        default -> {}
      }
    }
    devices.forEach(
        (device, counts) ->
            counts.put(
                "rescued",
                (int) rescued.getOrDefault(device, List.of()).stream().distinct().count()));
    devices.keySet().retainAll(lines.keySet());
    return new Seen(lines, devices, dumped(out));
  }

  // Ansible's callback is not told that a failure is going to be rescued; its statistics are.
  private static String status(StepStatus status) {
    return switch (status) {
      case RESCUED, IN_DOUBT -> "failed";
      default -> status.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String line(String task, String item, String status) {
    return task + (item.isEmpty() ? "" : " [" + item + "]") + ": " + status;
  }

  private static Map<String, JsonNode> dumped(Path out) throws IOException {
    Map<String, JsonNode> values = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        values.put(String.valueOf(file.getFileName()), JSON.readTree(file.toFile()));
      }
    }
    return values;
  }
}
