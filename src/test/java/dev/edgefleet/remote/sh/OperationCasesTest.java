package dev.edgefleet.remote.sh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.edgefleet.Sample;
import dev.edgefleet.io.Hash;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.OperationCase;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.RawOperation;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.ShellConnection;
import dev.edgefleet.remote.Shells;
import dev.edgefleet.remote.wire.Answer;
import dev.edgefleet.transport.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every row of the case tables, on the shells that a device may have; {@code -Dedgefleet.long=true}
 * runs each on all of them.
 */
public class OperationCasesTest {
  // As many as there are scripts: one without a table fails.
  private static final List<String> OPERATIONS = scripts();

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Map<Shells, Path> PROGRAMS = new EnumMap<>(Shells.class);

  private static Path programs;

  @BeforeAll
  static void installPrograms() throws IOException {
    programs = Files.createTempDirectory("edgefleet-programs");
    Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (Shells shell : Shells.values()) {
      Path directory = programs.resolve(shell.name());
      shell.fill(directory, List.of());
      PROGRAMS.put(shell, directory);
    }
  }

  @AfterAll
  static void removePrograms() {
    PROGRAMS.clear();
    Shells.removeTree(programs);
  }

  /** Every operation there is. */
  public static List<String> operations() {
    return OPERATIONS;
  }

  private static List<String> scripts() {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/remote/linux"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".sh"))
          .map(name -> name.substring(0, name.length() - ".sh".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> cases() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Shells shell : Shells.values()) {
      for (String operation : OPERATIONS) {
        for (OperationCase row : rows(shell, operation)) {
          String name = shell.name().toLowerCase(Locale.ROOT) + "/" + operation + "/" + row.name();
          tests.add(dynamicTest(name, () -> check(name, shell, operation, row)));
        }
      }
    }
    return tests.stream();
  }

  // Not at length: all of them on dash, a sixth on bash, and a third on busybox, which differs
  // most.
  private static List<OperationCase> rows(Shells shell, String operation) {
    List<OperationCase> all = table(operation);
    return switch (shell) {
      case DASH -> all;
      case BASH -> Sample.every(6, 0, all);
      case BUSYBOX -> Sample.every(3, 1, all);
    };
  }

  private static List<OperationCase> table(String operation) {
    String resource = "/remote/linux/" + operation + ".cases.yaml";
    try (InputStream in = OperationCasesTest.class.getResourceAsStream(resource)) {
      return new YAMLMapper().readValue(in, new TypeReference<List<OperationCase>>() {});
    } catch (IOException e) {
      throw new IllegalStateException(resource + ": " + e.getMessage(), e);
    }
  }

  private static void check(String name, Shells shell, String operation, OperationCase row)
      throws Exception {
    if (row.root()) {
      assumeTrue(ROOT, "needs root");
    }
    Path base = PROGRAMS.get(shell);
    for (String program : concat(row.before().programs().keySet(), row.before().without())) {
      assumeFalse(shell.bringsItself(base, program), "busybox runs its own " + program);
    }
    Path home = Files.createTempDirectory("edgefleet-case");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path directory = Files.createDirectory(home.resolve("device"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      String path = programs(shell, home, row, directory);
      for (OperationCase.Entry entry : row.before().files()) {
        create(directory, entry);
      }
      prepare(row.before().run(), directory);
      Map<String, Seen> before = look(directory);
      Answered answered = run(shell, operation, row, directory, path);
      Map<String, Seen> after = look(directory);
      checkAnswer(row, answered, directory);
      checkDevice(row, before, after, directory);
    } catch (AssertionError e) {
      throw new AssertionError(name + ": " + e.getMessage(), e);
    } finally {
      prepare(row.before().undo(), directory);
      Shells.removeTree(home);
    }
  }

  private static List<String> concat(Collection<String> some, Collection<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static String programs(Shells shell, Path home, OperationCase row, Path directory)
      throws IOException {
    Path base = PROGRAMS.get(shell);
    if (!row.before().without().isEmpty()) {
      base = home.resolve("programs");
      shell.fill(base, row.before().without());
    }
    Path own = Files.createDirectory(home.resolve("own"));
    for (Map.Entry<String, String> program : row.before().programs().entrySet()) {
      Path file = own.resolve(program.getKey());
      Files.writeString(file, here(program.getValue(), directory));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return own + ":" + base;
  }

  /** The directory's path in place of {@code @}. */
  private static String here(String text, Path directory) {
    String in = text.replace("@/", directory + "/");
    return in.equals("@") ? directory.toString() : in;
  }

  private static void create(Path directory, OperationCase.Entry entry) throws IOException {
    Path path = directory.resolve(entry.path());
    Files.createDirectories(path.getParent());
    if (entry.symlink() != null) {
      Files.createSymbolicLink(path, Path.of(here(entry.symlink(), directory)));
      return;
    }
    if (entry.directory()) {
      Files.createDirectories(path);
    } else {
      Files.writeString(path, here(entry.content() == null ? "" : entry.content(), directory));
    }
    String mode = entry.mode() != null ? entry.mode() : entry.directory() ? "0755" : "0644";
    if (entry.owner() != null) {
      String[] names = entry.owner().split(":", 2);
      var users = path.getFileSystem().getUserPrincipalLookupService();
      Files.setAttribute(path, "posix:owner", users.lookupPrincipalByName(names[0]));
      Files.setAttribute(path, "posix:group", users.lookupPrincipalByGroupName(names[1]));
    }
    Files.setAttribute(path, "unix:mode", Integer.parseInt(mode, 8));
  }

  private static void prepare(String commands, Path directory) throws Exception {
    if (commands == null) {
      return;
    }
    Process process =
        new ProcessBuilder("/bin/bash", "-ec", here(commands, directory))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("preparing: " + said).isZero();
  }

  /** What a script answered. */
  private record Answered(Answer answer, String errors) {}

  private static Answered run(
      Shells shell, String operation, OperationCase row, Path directory, String path)
      throws Exception {
    byte[] body = body(row, directory);
    Map<String, String> parameters = new LinkedHashMap<>();
    row.parameters().forEach((name, value) -> parameters.put(name, here(value, directory)));
    if (operation.equals("write-file")) {
      parameters.putIfAbsent("sha256", Hash.sha256Hex(body));
      parameters.putIfAbsent("backup", "false");
    }
    ShellConnection connection = new ShellConnection(List.of(), shell.command(), path, directory);
    Deadline deadline = Deadline.in(Duration.ofMinutes(2));
    try (ShWorker worker = ShWorker.start(connection, Optional.empty(), deadline)) {
      Reply reply =
          worker.perform(
              new RawOperation(operation, parameters, body),
              new OperationHeader("r", row.step(), row.lock()),
              deadline,
              AnswerBudget.ofHeap().open());
      assertThat(worker.usable()).as("the worker waits for the next").isTrue();
      return new Answered(reply.answer(), new String(reply.errors(), StandardCharsets.UTF_8));
    }
  }

  private static byte[] body(OperationCase row, Path directory) {
    byte[] once =
        row.bodyBase64() != null
            ? Base64.getDecoder().decode(row.bodyBase64())
            : here(row.body(), directory).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < row.repeat(); i++) {
      all.writeBytes(once);
    }
    return all.toByteArray();
  }

  private static void checkAnswer(OperationCase row, Answered answered, Path directory) {
    OperationCase.Result result = row.result();
    Map<String, String> values = answered.answer().values();
    assertThat(Optional.ofNullable(values.get("error")))
        .as("error word; detail: %s; stderr: %s", values.get("detail"), answered.errors())
        .isEqualTo(Optional.ofNullable(result.error()));
    assertThat(answered.answer().status()).isEqualTo(result.error() == null ? 0 : 1);
    if (result.detail() != null) {
      assertThat(values.get("detail")).contains(here(result.detail(), directory));
    }
    result.values().forEach((name, value) -> matches(name, values.get(name), value, directory));
    if (result.body() != null) {
      String body = new String(answered.answer().body(), StandardCharsets.UTF_8);
      matches("body", body, result.body(), directory);
    }
    if (result.errors() == null) {
      assertThat(answered.errors()).as("standard error").isEmpty();
    } else {
      assertThat(answered.errors()).as("standard error").contains(here(result.errors(), directory));
    }
  }

  private static void matches(String what, String actual, String expected, Path directory) {
    if (expected == null) {
      assertThat(actual).as(what).isNull();
    } else if (expected.startsWith("~")) {
      assertThat(actual)
          .as(what)
          .isNotNull()
          .matches("(?s)" + here(expected.substring(1), directory));
    } else {
      assertThat(actual).as(what).isEqualTo(here(expected, directory));
    }
  }

  /**
   * One thing in the directory.
   *
   * @param content hash of a file, target of a symlink
   */
  private record Seen(String kind, String content, String mode, String owner, Object inode) {}

  private static Map<String, Seen> look(Path directory) throws IOException {
    Map<String, Seen> seen = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        if (path.equals(directory)) {
          continue;
        }
        Map<String, Object> attributes =
            Files.readAttributes(path, "unix:mode,ino,owner,group", LinkOption.NOFOLLOW_LINKS);
        boolean symlink = Files.isSymbolicLink(path);
        boolean isDirectory = !symlink && Files.isDirectory(path);
        String content =
            symlink
                ? Files.readSymbolicLink(path).toString()
                : Files.isRegularFile(path) ? Hash.sha256Hex(Files.readAllBytes(path)) : "";
        seen.put(
            directory.relativize(path).toString(),
            new Seen(
                symlink ? "symlink" : isDirectory ? "directory" : "file",
                content,
                String.format("%04o", (Integer) attributes.get("mode") & 07777),
                attributes.get("owner") + ":" + attributes.get("group"),
                attributes.get("ino")));
      }
    }
    return seen;
  }

  private static void checkDevice(
      OperationCase row, Map<String, Seen> before, Map<String, Seen> after, Path directory) {
    Map<String, Seen> unexplained = new TreeMap<>(after);
    Map<String, Seen> gone = new TreeMap<>(before);
    for (OperationCase.Entry entry : row.after()) {
      String path =
          entry.path().startsWith("~")
              ? unexplained.keySet().stream()
                  .filter(name -> !before.containsKey(name))
                  .filter(name -> name.matches(entry.path().substring(1)))
                  .findFirst()
                  .orElse(entry.path())
              : entry.path();
      Seen now = unexplained.remove(path);
      gone.remove(path);
      if (entry.absent()) {
        assertThat(now).as(path + " is gone").isNull();
        continue;
      }
      assertThat(now).as("%s among %s", path, after.keySet()).isNotNull();
      if (entry.isBody()) {
        assertThat(now.content()).as(path).isEqualTo(Hash.sha256Hex(body(row, directory)));
      }
      if (entry.content() != null) {
        assertThat(now.kind()).as(path).isEqualTo("file");
        assertThat(now.content())
            .as("content of " + path)
            .isEqualTo(
                Hash.sha256Hex(here(entry.content(), directory).getBytes(StandardCharsets.UTF_8)));
      }
      if (entry.symlink() != null) {
        assertThat(now.kind()).as(path).isEqualTo("symlink");
        assertThat(now.content()).as(path).isEqualTo(here(entry.symlink(), directory));
      }
      if (entry.directory()) {
        assertThat(now.kind()).as(path).isEqualTo("directory");
      }
      if (entry.mode() != null) {
        assertThat(now.mode()).as("mode of " + path).isEqualTo(entry.mode());
      }
      if (entry.owner() != null) {
        assertThat(now.owner()).as("owner of " + path).isEqualTo(entry.owner());
      }
      if (entry.same()) {
        assertThat(now.inode()).as("inode of " + path).isEqualTo(before.get(path).inode());
      }
    }
    gone.keySet().removeAll(unexplained.keySet());
    assertThat(gone.keySet()).as("vanished").isEmpty();
    unexplained.forEach(
        (path, now) -> assertThat(now).as(path + " stays as it was").isEqualTo(before.get(path)));
  }
}
