package dev.edgefleet.action.system;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.action.file.PythonPattern;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.FileContent;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.ReadFile;
import dev.edgefleet.remote.system.WaitForPath;
import dev.edgefleet.remote.system.WaitForPort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** {@code wait_for}: waits for a port, a file, or a text in a file. */
public final class WaitForAction implements Action<WaitForAction.Parameters> {
  private static final Duration ROUND = Duration.ofSeconds(30);
  // What a round trip may take besides the waiting.
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long LARGEST = 16L << 20;

  /** Parameters of {@code wait_for}. */
  public record Parameters(
      @Param("Port to wait for.") Optional<Integer> port,
      @Param(value = "Where the port is, as the device sees it.", byDefault = "127.0.0.1")
          String host,
      @Param("Path on the device to wait for; instead of port.") Optional<String> path,
      @Param("With path: a regular expression as Python's that has to be found in the file.")
          Optional<String> searchRegex,
      @Param(
              value =
                  "started: something listens on the port; stopped: nothing does. present: the path is"
                      + " there; absent: it is not. started and present are the same, stopped and"
                      + " absent too.",
              byDefault = "started",
              choices = {"started", "stopped", "present", "absent"})
          String state,
      @Param(value = "Longest to wait.", byDefault = "300s") Duration timeout,
      @Param(value = "How long to wait before the first look.", byDefault = "0s") Duration delay,
      @Param(value = "Pause between two looks, a second at least.", byDefault = "1s")
          Duration sleep,
      @Param(value = "Longest for one connection to the port.", byDefault = "5s")
          Duration connectTimeout,
      @Param("What to say when the time is over.") Optional<String> msg) {
    public Parameters {
      if (port.isPresent() && path.isPresent()) {
        throw new BadInput("wait_for takes 'port' or 'path', not both", "make two tasks of it");
      }
      if (port.isPresent() && (port.get() < 1 || port.get() > 65535)) {
        throw new BadInput("'port' is " + port.get(), "give a number from 1 to 65535");
      }
      if (searchRegex.isPresent() && path.isEmpty()) {
        throw new BadInput(
            "'search_regex' goes with path", "what a port sends is not looked at; use command");
      }
      searchRegex.ifPresent(text -> new PythonPattern("search_regex", text));
      if (path.isEmpty() && port.isEmpty() && !state.equals("started")) {
        throw new BadInput("wait_for needs 'port' or 'path'", "give one of them");
      }
    }

    boolean forPresence() {
      return state.equals("started") || state.equals("present");
    }

    String what() {
      String there = forPresence() ? "" : " to go";
      return path.map(p -> p + searchRegex.map(r -> " to hold " + r).orElse(""))
              .orElse(host + ":" + port.orElse(0))
          + there;
    }
  }

  @Override
  public String name() {
    return "wait_for";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Waits for a port, a file, or a text in a file.")
        .note(
            "The device looks, and does so for 30 seconds a round trip. The ports of 127.0.0.1 it reads"
                + " from its kernel, without making a connection; to other hosts it connects with bash or"
                + " nc, whichever it has.")
        .note("With neither port nor path it waits for the time of timeout.")
        .note("A check run does not wait. Not for Windows devices; state drained is not known.")
        .note("The step's own deadline (--step-timeout, or the task's timeout) ends it as well.")
        .example(
            "Until nothing listens on a port any more",
            """
            - wait_for:
                port: 18883
                state: stopped
                timeout: 60
            """)
        .example(
            "Until a program says that it is ready",
            """
            - wait_for:
                path: /etc/os-release
                search_regex: '^ID='
            """)
        .returning("elapsed", "number", "seconds it waited")
        .returning("state", "text", "what was asked for")
        .returning("match_groups", "list", "what the groups of search_regex matched")
        .returning("match_groupdict", "mapping", "what those of them matched that have a name");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    if (context.check()) {
      return Outcome.skipped("a check run does not wait");
    }
    if (context.onWindows()) {
      throw new BadInput(
          "wait_for cannot be used on a Windows device",
          "use shell with Test-NetConnection or Test-Path, and until, retries and delay");
    }
    Countdown wait = Countdown.of(wanted.timeout());
    context.pause(wanted.delay());
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    boolean reached;
    if (wanted.path().isEmpty() && wanted.port().isEmpty()) {
      context.pause(wait.left());
      reached = true;
    } else if (wanted.searchRegex().isPresent() && wanted.forPresence()) {
      reached = text(wanted, wait, context, values);
    } else {
      reached = rounds(wanted, wait, context);
    }
    values.put("state", wanted.state());
    values.put("elapsed", wait.elapsed().toSeconds());
    wanted.port().ifPresent(port -> values.put("port", (long) port));
    wanted.path().ifPresent(path -> values.put("path", path));
    if (reached) {
      return Outcome.ok("waited " + values.get("elapsed") + " s for " + wanted.what())
          .withValues(values);
    }
    String late = wanted.msg().orElse("Timeout when waiting for " + wanted.what());
    values.put("msg", late);
    return Outcome.failed(late, "look what keeps it, or give it more with timeout")
        .withValues(values);
  }

  private static boolean rounds(Parameters wanted, Countdown wait, ActionContext context) {
    while (true) {
      Duration round = round(wait, context);
      boolean reached =
          wanted.path().isPresent()
              ? context
                  .perform(
                      new WaitForPath(
                          wanted.path().get(),
                          wanted.forPresence()
                              ? WaitForPath.Awaited.PRESENT
                              : WaitForPath.Awaited.ABSENT,
                          "",
                          round,
                          wanted.sleep()),
                      round.plus(ANSWER))
                  .reached()
              : context.perform(
                  new WaitForPort(
                      wanted.host(),
                      wanted.port().orElseThrow(),
                      wanted.forPresence(),
                      round,
                      wanted.sleep(),
                      wanted.connectTimeout()),
                  round.plus(wanted.connectTimeout()).plus(ANSWER));
      if (reached || wait.left().isZero()) {
        return reached;
      }
      // Gives up when the operator stops the run.
      context.pause(Duration.ZERO);
    }
  }

  private static boolean text(
      Parameters wanted,
      Countdown wait,
      ActionContext context,
      Map<String, @Nullable Object> values) {
    String path = wanted.path().orElseThrow();
    // As Python's MULTILINE: ^ and $ are for each line.
    PythonPattern pattern =
        new PythonPattern("search_regex", "(?m)" + wanted.searchRegex().orElseThrow());
    String stamp = "";
    while (true) {
      Duration round = stamp.isEmpty() ? Duration.ZERO : round(wait, context);
      stamp =
          context
              .perform(
                  new WaitForPath(path, WaitForPath.Awaited.CHANGED, stamp, round, wanted.sleep()),
                  round.plus(ANSWER))
              .stamp();
      FileContent read = context.perform(new ReadFile(path, LARGEST, false));
      if (read.state().kind() != FileState.Kind.ABSENT) {
        Optional<Matcher> match =
            pattern.match(new String(read.bytes(), StandardCharsets.ISO_8859_1));
        if (match.isPresent()) {
          groups(pattern, match.get(), values);
          return true;
        }
      }
      if (wait.left().isZero()) {
        return false;
      }
      context.pause(Duration.ZERO);
    }
  }

  private static void groups(
      PythonPattern pattern, Matcher match, Map<String, @Nullable Object> values) {
    List<@Nullable Object> groups = new ArrayList<>();
    for (int i = 1; i <= match.groupCount(); i++) {
      groups.add(text(match.group(i)));
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    pattern.named(match).forEach((name, found) -> named.put(name, text(found)));
    values.put("match_groups", groups);
    values.put("match_groupdict", named);
  }

  // The pattern saw bytes.
  private static @Nullable String text(@Nullable String bytes) {
    return bytes == null
        ? null
        : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static Duration round(Countdown wait, ActionContext context) {
    Duration left = wait.left();
    Duration most = context.left().compareTo(ROUND) < 0 ? context.left() : ROUND;
    Duration round = left.compareTo(most) < 0 ? left : most;
    // The device counts in seconds: nothing between none and one would ask it again and again.
    return round.isZero() || round.compareTo(SECOND) > 0 ? round : SECOND;
  }
}
