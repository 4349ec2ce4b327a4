package dev.edgefleet.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.edgefleet.Program;
import dev.edgefleet.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * All hostile devices of a kind at once, against the product in a process of its own with a small
 * heap, which it must not fill. What comes of each is a line on standard output; standard error has
 * to stay empty, and no thread may be left.
 */
public final class Ordeal {
  private static final String HEAP = "-Xmx96m";
  private static final String LEFT = "threads left";
  // A command is asked to end, is ended, and its shell is closed: each of which nobody answers.
  private static final Duration GRACE = Duration.ofSeconds(40);
  // Each shall have its share of the processor.
  private static final int AT_ONCE = 12;
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(20);

  private static final Pattern PRODUCT =
      Pattern.compile(
          "SshClient|dev\\.edgefleet\\.transport\\.(ssh|winrm)\\.(?!Hostile|InnerSshServer)");

  private Ordeal() {}

  /** What the product does with a device. */
  public interface Approach {
    void to(Hostile device, int port) throws Exception;
  }

  /** In the process of its own. */
  public static void run(Hostile[] devices, Approach approach) throws InterruptedException {
    // The first loads the classes that all of them need.
    System.out.println(verdict(devices[0], approach));
    Semaphore gate = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Hostile device : Arrays.asList(devices).subList(1, devices.length)) {
        gate.acquire();
        threads.execute(
            () -> {
              System.out.println(verdict(device, approach));
              gate.release();
            });
      }
    }
    System.out.println(LEFT + "\t" + threadsLeft());
  }

  private static String verdict(Hostile device, Approach approach) {
    Instant begin = Instant.now();
    String failure = "none";
    String said = "";
    try (HostileServer server = HostileServer.start(device)) {
      approach.to(device, server.port());
    } catch (Failure e) {
      failure = e.getClass().getSimpleName();
      said = e.what() + " -> " + e.remedy();
    } catch (Exception | Error e) {
      failure = e.toString();
    }
    return String.join(
        "\t",
        device.name(),
        failure,
        String.valueOf(Duration.between(begin, Instant.now()).toMillis()),
        said);
  }

  // The last requests may still be under way when nobody waits for them any more.
  private static String threadsLeft() throws InterruptedException {
    Instant limit = Instant.now().plus(LAST_REQUESTS);
    while (true) {
      List<String> left = productThreads();
      if (left.isEmpty() || Instant.now().isAfter(limit)) {
        return String.join(" | ", left);
      }
      Thread.sleep(200);
    }
  }

  private static List<String> productThreads() {
    try {
      Path dump = Files.createTempDirectory("ordeal").resolve("threads");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      String text = Files.readString(dump);
      Files.delete(dump);
      Files.delete(dump.getParent());
      return Stream.of(text.split("\n\n", -1))
          .filter(thread -> PRODUCT.matcher(thread).find())
          .map(thread -> thread.replaceAll("\\s+", " "))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts that process, and makes a test of each device. */
  public static Stream<DynamicTest> tests(Class<?> main, Hostile[] devices, Path directory)
      throws IOException, InterruptedException {
    Path complaints = directory.resolve("complaints");
    Process process =
        new ProcessBuilder(
                Program.java(),
                HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString())
            .redirectError(complaints.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    Map<String, List<String>> verdicts =
        output
            .lines()
            .map(line -> Arrays.asList(line.split("\t", -1)))
            .collect(Collectors.toMap(List::getFirst, Function.identity()));
    return Stream.concat(
        Stream.of(devices)
            .map(
                device ->
                    DynamicTest.dynamicTest(
                        device.name(), () -> assertEnded(device, verdicts.get(device.name())))),
        Stream.of(
            DynamicTest.dynamicTest(
                "nothing is left",
                () -> {
                  assertThat(Files.readString(complaints)).as("standard error").isEmpty();
                  assertThat(exitCode).isZero();
                  assertThat(verdicts.get(LEFT)).containsExactly(LEFT, "");
                })));
  }

  private static void assertEnded(Hostile device, List<String> verdict) {
    assertThat(verdict).as("its end").isNotNull();
    assertThat(verdict.get(1)).as(verdict.toString()).isEqualTo(device.failure());
    assertThat(verdict.get(3)).contains(device.phrase());
    assertThat(verdict.get(3).length()).as("the length of the sentence").isLessThan(900);
    assertThat(verdict.get(3)).doesNotMatch(".*[\\p{Cc}\\p{Cf}].*");
    assertThat(Duration.ofMillis(Long.parseLong(verdict.get(2))))
        .isLessThan(device.limit().plus(GRACE));
  }
}
