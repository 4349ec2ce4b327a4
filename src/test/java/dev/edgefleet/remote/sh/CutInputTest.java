package dev.edgefleet.remote.sh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import dev.edgefleet.Sample;
import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.BodyLimits;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.ShellConnection;
import dev.edgefleet.remote.Shells;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.RemoveFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.service.PendingRestart;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.remote.wire.Nonce;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection cut anywhere in the request leaves the device as it was. */
class CutInputTest {
  private static final boolean ENDS = true;
  private static final boolean STAYS_OPEN = false;
  private static final String MARK = "0123456789abcdef";
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");

  private static final Map<Shells, Path> PROGRAMS = new EnumMap<>(Shells.class);

  @TempDir Path home;

  @BeforeAll
  static void installPrograms() throws Exception {
    for (Shells shell : Shells.values()) {
      Path directory = Files.createTempDirectory("edgefleet-programs");
      shell.fill(directory, List.of());
      PROGRAMS.put(shell, directory);
    }
  }

  @AfterAll
  static void removePrograms() {
    PROGRAMS.values().forEach(Shells::removeTree);
    PROGRAMS.clear();
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aWriteIsWholeOrNothing(Shells shell) throws Exception {
    WriteFile write =
        new WriteFile(
            "a",
            "new\ncontent\n".getBytes(StandardCharsets.UTF_8),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Hash.sha256Hex("old".getBytes(StandardCharsets.UTF_8))),
            true,
            Optional.of(new PendingRestart("iotedge", "state")));
    cutEverywhere(shell, write);
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aRemovalIsWholeOrNothing(Shells shell) throws Exception {
    cutEverywhere(shell, new RemoveFile("d", true));
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aDirectoryIsMadeWholeOrNotAtAll(Shells shell) throws Exception {
    cutEverywhere(
        shell, new MakeDirectory("d/e/f", Optional.empty(), Optional.empty(), Optional.of("0700")));
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void aProgramIsEndedBeforeItTakesAPartOfItsInputForTheWhole(Shells shell) throws Exception {
    cutEverywhere(
        shell,
        new RunProgram(
            List.of("sh", "-c", "cat >/dev/null; touch done"),
            Optional.empty(),
            "input".getBytes(StandardCharsets.UTF_8)));
  }

  private void cutEverywhere(Shells shell, Operation<?> operation) throws Exception {
    Path programs = PROGRAMS.get(shell);
    Path device = home.resolve("device");
    byte[] request = new SentPrograms().request(operation, HEADER, MARK);
    int alone = ShRequest.bytes(operation, HEADER, MARK, Nonce.make(), "").length;
    assertThat(alone).isLessThan(450);
    int step = Sample.AT_LENGTH ? 1 : shell == Shells.DASH ? 5 : 17;
    for (int cut = request.length - alone; cut < request.length; cut += step) {
      Files.createDirectories(device.resolve("d"));
      Files.writeString(device.resolve("a"), "old");
      Files.writeString(device.resolve("d/b"), "b");
      Map<String, String> before = look(device);
      send(shell, programs, device, Arrays.copyOf(request, cut), ENDS);
      assertThat(look(device))
          .as("cut after %d of %d bytes", cut, request.length)
          .isEqualTo(before);
    }
    // The whole request does change something: the cuts above had something to prevent.
    Map<String, String> before = look(device);
    send(shell, programs, device, request, STAYS_OPEN);
    assertThat(look(device)).isNotEqualTo(before);
  }

  private static void send(Shells shell, Path programs, Path device, byte[] request, boolean ends)
      throws Exception {
    ShellConnection connection =
        new ShellConnection(List.of(), shell.command(), programs.toString(), device);
    var process =
        (ShellConnection.LocalProcess)
            connection.start(ShBootstrap.commandLine("abc", Optional.empty(), ""));
    process.input().write(request);
    process.input().flush();
    if (ends) {
      process.close();
    }
    ShAnswerReader reader = new ShAnswerReader(process.output());
    try {
      reader.awaitMark("abc ready\n");
      Answer answer = reader.read(MARK, BodyLimits.SMALL, AnswerBudget.ofHeap().open());
      if (answer.status() == 1) {
        assertThat(answer.values()).containsEntry("error", "truncated");
      }
    } catch (EOFException e) {
      // Cut before the operation began.
      assertThat(ends).as("a whole request is answered").isTrue();
    } finally {
      process.close();
    }
    Await.end(process.process());
  }

  private static Map<String, String> look(Path directory) throws Exception {
    Map<String, String> seen = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        seen.put(path.toString(), Files.isDirectory(path) ? "" : Files.readString(path));
      }
    }
    return seen;
  }
}
