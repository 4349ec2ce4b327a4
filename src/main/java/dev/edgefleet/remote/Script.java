package dev.edgefleet.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The program text of operations, from {@code remote/linux} on the class path. A line {@code #+
 * NAME} stands for the text of {@code parts/NAME.sh}, which scripts share; {@code #+ VARIABLE=NAME}
 * gives that text to a variable, for another shell to run.
 */
final class Script {
  private static final String PART = "#+ ";
  private static final ConcurrentHashMap<String, String> TEXTS = new ConcurrentHashMap<>();

  private Script() {}

  /** Prelude and operation, without comments: sudo writes the whole text to the device's log. */
  static String text(String operation) {
    return TEXTS.computeIfAbsent(
        operation, name -> withoutComments(source("prelude") + source(name)));
  }

  private static String withoutComments(String source) {
    return source
        .lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** As it stands in its file, with its parts in place. */
  static String source(String name) {
    return load(name)
        .lines()
        .map(line -> line.startsWith(PART) ? part(line.substring(PART.length())) : line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String part(String wanted) {
    int equals = wanted.indexOf('=');
    String text = source("parts/" + wanted.substring(equals + 1));
    return equals < 0
        ? text
        : wanted.substring(0, equals + 1) + quote(withoutComments(text).strip());
  }

  /**
   * The command line that runs an operation.
   *
   * @param nonce marks the frames
   * @param prompt what sudo prints when it wants the password
   */
  static String commandLine(
      String operation, String nonce, Optional<Become> become, String prompt) {
    String shell = "/bin/sh -c " + quote(text(operation)) + " edgefleet " + nonce;
    // sudo's own messages are read, so they have to be in English; LC_ALL would reach the commands.
    return become
        .map(
            as ->
                "env LC_MESSAGES=C sudo "
                    + (as.password().isPresent() ? "-S -p " + quote(prompt) : "-n")
                    + " -H -u "
                    + quote(as.user())
                    + " -- "
                    + shell)
        .orElse(shell);
  }

  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String load(String name) {
    String resource = "/remote/linux/" + name + ".sh";
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no such script: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
