package dev.edgefleet.remote.job;

import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.program.CommandOutput;
import java.time.Instant;

/** How far a job is, as its directory on the device tells. */
public sealed interface JobState {
  /** Nothing has begun: it may be started. */
  record Absent() implements JobState {}

  /** {@code creates} or {@code removes} made it unnecessary; only {@link StartJob} says so. */
  record NotNeeded() implements JobState {}

  /** Somebody is about to start it. */
  record Claimed() implements JobState {}

  /**
   * It runs.
   *
   * @param directory its directory on the device
   * @param started by the device's clock
   */
  record Running(String directory, Instant started) implements JobState {}

  /**
   * It is over.
   *
   * @param output all of its standard output, or only its end when it was more than an answer holds
   * @param size of its standard output, in bytes
   * @param cut true when {@code output} is not all of it
   * @param started by the device's clock
   * @param ended by the device's clock
   */
  record Ended(
      String directory,
      CommandOutput output,
      long size,
      boolean cut,
      Instant started,
      Instant ended)
      implements JobState {}

  /**
   * It was started, and what would have noted its end is gone.
   *
   * @param otherBoot true when the device was started anew since
   * @param left true when the program itself still runs
   * @param output the end of what it printed, both streams
   */
  record Lost(String directory, Instant started, boolean otherBoot, boolean left, String output)
      implements JobState {}

  /** What every script that tells of a job answers. */
  static JobState of(Reply reply) {
    return switch (reply.value("state")) {
      case "absent" -> new Absent();
      case "claimed" -> new Claimed();
      case "running" -> new Running(reply.value("folder"), started(reply));
      case "ended" -> ended(reply);
      case "lost" ->
          new Lost(
              reply.value("folder"),
              started(reply),
              reply.flag("other_boot"),
              reply.flag("left"),
              reply.text() + reply.errorText());
      case String other -> throw new IllegalStateException("not a state of a job: " + other);
    };
  }

  private static Ended ended(Reply reply) {
    return new Ended(
        reply.value("folder"),
        new CommandOutput(
            Math.toIntExact(reply.number("exit_code")), reply.text(), reply.errorText(), false),
        reply.optional("size").map(Long::valueOf).orElse(0L),
        reply.optional("cut").isPresent() && reply.flag("cut"),
        started(reply),
        Instant.parse(reply.value("ended")));
  }

  private static Instant started(Reply reply) {
    return Instant.parse(reply.value("started"));
  }
}
