package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.edgefleet.Peer;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real su and doas, asked by a throw-away user of this machine. */
final class BecomeMethodsTest {
  private static final String PASSWORD = "c0rrect horse's \"battery\" $taple";
  private static final Path DOAS = Path.of("/etc/doas.conf");
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static TestAccount login;
  private static TestAccount other;

  @BeforeAll
  static void makeUsers() throws Exception {
    Peer.require("su", "util-linux");
    login = TestAccount.make("edgefleet-login", 54981, "login " + PASSWORD);
    other = TestAccount.make("edgefleet-other", 54982, PASSWORD);
  }

  @AfterAll
  static void removeUsers() throws Exception {
    for (TestAccount account : new TestAccount[] {login, other}) {
      if (account != null) {
        account.close();
      }
    }
  }

  private static Become su(String user, String password) {
    return new Become(user, Optional.ofNullable(password).map(Secret::of), BecomeMethod.SU);
  }

  private static DeviceShell asRoot(Become become) {
    return new DeviceShell(
        new ShellConnection(List.of(), "/bin/sh", "/usr/bin:/bin:/usr/sbin", Path.of("/")),
        Optional.of(become));
  }

  private static String output(DeviceShell shell, String... program) {
    CommandOutput output = shell.perform(RunProgram.of(program), HEADER, LIMIT);
    assertThat(output.stderr()).isEmpty();
    return output.stdout().strip();
  }

  @Test
  void suWithThePasswordOfTheOtherUser() {
    DeviceShell shell = login.shell(su("edgefleet-other", PASSWORD));
    assertThat(output(shell, "id", "-un")).isEqualTo("edgefleet-other");
    // The worker goes on to serve.
    assertThat(output(shell, "id", "-un")).isEqualTo("edgefleet-other");
  }

  /** The other user's program stands in quotes within quotes. */
  @ParameterizedTest
  @CsvSource({"bsd-csh, csh", "tcsh, tcsh", "fish, fish", "zsh, zsh", "bash, bash"})
  void suFromEveryLoginShell(String shell, String debianPackage) {
    List<String> as =
        List.of(
            "setpriv",
            "--reuid",
            login.name(),
            "--regid",
            login.name(),
            "--clear-groups",
            "--reset-env",
            "/bin/sh",
            "-c",
            // What follows is /bin/sh, -c and the command line.
            "exec " + Peer.require(shell, debianPackage) + " -c \"$2\"");
    DeviceShell through =
        new DeviceShell(
            new ShellConnection(as, "/bin/sh", "/usr/bin:/bin", Path.of("/")),
            Optional.of(su("edgefleet-other", PASSWORD)));
    assertThat(output(through, "id", "-un")).isEqualTo("edgefleet-other");
  }

  @Test
  void thePasswordBecomesNoInput() {
    CommandOutput output =
        login
            .shell(su("edgefleet-other", PASSWORD))
            .perform(
                new RunProgram(
                    List.of("cat"), Optional.empty(), "x\n".getBytes(StandardCharsets.UTF_8)),
                HEADER,
                LIMIT);
    assertThat(output).isEqualTo(new CommandOutput(0, "x\n", "", false));
  }

  @Test
  void suNeedsNoneForRoot() {
    assertThat(output(asRoot(su("edgefleet-other", null)), "id", "-un"))
        .isEqualTo("edgefleet-other");
    assertThat(output(asRoot(su("edgefleet-other", PASSWORD)), "id", "-un"))
        .isEqualTo("edgefleet-other");
    // Its shell is nologin.
    assertThat(output(asRoot(su("daemon", null)), "id", "-un")).isEqualTo("daemon");
  }

  @Test
  void busyboxHasItsOwnSu() throws Exception {
    String busybox = Peer.require("busybox", "busybox-static").toString();
    assertThat(
            output(
                asRoot(
                    new Become(
                        "edgefleet-other",
                        Optional.empty(),
                        BecomeMethod.SU,
                        List.of(busybox, "su"),
                        Optional.empty())),
                "id",
                "-un"))
        .isEqualTo("edgefleet-other");
  }

  @Test
  void aWrongPassword() {
    Refused failure =
        catchThrowableOfType(
            Refused.class, () -> output(login.shell(su("edgefleet-other", "wr0ng")), "id"));
    assertThat(failure.what())
        .isEqualTo("the su password for user edgefleet-other was not accepted");
    assertThat(failure.remedy()).contains("that of edgefleet-other").doesNotContain("wr0ng");
  }

  @Test
  void noPassword() {
    assertThatThrownBy(() -> output(login.shell(su("edgefleet-other", null)), "id"))
        .isInstanceOf(Refused.class)
        .hasMessage("su wants a password to become edgefleet-other, and none was given");
  }

  @Test
  void nobodyOfThatName() {
    assertThatThrownBy(() -> output(login.shell(su("edgefleet-nobody", PASSWORD)), "id"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("no user \"edgefleet-nobody\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "-l", "--login"})
  void aLoginIsOne(String flags) {
    BecomeFlags parsed = BecomeFlags.parse(BecomeMethod.SU, "f", flags);
    Become become =
        new Become(
            "edgefleet-other",
            Optional.of(Secret.of(PASSWORD)),
            BecomeMethod.SU,
            List.of("su"),
            Optional.of(parsed));
    // A login cleans the environment.
    assertThat(output(login.shell(become), "id", "-un")).isEqualTo("edgefleet-other");
  }

  @Test
  void sudoTakesFlagsToo() throws Exception {
    Peer.require("sudo", "sudo");
    Path sudoers = Path.of("/etc/sudoers.d/edgefleet-login");
    Files.writeString(sudoers, "edgefleet-login ALL=(ALL:ALL) NOPASSWD: ALL\n");
    Files.setPosixFilePermissions(sudoers, PosixFilePermissions.fromString("r--r-----"));
    try {
      for (String flags : List.of("-H -S -n", "-i", "-H -g daemon", "-kH", "")) {
        Become become =
            new Become(
                "root",
                Optional.empty(),
                BecomeMethod.SUDO,
                List.of("sudo"),
                Optional.of(BecomeFlags.parse(BecomeMethod.SUDO, "f", flags)));
        assertThat(output(login.shell(become), "id", "-un")).as(flags).isEqualTo("root");
        assertThat(output(login.shell(become), "id", "-gn"))
            .isEqualTo(flags.contains("daemon") ? "daemon" : "root");
      }
      // As many have it: sudo, which asks for nothing, calls su, which need not.
      Become both =
          new Become(
              "edgefleet-other",
              Optional.empty(),
              BecomeMethod.SU,
              Become.programWords("sudo su -"),
              Optional.empty());
      assertThat(output(login.shell(both), "id", "-un")).isEqualTo("edgefleet-other");
    } finally {
      Files.deleteIfExists(sudoers);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUDO | -u bob | -u",
        "SUDO | -e | -e",
        "SUDO | --edit | --edit",
        "SUDO | command | command",
        "SU | -c id | -c",
        "SU | -s /bin/zsh | -s",
        "DOAS | -u bob | -u",
        "SUDO | -g | no value"
      })
  void flagsThatWouldBreakItAreRefused(BecomeMethod method, String flags, String said) {
    assertThatThrownBy(() -> BecomeFlags.parse(method, "ansible_become_flags", flags))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("ansible_become_flags")
        .hasMessageContaining(said);
  }

  @Test
  void doasWithoutAPassword() throws Exception {
    Peer.require("doas", "opendoas");
    assumeFalse(Files.exists(DOAS), "this machine has its own");
    try {
      Become become = new Become("edgefleet-other", Optional.empty(), BecomeMethod.DOAS);
      assertThatThrownBy(() -> output(login.shell(become), "id"))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("doas.conf");
      Files.writeString(DOAS, "permit nopass edgefleet-login as edgefleet-other\n");
      assertThat(output(login.shell(become), "id", "-un")).isEqualTo("edgefleet-other");
      assertThatThrownBy(
              () ->
                  output(
                      login.shell(new Become("root", Optional.empty(), BecomeMethod.DOAS)), "id"))
          .isInstanceOf(Refused.class)
          .hasMessage("the login user may not become root with doas");
      Files.writeString(DOAS, "permit edgefleet-login\n");
      assertThatThrownBy(() -> output(login.shell(become), "id"))
          .isInstanceOf(Refused.class)
          .hasMessageContaining("at a terminal only");
    } finally {
      Files.deleteIfExists(DOAS);
    }
  }
}
