package dev.edgefleet;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Microsoft's own files, which are beside the project and not in it. */
public final class SharedData {
  private SharedData() {}

  /** The file, or a skipped test that says so; with {@code CI=true} a failed one. */
  public static Path require(String path) {
    Path file = Path.of("../shared/data").resolve(path);
    if (Files.exists(file)) {
      return file;
    }
    String message = "the test data " + file + " is not here";
    return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
  }
}
