package dev.edgefleet;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** A program the tests talk to because it is the real thing. */
public final class Peer {
  private Peer() {}

  /**
   * Where the program is. When it is missing the test is skipped, and fails where CI is set: there
   * nothing may be left out unnoticed.
   */
  public static Path require(String program, String debianPackage) {
    return Stream.concat(
            Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program, debianPackage));
  }

  private static Path missing(String program, String debianPackage) {
    String message = program + " is missing: apt-get install " + debianPackage;
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }
}
