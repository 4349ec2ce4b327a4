package dev.edgefleet;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of the system that tests talk to. */
public final class Peer {
  private Peer() {}

  /**
   * Where a program is. When it is missing the test is skipped, but fails where {@code CI=true}: a
   * build server has to have it.
   *
   * @param program its name, such as {@code sshd}
   * @param debianPackage what to install to have it
   */
  public static Path require(String program, String debianPackage) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program, debianPackage));
  }

  /** As {@link #require}, for what is a file rather than a program, such as a Python module. */
  public static Path requireFile(Path file, String debianPackage) {
    return Files.exists(file) ? file : missing(file.toString(), debianPackage);
  }

  private static Path missing(String program, String debianPackage) {
    String message = program + " is not installed: apt-get install " + debianPackage;
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }
}
