package dev.edgefleet.simulator.windows;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.file.CheckReadable;
import dev.edgefleet.remote.file.DescribeFile;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.MakeLink;
import dev.edgefleet.remote.file.PruneBackups;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.file.RemoveFile;
import dev.edgefleet.remote.file.SetAttributes;
import dev.edgefleet.remote.file.SetTreeAttributes;
import dev.edgefleet.remote.file.StatFile;
import dev.edgefleet.remote.file.TouchFile;
import dev.edgefleet.remote.file.WriteFile;
import dev.edgefleet.remote.job.PollJob;
import dev.edgefleet.remote.job.PruneJobs;
import dev.edgefleet.remote.job.StartJob;
import dev.edgefleet.remote.job.StopJob;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.remote.service.CheckPendingRestart;
import dev.edgefleet.remote.service.ControlService;
import dev.edgefleet.remote.service.ServiceState;
import dev.edgefleet.remote.system.BootIdentity;
import dev.edgefleet.remote.system.GatherFacts;
import dev.edgefleet.remote.system.Reboot;
import dev.edgefleet.remote.system.ReleaseLock;
import dev.edgefleet.remote.wire.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads an answer as the controller does, with the records of the operations. */
final class OperationRecords {
  private static final Optional<String> NONE = Optional.empty();
  private static final List<Operation<?>> ALL =
      List.of(
          new GatherFacts(),
          new BootIdentity(),
          new Reboot(Duration.ZERO),
          new StatFile("C:\\a"),
          new ReadFile("C:\\a", 1),
          WriteFile.of("C:\\a", new byte[0]),
          new MakeDirectory("C:\\a", NONE, NONE, NONE),
          new SetAttributes("C:\\a", NONE, NONE, NONE),
          new RemoveFile("C:\\a", false),
          new ServiceState("iotedge"),
          new ControlService("iotedge", ControlService.Verb.START, Duration.ZERO, "/"),
          new CheckPendingRestart("iotedge", "/"),
          new CheckReadable("C:\\a", "SYSTEM"),
          new DescribeFile("C:\\a", true, NONE),
          new MakeLink("C:\\a", "b", false),
          new TouchFile("C:\\a", NONE, NONE, NONE),
          new SetTreeAttributes("C:\\a", NONE, NONE, NONE, false),
          RunProgram.of("hostname"),
          new StartJob(RunProgram.of("hostname"), NONE),
          new PollJob(Duration.ZERO, NONE),
          new StopJob(NONE),
          new PruneJobs(Duration.ZERO, NONE),
          new PruneBackups(1, 1, false),
          new ReleaseLock(1));

  private OperationRecords() {}

  /** Throws where a record cannot read it; operations without a record pass. */
  static void read(String operation, Map<String, String> values, byte[] body) {
    Reply reply =
        new Reply(
            new Answer(values, body, body.length, 0), new byte[0], Instant.now(), Instant.now());
    ALL.stream().filter(one -> one.script().equals(operation)).forEach(one -> one.result(reply));
  }
}
