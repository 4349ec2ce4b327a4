package dev.edgefleet.simulator.windows;

import dev.edgefleet.remote.Answer;
import dev.edgefleet.remote.BootIdentity;
import dev.edgefleet.remote.CheckReadable;
import dev.edgefleet.remote.ControlService;
import dev.edgefleet.remote.DescribeFile;
import dev.edgefleet.remote.GatherFacts;
import dev.edgefleet.remote.LookAtJob;
import dev.edgefleet.remote.MakeDirectory;
import dev.edgefleet.remote.MakeLink;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.PruneBackups;
import dev.edgefleet.remote.PruneJobs;
import dev.edgefleet.remote.ReadFile;
import dev.edgefleet.remote.Reboot;
import dev.edgefleet.remote.ReleaseLock;
import dev.edgefleet.remote.RemoveFile;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.RestartOwed;
import dev.edgefleet.remote.RunCommand;
import dev.edgefleet.remote.ServiceState;
import dev.edgefleet.remote.SetAttributes;
import dev.edgefleet.remote.SetTreeAttributes;
import dev.edgefleet.remote.StartJob;
import dev.edgefleet.remote.StatFile;
import dev.edgefleet.remote.StopJob;
import dev.edgefleet.remote.TouchFile;
import dev.edgefleet.remote.WriteFile;
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
          new RestartOwed("iotedge", "/"),
          new CheckReadable("C:\\a", "SYSTEM"),
          new DescribeFile("C:\\a", true, NONE),
          new MakeLink("C:\\a", "b", false),
          new TouchFile("C:\\a", NONE, NONE, NONE),
          new SetTreeAttributes("C:\\a", NONE, NONE, NONE, false),
          RunCommand.of("hostname"),
          new StartJob(RunCommand.of("hostname"), NONE),
          new LookAtJob(Duration.ZERO, NONE),
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
