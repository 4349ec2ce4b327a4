package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/inventory.md are the same fleet three times, as it says. */
class InventoryExamplesTest {
  @TempDir Path directory;

  @Test
  void theThreeExamplesAreOneFleet() throws Exception {
    String document = Files.readString(Path.of("docs/inventory.md"));
    String yaml = json("hosts.yml", example(document, "yaml"));
    assertThat(yaml).contains("edge03.plant-a", "2222", "canary");
    assertThat(json("hosts", example(document, "ini"))).isEqualTo(yaml);
    assertThat(json("hosts.sh", example(document, "sh"))).isEqualTo(yaml);
  }

  private static String example(String document, String language) {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(document);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  private String json(String name, String text) throws Exception {
    Path file = Files.writeString(directory.resolve(name), text);
    if (name.endsWith(".sh")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
    return new Cli(directory)
        .execute("inventory", "list", "--json", "-i", file.toString())
        .exits(0)
        .out();
  }
}
