package dev.edgefleet.transport.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts programs in a session of their own. Ctrl-C on a terminal reaches every process in its
 * foreground, not only edgefleet: a step that was to be let finish would be ended by it.
 */
public final class OwnSession {
  private static final Optional<Path> SETSID =
      Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .filter(directory -> !directory.isEmpty())
          .map(directory -> Path.of(directory, "setsid"))
          .filter(Files::isExecutable)
          .findFirst();

  private OwnSession() {}

  /**
   * The words that start the program so; unchanged where there is no {@code setsid}, as on macOS.
   */
  public static List<String> of(List<String> words) {
    List<String> all = new ArrayList<>();
    SETSID.ifPresent(setsid -> all.add(setsid.toString()));
    all.addAll(words);
    return all;
  }
}
