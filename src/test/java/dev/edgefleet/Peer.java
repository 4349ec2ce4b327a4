package dev.edgefleet;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system that tests hold the product against. */
public final class Peer {
  private Peer() {}

  /**
   * The program's path. Skips the test when it is not installed, naming the Debian package to
   * install; on CI a missing peer is a failure.
   */
  public static Path require(String program, String debianPackage) {
    Optional<Path> found =
        Stream.concat(
                Stream.of(
                    Optional.ofNullable(System.getenv("PATH"))
                        .orElse("")
                        .split(File.pathSeparator)),
                Stream.of("/usr/sbin", "/sbin"))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isPresent()) {
      return found.get();
    }
    String message = program + " is not installed; apt-get install " + debianPackage;
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }
}
