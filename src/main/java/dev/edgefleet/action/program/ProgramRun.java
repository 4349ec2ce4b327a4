package dev.edgefleet.action.program;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.remote.program.CommandOutput;
import dev.edgefleet.remote.program.Execution;
import dev.edgefleet.remote.program.Program;
import dev.edgefleet.remote.program.RunProgram;
import dev.edgefleet.text.TextLines;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What {@code command}, {@code shell} and {@code script} have in common: guards, check runs, the
 * task's environment, and what becomes of the exit code.
 *
 * @param what the program as messages name it
 * @param cmd as {@code register} keeps it
 * @param stripEmptyEnds whether line feeds at the end of the output are dropped from the result
 * @param job whether it runs apart from the connection
 */
record ProgramRun(
    String what,
    Object cmd,
    Optional<String> chdir,
    Optional<String> creates,
    Optional<String> removes,
    boolean stripEmptyEnds,
    boolean job) {
  /**
   * @param program the one to run in the way that it is given
   */
  Outcome run(ActionContext context, Function<Execution, Program> program) {
    if (context.check()) {
      return inCheckRun(context);
    }
    Program wanted = program.apply(new Execution(chdir, creates, removes, context.environment()));
    return job ? ofJob(new JobRun(what, context).run(wanted)) : outcome(context.perform(wanted));
  }

  /** Whether it may be run again when it is not known whether it ran. */
  static boolean repeatable(boolean job, Optional<String> creates, Optional<String> removes) {
    return job || creates.isPresent() || removes.isPresent();
  }

  private Outcome ofJob(JobRun.Over over) {
    Outcome outcome = outcome(over.output());
    return over.remark().isEmpty()
        ? outcome
        : outcome.withMessage(outcome.message() + "; " + over.remark());
  }

  static byte[] input(Optional<String> stdin, boolean addNewline) {
    return stdin
        .map(text -> addNewline && !text.endsWith("\n") ? text + "\n" : text)
        .orElse("")
        .getBytes(StandardCharsets.UTF_8);
  }

  static Documentation documented(Documentation documentation) {
    return documentation
        .note(
            "Counts as changed on each run unless creates, removes or changed_when say otherwise.")
        .note(
            "With job: true it runs on the device apart from the connection, and leaves a receipt"
                + " there: a lost connection, and the end of edgefleet itself, do not end it, and a"
                + " resumed run asks for the receipt and does not run it again. Use it for what takes"
                + " longer than a minute. See docs/jobs.md.")
        .note(
            "A check run skips it; with creates or removes it looks whether it would have to run.")
        .returning("cmd", "text", "what was asked for; a list of words from command")
        .returning("rc", "number", "its exit code; 128 + n when signal n ended it")
        .returning("stdout", "text", "what it printed, without the last line feeds; at most a MiB")
        .returning("stdout_truncated", "boolean", "true, and only there, when it printed more")
        .returning("stdout_lines", "list", "the same, line by line")
        .returning("stderr", "text", "what it printed as errors, at most the last MiB")
        .returning("stderr_lines", "list", "the same, line by line");
  }

  private Outcome inCheckRun(ActionContext context) {
    if (creates.isEmpty() && removes.isEmpty()) {
      return Outcome.skipped("a check run runs no program");
    }
    Execution guards = new Execution(chdir, creates, removes, Map.of());
    String nothing = context.onWindows() ? "hostname" : "true";
    CommandOutput looked = context.perform(new RunProgram(List.of(nothing), new byte[0], guards));
    return looked.skipped()
        ? outcome(looked)
        : Outcome.changed("would run " + what).withValues(values(looked));
  }

  private Outcome outcome(CommandOutput ran) {
    Map<String, @Nullable Object> values = values(ran);
    if (ran.skipped()) {
      return Outcome.ok("not needed: " + guard()).withValues(values);
    }
    Outcome outcome =
        switch (ran.exitCode()) {
          case 0 -> Outcome.changed("ran " + what);
          case 126 ->
              Outcome.failed(
                  what + " ended with exit code 126: it may not be executed",
                  "check its mode, and whether its file system is mounted noexec");
          case 127 ->
              Outcome.failed(
                  what + " ended with exit code 127: the device has no such program",
                  "install it, or give its full path");
          default ->
              Outcome.failed(
                  what + " ended with exit code " + ran.exitCode(), "see what it printed");
        };
    return outcome
        .withValues(values)
        .withReported(reported(ran))
        .withOutput(ran.stdout() + ran.stderr());
  }

  private Map<String, @Nullable Object> reported(CommandOutput ran) {
    Map<String, @Nullable Object> reported = new LinkedHashMap<>();
    reported.put("rc", ran.exitCode());
    if (ran.truncated()) {
      reported.put(
          "warnings", List.of(what + " printed more than 1 MiB, of which the first is kept"));
    }
    return reported;
  }

  private String guard() {
    return creates
        .map(path -> path + " exists")
        .orElseGet(() -> removes.orElse("") + " does not exist");
  }

  private Map<String, @Nullable Object> values(CommandOutput ran) {
    String stdout = stripEmptyEnds ? withoutEmptyEnds(ran.stdout()) : ran.stdout();
    String stderr = stripEmptyEnds ? withoutEmptyEnds(ran.stderr()) : ran.stderr();
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("cmd", cmd);
    values.put("rc", (long) ran.exitCode());
    values.put("stdout", stdout);
    values.put("stderr", stderr);
    values.put("stdout_lines", TextLines.of(stdout));
    values.put("stderr_lines", TextLines.of(stderr));
    if (ran.truncated()) {
      values.put("stdout_truncated", true);
    }
    return values;
  }

  private static String withoutEmptyEnds(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
