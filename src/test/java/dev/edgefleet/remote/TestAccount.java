package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.Peer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** A throw-away user of this machine, with a password. There is one of each name at a time. */
final class TestAccount {
  private final String name;
  private final FileChannel lock;

  private TestAccount(String name, FileChannel lock) {
    this.name = name;
    this.lock = lock;
  }

  /**
   * @param uid far from what packages and containers take: userdel minds processes of that number
   */
  static TestAccount make(String name, int uid, String password) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Peer.require("useradd", "passwd");
    Peer.require("setpriv", "util-linux");
    FileChannel lock =
        FileChannel.open(
            Path.of("/run/lock/" + name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // Perhaps there is more than one test run.
    lock.lock();
    TestAccount account = new TestAccount(name, lock);
    if (run("", "id", name)) {
      // Left by a run that was killed.
      account.remove();
    }
    assumeTrue(
        run(
            "",
            "useradd",
            "--uid",
            Integer.toString(uid),
            "--no-create-home",
            "--shell",
            "/bin/sh",
            name),
        "no throw-away user");
    assertThat(run(name + ":" + password + "\n", "chpasswd")).isTrue();
    return account;
  }

  static boolean run(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  /** Runs operations as this user, and from there as another. */
  DeviceShell shell(Become become) {
    List<String> as =
        List.of("setpriv", "--reuid", name, "--regid", name, "--clear-groups", "--reset-env");
    return new DeviceShell(
        new ShellConnection(as, "/bin/sh", "/usr/bin:/bin:/usr/sbin", Path.of("/")),
        Optional.of(become));
  }

  String name() {
    return name;
  }

  private void remove() throws Exception {
    assertThat(run("", "userdel", "--force", name)).isTrue();
  }

  void close() throws Exception {
    remove();
    lock.close();
  }
}
