package dev.edgefleet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Await;
import dev.edgefleet.Program;
import dev.edgefleet.failure.BadInput;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path run;

  @Test
  void oneTakesItAndTheNextWhenItWasLetGo() throws Exception {
    assertThat(RunLock.isHeld(run)).isFalse();
    RunLock lock = RunLock.take(run);
    assertThat(RunLock.isHeld(run)).isTrue();
    assertThatThrownBy(() -> RunLock.take(run))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("process " + ProcessHandle.current().pid() + " on ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.resolve("lock"))))
        .isEqualTo("rw-------");
    lock.close();
    lock.close();
    assertThat(RunLock.isHeld(run)).isFalse();
    RunLock.take(run).close();
  }

  @Test
  void whatAnotherProcessHoldsIsHeldUntilItDies() throws Exception {
    Process other =
        new ProcessBuilder(
                Program.java(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                run.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThat(RunLock.isHeld(run)).isTrue();
      assertThatThrownBy(() -> RunLock.take(run))
          .isInstanceOf(BadInput.class)
          .hasMessageContaining("process " + other.pid() + " on ");
    } finally {
      other.destroyForcibly();
    }
    Await.end(other);
    assertThat(RunLock.isHeld(run)).isFalse();
    RunLock.take(run).close();
  }

  @Test
  void askingInTheHoldersProcessDoesNotLoseTheLock() throws Exception {
    try (RunLock lock = RunLock.take(run)) {
      assertThat(RunLock.isHeld(run)).isTrue();
      Process other =
          new ProcessBuilder(
                  Program.java(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Asker.class.getName(),
                  run.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("true\n");
      assertThat(lock).isNotNull();
    }
  }

  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (RunLock lock = RunLock.take(Path.of(arguments[0]))) {
        System.out.println(lock == null ? "" : "held");
        Thread.sleep(60_000);
      }
    }
  }

  static final class Asker {
    private Asker() {}

    public static void main(String[] arguments) {
      System.out.println(RunLock.isHeld(Path.of(arguments[0])));
    }
  }
}
