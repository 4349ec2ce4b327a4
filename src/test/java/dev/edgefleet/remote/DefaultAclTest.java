package dev.edgefleet.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.TouchFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.service.PendingRestart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In a directory whose default ACL gives everything new to another user, no umask closes a file.
 * Before every program that an operation starts, that other user looks for what it could open.
 */
class DefaultAclTest {
  private static final String OTHER = "nobody";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> WATCHED =
      List.of("stat", "sha256sum", "sync", "chmod", "chown", "mv", "ln", "cp", "cat", "date", "rm");

  @TempDir Path directory;

  private Path device;
  private Path seen;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    device = Files.createDirectory(directory.resolve("device"));
    seen = Files.createFile(directory.resolve("seen"));
    Path setfacl = Peer.require("setfacl", "acl");
    run(setfacl.toString(), "-d", "-m", "u:" + OTHER + ":rwx,m::rwx", device.toString());
  }

  @ParameterizedTest
  @EnumSource(Shells.class)
  void opensNothing(Shells shell) throws Exception {
    Path programs = directory.resolve("programs");
    shell.fill(programs, WATCHED);
    Path setpriv = Peer.require("setpriv", "util-linux");
    for (String name : WATCHED) {
      Path watch = programs.resolve(name);
      Files.writeString(
          watch,
          """
          #!/bin/sh
          %s --reuid=%s --regid=nogroup --clear-groups /usr/bin/find '%s' -mindepth 1 \
          \\( -writable -o -type f -readable ! -path '*/state/lock*' \\) \
          ! -type l </dev/null >>'%s' 2>/dev/null
          exec %s "$@"
          """
              .formatted(
                  setpriv,
                  OTHER,
                  device,
                  seen,
                  shell == Shells.BUSYBOX ? "/bin/busybox " + name : "/usr/bin/" + name));
      assertThat(watch.toFile().setExecutable(true)).isTrue();
    }
    DeviceShell deviceShell =
        new DeviceShell(
            new ShellConnection(List.of(), shell.command(), programs.toString(), device),
            Optional.empty());
    try (deviceShell) {
      for (Operation<?> operation : operations()) {
        deviceShell.perform(operation, new OperationHeader("r", "s", "1/me@control"), LIMIT);
        look();
        assertThat(seen).as("%s", operation.purpose()).isEmptyFile();
      }
    }
    Await.until("the job's end", () -> ProcessHandle.allProcesses().noneMatch(this::isHere));
    look();
    assertThat(seen).isEmptyFile();
    assertThat(device.resolve("a")).hasContent("third");
    assertThat(device.resolve("state/backups")).content().contains("/device/a.edgefleet-");
  }

  private List<Operation<?>> operations() {
    String file = device.resolve("a").toString();
    PendingRestart owed = new PendingRestart("iotedge", device.resolve("state").toString());
    Optional<String> closed = Optional.of("0600");
    return List.of(
        write(file, "first", Optional.empty(), false),
        write(file, "second", Optional.empty(), true),
        write(file, "third", Optional.of(owed), false),
        new TouchFile(device.resolve("b").toString(), Optional.empty(), Optional.empty(), closed),
        new MakeDirectory(
            device.resolve("c/d").toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("0700")),
        new StartJob(RunProgram.of("echo", "hello"), Optional.empty()));
  }

  private static WriteFile write(
      String path, String content, Optional<PendingRestart> owed, boolean backup) {
    return new WriteFile(
        path,
        content.getBytes(StandardCharsets.UTF_8),
        Optional.empty(),
        Optional.empty(),
        Optional.of("0600"),
        Optional.empty(),
        backup,
        owed,
        false);
  }

  private boolean isHere(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(directory.toString());
  }

  /** What the other user could open now that the operation is over. */
  private void look() throws Exception {
    run(directory.resolve("programs/date").toString());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
