package dev.edgefleet.lab.adversary;

import dev.edgefleet.Await;
import dev.edgefleet.Peer;
import dev.edgefleet.lab.Lab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * strace of all that a device's sshd starts from now on, so of operations with their sudo and every
 * program. It also holds up each call that changes something, which widens the gap between a look
 * and the act that follows, in favour of the adversary.
 */
final class Trace implements AutoCloseable {
  /** What changes something by name; a question mark where not every processor has the call. */
  private static final String CHANGES =
      "?mkdir,mkdirat,?rename,?renameat,renameat2,?link,linkat,?unlink,unlinkat,?rmdir,?chmod,"
          + "fchmodat,?chown,?lchown,fchownat,?symlink,symlinkat,utimensat,chdir,execve";

  private static final String HOLD_UP = ":delay_enter=8000:delay_exit=2000";

  private static final Pattern LINE = Pattern.compile("(\\d+) +(\\d+\\.\\d+) (\\w+)\\((.*)");
  private static final Pattern ARGUMENT =
      Pattern.compile("(?:(?:AT_FDCWD|\\d+)<([^>]*)>, )?\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern HERE = Pattern.compile("AT_FDCWD<([^>]*)>");
  private static final Pattern GOES_TO = Pattern.compile("\\d+<([^>]*)>\\) += 0");

  private final Process process;
  private final Path file;

  private Trace(Process process, Path file) {
    this.process = process;
    this.file = file;
  }

  /** A call with a path. */
  record Call(long time, String what, String path) {
    Act.Place place() {
      return Act.Place.of(path);
    }
  }

  /** What is started over connections that are made from now on. */
  static Trace of(Lab lab, String device, Path file) {
    ProcessHandle sshd =
        lab.process(device)
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("/sshd"))
            .findFirst()
            .orElseThrow();
    List<String> command =
        List.of(
            Peer.require("strace", "strace").toString(),
            "-f",
            "-ttt",
            "-y",
            "-s",
            "4096",
            "-e",
            "trace=%file,chdir,fchdir",
            "-e",
            "inject=" + CHANGES + HOLD_UP,
            "-o",
            file.toString(),
            "-p",
            String.valueOf(sshd.pid()));
    try {
      Process process = new ProcessBuilder(command).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
      String line = said.readLine();
      if (line == null || !line.contains("attached")) {
        throw new AssertionError("strace says: " + line);
      }
      Thread.ofPlatform().daemon().start(() -> drain(process.getErrorStream()));
      return new Trace(process, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(InputStream said) {
    try {
      said.transferTo(OutputStream.nullOutputStream());
    } catch (IOException closed) {
      // With the process.
    }
  }

  /** All calls so far; after {@link #close}, all there were. */
  List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    Map<String, String> directories = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        // The kernel says so behind the name of what is gone by now; it is no part of it.
        Matcher parts = LINE.matcher(line.replace(" (deleted)", ""));
        if (parts.matches()) {
          add(parts, directories, calls);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return calls;
  }

  // The current directory of a process stands in most lines, and in the first of every program.
  private static void add(Matcher parts, Map<String, String> directories, List<Call> calls) {
    String process = parts.group(1);
    long time = new BigDecimal(parts.group(2)).movePointRight(9).longValueExact();
    String what = parts.group(3);
    String rest = parts.group(4);
    Matcher here = HERE.matcher(rest);
    if (here.find()) {
      directories.put(process, here.group(1));
    }
    if (what.equals("fchdir")) {
      Matcher goesTo = GOES_TO.matcher(rest);
      if (goesTo.find()) {
        directories.put(process, goesTo.group(1));
      }
      return;
    }
    if (what.equals("getcwd")) {
      return;
    }
    String directory = directories.getOrDefault(process, "/");
    Matcher argument = ARGUMENT.matcher(rest);
    // The first word of a symlink is what it says, not where it is.
    boolean skip = what.startsWith("symlink");
    while (argument.find()) {
      if (!skip) {
        String in = argument.group(1) == null ? directory : argument.group(1);
        String path = absolute(in, argument.group(2));
        calls.add(new Call(time, what, path));
        if (what.equals("chdir") && rest.endsWith("= 0")) {
          directories.put(process, path);
        }
      }
      skip = false;
      if (what.startsWith("exec") || what.startsWith("readlink")) {
        return;
      }
    }
  }

  static String absolute(String directory, String path) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : (path.startsWith("/") ? path : directory + "/" + path).split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return "/" + String.join("/", steps);
  }

  @Override
  public void close() {
    // An interrupt has it let go of what it traces.
    process.destroy();
    Await.end(process);
  }
}
