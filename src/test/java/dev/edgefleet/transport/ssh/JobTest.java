package dev.edgefleet.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Await;
import dev.edgefleet.remote.DeviceShell;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.job.JobState;
import dev.edgefleet.remote.job.PollJob;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.RunShell;
import dev.edgefleet.transport.Connection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job outlives the session that started it, and the server. */
class JobTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final OperationHeader HEADER = new OperationHeader("r", "s", "-");

  @TempDir Path directory;

  @Test
  void aJobOutlivesItsSessionAndTheServer() throws Exception {
    Optional<String> state = Optional.of(directory.resolve("state").toString());
    Path begun = directory.resolve("begun");
    Path go = directory.resolve("go");
    StartJob start =
        new StartJob(
            new RunShell(
                ": >%s; while [ ! -e %s ]; do sleep 0.1; done; echo over; exit 4"
                    .formatted(begun, go),
                "/bin/sh",
                new byte[0],
                Execution.PLAIN),
            state);
    try (Sshd sshd = Sshd.start(directory);
        SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()));
        Connection connection = transport.connect(sshd.target())) {
      JobState started =
          new DeviceShell(connection, Optional.empty()).perform(start, HEADER, LIMIT);
      assertThat(started).isInstanceOf(JobState.Running.class);
      Await.until(begun, () -> Files.exists(begun));
    }
    Files.createFile(go);
    try (Sshd sshd = Sshd.start(directory);
        SshTransport transport = new SshTransport(Settings.with(sshd.knownHosts()));
        Connection connection = transport.connect(sshd.target())) {
      JobState ended =
          new DeviceShell(connection, Optional.empty())
              .perform(new PollJob(Duration.ofSeconds(60), state), HEADER, LIMIT);
      assertThat(ended)
          .isInstanceOfSatisfying(
              JobState.Ended.class,
              job -> assertThat(job.output()).isEqualTo(new CommandOutput(4, "over\n", "", false)));
    }
  }
}
