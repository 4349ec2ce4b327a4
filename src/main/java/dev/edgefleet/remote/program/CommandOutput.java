package dev.edgefleet.remote.program;

import dev.edgefleet.remote.Reply;

/**
 * What a command left behind.
 *
 * @param exitCode 128 + n when signal n ended it; 0 when it was skipped
 * @param stdout its standard output, at most the first mebibyte, read as UTF-8
 * @param stderr the last mebibyte of its standard error, read as UTF-8
 * @param skipped true when {@code creates} or {@code removes} made it unnecessary
 * @param truncated true when {@code stdout} is not all of it
 */
public record CommandOutput(
    int exitCode, String stdout, String stderr, boolean skipped, boolean truncated) {
  /** What a reply says of a program's end. */
  static CommandOutput of(Reply reply) {
    return new CommandOutput(
        Math.toIntExact(reply.number("exit_code")),
        reply.text(),
        reply.errorText(),
        reply.flag("skipped"),
        reply.isBodyCut());
  }

  /** All of what it printed. */
  public CommandOutput(int exitCode, String stdout, String stderr, boolean skipped) {
    this(exitCode, stdout, stderr, skipped, false);
  }
}
