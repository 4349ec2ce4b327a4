package dev.edgefleet.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.action.Outcome.Status;
import dev.edgefleet.failure.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the comparison with Ansible does not show: check runs, fetch, and what is refused. */
class GenericActionsTest {
  @TempDir Path directory;

  @Test
  void aFetchedFileIsTheSameByteForByteAndAsPrivate() throws Exception {
    Path there = Files.write(directory.resolve("b"), new byte[] {0, 13, 10, -1, -2, 10, 0});
    LocalDevice device = new LocalDevice(directory);
    String task = "{src: " + there + ", dest: got}";
    Path here = Path.of(directory + "/got/edge1" + there);

    assertThat(device.checking().apply("fetch", task).status()).isEqualTo(Status.CHANGED);
    assertThat(here).doesNotExist();
    assertThat(device.apply("fetch", task).status()).isEqualTo(Status.CHANGED);
    assertThat(here).hasSameBinaryContentAs(there);
    assertThat(mode(here)).isEqualTo("rw-r--r--");
    assertThat(device.apply("fetch", task).status()).isEqualTo(Status.OK);

    Files.writeString(there, "-----BEGIN PRIVATE KEY-----\n");
    device.apply("fetch", "{src: " + there + ", dest: keys/, flat: true}");
    assertThat(mode(directory.resolve("keys/b"))).isEqualTo("rw-------");
    assertThat(directory.resolve("keys")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aMissingFileFailsAFetchUnlessToldOtherwise() {
    LocalDevice device = new LocalDevice(directory);
    assertThat(device.apply("fetch", "{src: " + directory + "/no, dest: got}").status())
        .isEqualTo(Status.FAILED);
    assertThat(
            device
                .apply("fetch", "{src: " + directory + "/no, dest: got, fail_on_missing: false}")
                .status())
        .isEqualTo(Status.OK);
  }

  @Test
  void aFetchStaysInItsDirectory() throws Exception {
    Files.writeString(directory.resolve("a"), "x");
    assertThatThrownBy(
            () ->
                new LocalDevice(directory)
                    .apply("fetch", "{src: ../" + directory.getFileName() + "/a, dest: got}"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("leads out of its directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "..", ".", "/tmp/x", "a/../../x"})
  void aFetchStaysInItsDirectoryWhateverTheDeviceIsCalled(String name) throws Exception {
    Path there = Files.writeString(directory.resolve("a"), "x");
    LocalDevice device = new LocalDevice(directory);
    device.device = name;
    assertThatThrownBy(() -> device.apply("fetch", "{src: " + there + ", dest: got}"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("name leads out of 'dest'");
  }

  @Test
  void theControllerIsNotRebooted() {
    LocalDevice device = new LocalDevice(directory);
    device.onController = true;
    assertThatThrownBy(() -> device.apply("reboot", ""))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("would restart the controller itself");
    assertThat(device.operations).isZero();
  }

  @Test
  void aRegexpThatTriesForYearsIsEnded() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "a".repeat(60) + "\n");
    String task = "{path: " + file + ", line: b, regexp: '(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b'}";
    assertThatThrownBy(() -> new LocalDevice(directory).apply("lineinfile", task))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("'regexp' takes more than 10 seconds");
    assertThat(file).hasContent("a".repeat(60));
  }

  @Test
  void aRegexpThatGoesTooDeepIsAMistake() throws Exception {
    Path file = Files.writeString(directory.resolve("a"), "ab".repeat(2_000_000) + "\n");
    String task = "{path: " + file + ", line: b, regexp: '(a|b)*c'}";
    assertThatThrownBy(() -> new LocalDevice(directory).apply("lineinfile", task))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("'regexp' goes too deep: (a|b)*c");
  }

  @Test
  void theTasksEnvironmentReachesCommandShellAndScript() throws Exception {
    LocalDevice device = new LocalDevice(directory);
    device.environment.put("GREETING", "it's größe");
    Files.writeString(directory.resolve("s"), "#!/bin/sh\necho \"$GREETING\"\n");

    assertThat(device.apply("command", "printenv GREETING").values())
        .containsEntry("stdout", "it's größe");
    assertThat(device.apply("shell", "echo $GREETING").values())
        .containsEntry("stdout", "it's größe");
    assertThat(device.apply("script", "s").values()).containsEntry("stdout", "it's größe\n");
  }

  @Test
  void aCheckRunChangesNothing() throws Exception {
    LocalDevice check = new LocalDevice(directory).checking();
    Path file = Files.writeString(directory.resolve("a"), "old\n");

    assertThat(check.apply("shell", "echo x >>a").status()).isEqualTo(Status.SKIPPED);
    assertThat(check.apply("shell", "{cmd: echo x >>a, creates: a}").status()).isEqualTo(Status.OK);
    assertThat(check.apply("shell", "{cmd: echo x >>a, creates: b}").status())
        .isEqualTo(Status.CHANGED);
    Outcome line = check.apply("lineinfile", "{path: " + file + ", line: new}");
    assertThat(line.changes())
        .containsExactly(new Outcome.FileChange(file.toString(), "old\n", "old\nnew\n"));
    assertThat(check.apply("file", "{path: " + file + ", state: touch}").status())
        .isEqualTo(Status.CHANGED);
    assertThat(check.apply("file", "{path: b, src: a, state: link}").status())
        .isEqualTo(Status.CHANGED);
    Files.createDirectories(directory.resolve("src/d"));
    assertThat(check.apply("copy", "{src: src, dest: " + directory + "/to}").status())
        .isEqualTo(Status.CHANGED);
    try (var files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "src");
    }
    assertThat(file).hasContent("old\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pause      | prompt: Go on?                       | pause cannot ask
          pause      | {seconds: 1, minutes: 1}             | either 'seconds' or 'minutes'
          set_fact   | {a: 1, cacheable: true}              | no parameter 'cacheable'
          set_fact   | {'a b': 1}                           | 'a b' is no variable's name
          shell      | {cmd: x, executable: /usr/bin/perl}  | it is no POSIX shell
          stat       | {path: /, get_mime: true}            | stat tells no mime type
          lineinfile | {path: a, line: b, backrefs: true}   | 'backrefs' goes with regexp
          lineinfile | {path: a}                            | lineinfile needs 'line'
          file       | {path: a, state: link}               | 'src' and state: link go together
          copy       | {dest: a}                            | either 'src' or 'content'
          command    | {cmd: a, argv: [b]}                  | either 'cmd' or 'argv'
          """)
  void whatCannotBeIsRefusedWithItsPlace(String action, String yaml, String found) {
    assertThatThrownBy(() -> new LocalDevice(directory).apply(action, yaml))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("p.yml:1:")
        .hasMessageContaining(found);
  }

  private static String mode(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
