package dev.edgefleet.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The program text of operations, from {@code remote/linux} on the class path. */
final class Script {
  private static final ConcurrentHashMap<String, String> TEXTS = new ConcurrentHashMap<>();

  private Script() {}

  /** Prelude and operation, without comments: sudo writes the whole text to the device's log. */
  static String text(String operation) {
    return TEXTS.computeIfAbsent(operation, name -> load("prelude") + load(name));
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
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
