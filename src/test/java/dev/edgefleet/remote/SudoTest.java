package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.Peer;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.secret.Secret;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real sudo, asked by a throw-away user of this machine. */
class SudoTest {
  private static final String USER = "edgefleet-test";
  private static final String PASSWORD = "c0rrect horse's \"battery\" $taple";
  private static final Path SUDOERS = Path.of("/etc/sudoers.d/edgefleet-test");
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static FileChannel lock;
  private static boolean made;

  @BeforeAll
  static void makeUser() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Peer.require("sudo", "sudo");
    Peer.require("useradd", "passwd");
    Peer.require("setpriv", "util-linux");
    lock =
        FileChannel.open(
            Path.of("/run/lock/edgefleet-test"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    // There is one such user on a machine, and perhaps more than one test run.
    lock.lock();
    if (run("", "id", USER)) {
      // Left by a run that was killed.
      removeAccount();
    }
    // A number far from what packages and containers take: userdel minds processes of that number.
    assumeTrue(
        run("", "useradd", "--uid", "54987", "--no-create-home", "--shell", "/bin/sh", USER),
        "no throw-away user");
    made = true;
    assertThat(run(USER + ":" + PASSWORD + "\n", "chpasswd")).isTrue();
  }

  @AfterAll
  static void removeUser() throws Exception {
    if (made) {
      removeAccount();
    }
    if (lock != null) {
      lock.close();
    }
  }

  private static void removeAccount() throws Exception {
    Files.deleteIfExists(SUDOERS);
    assertThat(run("", "userdel", "--force", USER)).isTrue();
  }

  private static boolean run(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  private static void sudoers(String rule) throws Exception {
    Files.writeString(SUDOERS, rule + "\n");
    Files.setPosixFilePermissions(SUDOERS, PosixFilePermissions.fromString("r--r-----"));
    assertThat(run("", "visudo", "-c", "-q", "-f", SUDOERS.toString())).isTrue();
  }

  private static DeviceShell shell(String become, Optional<String> password) {
    List<String> as =
        List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--reset-env");
    return new DeviceShell(
        new ShellConnection(as, "/bin/sh", "/usr/bin:/bin:/usr/sbin", Path.of("/")),
        Optional.of(new Become(become, password.map(Secret::of))));
  }

  private static String whoami(DeviceShell shell) {
    CommandOutput output = shell.perform(RunProgram.of("id", "-un"), HEADER, LIMIT);
    assertThat(output.stderr()).isEmpty();
    return output.stdout().strip();
  }

  @Test
  void withoutAPasswordWhenNoneIsAsked() throws Exception {
    sudoers(USER + " ALL=(ALL) NOPASSWD: ALL");
    assertThat(whoami(shell("root", Optional.empty()))).isEqualTo("root");
    assertThat(whoami(shell("daemon", Optional.empty()))).isEqualTo("daemon");
  }

  @Test
  void aPasswordThatIsNotAskedForBecomesNoInput() throws Exception {
    sudoers(USER + " ALL=(ALL) NOPASSWD: ALL");
    CommandOutput output =
        shell("root", Optional.of(PASSWORD))
            .perform(
                new RunProgram(
                    List.of("cat"), Optional.empty(), "x\n".getBytes(StandardCharsets.UTF_8)),
                HEADER,
                LIMIT);
    assertThat(output).isEqualTo(new CommandOutput(0, "x\n", "", false));
  }

  @Test
  void withTheRightPassword() throws Exception {
    sudoers(USER + " ALL=(ALL) ALL");
    assertThat(whoami(shell("root", Optional.of(PASSWORD)))).isEqualTo("root");
  }

  @Test
  void withTheRightPasswordThroughAPseudoTerminal() throws Exception {
    sudoers("Defaults:" + USER + " use_pty, lecture=always\n" + USER + " ALL=(ALL) ALL");
    assertThat(whoami(shell("root", Optional.of(PASSWORD)))).isEqualTo("root");
    byte[] content = new byte[300_000];
    Path file = Path.of("/root/edgefleet-test-file");
    try {
      shell("root", Optional.of(PASSWORD))
          .perform(WriteFile.of(file.toString(), content), HEADER, LIMIT);
      assertThat(Files.readAllBytes(file)).isEqualTo(content);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @Test
  void aWrongPasswordIsRefusedAfterOneTry() throws Exception {
    sudoers("Defaults:" + USER + " passwd_tries=5\n" + USER + " ALL=(ALL) ALL");
    Refused failure =
        catchThrowableOfType(
            Refused.class, () -> whoami(shell("root", Optional.of("wr0ng-" + PASSWORD))));
    assertThat(failure.what()).isEqualTo("the sudo password for user root was not accepted");
    assertThat(failure.remedy()).contains("-K").doesNotContain(PASSWORD);
    assertThat(failure.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void aWrongPasswordWhereSudoAsksOnlyOnce() throws Exception {
    sudoers("Defaults:" + USER + " passwd_tries=1\n" + USER + " ALL=(ALL) ALL");
    assertThatThrownBy(() -> whoami(shell("root", Optional.of("wr0ng"))))
        .isInstanceOf(Refused.class)
        .hasMessage("the sudo password for user root was not accepted");
  }

  @Test
  void aPasswordThatIsNeededAndNotGiven() throws Exception {
    sudoers(USER + " ALL=(ALL) ALL");
    Refused failure =
        catchThrowableOfType(Refused.class, () -> whoami(shell("root", Optional.empty())));
    assertThat(failure.what()).contains("wants a password");
    assertThat(failure.remedy()).contains("-K").contains("ansible_become_password");
  }

  @Test
  void aUserWhoMayNot() throws Exception {
    Files.deleteIfExists(SUDOERS);
    assertThatThrownBy(() -> whoami(shell("root", Optional.of(PASSWORD))))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("may not become root");
  }

  @Test
  void aUserWhoMayNotBecomeThatOne() throws Exception {
    sudoers(USER + " ALL=(daemon) NOPASSWD: ALL");
    assertThatThrownBy(() -> whoami(shell("root", Optional.empty()))).isInstanceOf(Refused.class);
  }

  @Test
  void aUserWhoIsNotThere() throws Exception {
    sudoers(USER + " ALL=(ALL) NOPASSWD: ALL");
    assertThatThrownBy(() -> whoami(shell("no-such-user", Optional.empty())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no user \"no-such-user\"");
  }

  @Test
  void noSudo() {
    List<String> as = List.of();
    var shell =
        new DeviceShell(
            new ShellConnection(as, "/bin/sh", "/nowhere", Path.of("/")),
            Optional.of(new Become("root", Optional.empty())));
    assertThatThrownBy(() -> whoami(shell))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("has no sudo");
  }

  @Test
  void thePasswordStandsInNoProcessList() throws Exception {
    sudoers(USER + " ALL=(ALL) ALL");
    ConcurrentHashMap.KeySetView<String, Boolean> seen = ConcurrentHashMap.newKeySet();
    Thread watcher =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    commandLines().forEach(seen::add);
                  }
                });
    shell("root", Optional.of(PASSWORD)).perform(RunProgram.of("sleep", "1"), HEADER, LIMIT);
    watcher.interrupt();
    watcher.join();
    assertThat(seen).anyMatch(line -> line.contains("sudo") && line.contains("edgefleet"));
    assertThat(seen).noneMatch(line -> line.contains(PASSWORD));
  }

  private static List<String> commandLines() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .map(
              path -> {
                try {
                  return Files.readString(path.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                      + Files.readString(path.resolve("environ"), StandardCharsets.ISO_8859_1);
                } catch (java.io.IOException e) {
                  return "";
                }
              })
          .toList();
    } catch (java.io.IOException e) {
      return List.of();
    }
  }
}
