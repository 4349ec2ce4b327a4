package dev.edgefleet.remote.sh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/operations.md names every operation. */
class OperationsDocTest {
  @Test
  void everyOperationHasItsRow() throws Exception {
    List<String> rows =
        Files.readAllLines(Path.of("docs/operations.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|", -1)[2].strip())
            .toList();
    assertThat(rows).containsAll(OperationCasesTest.operations());
  }
}
