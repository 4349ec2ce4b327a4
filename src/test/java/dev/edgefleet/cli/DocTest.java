package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.playbook.read.Keyword;
import dev.edgefleet.run.AllActions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DocTest {
  private final Cli cli = new Cli(Path.of("."));

  @Test
  void tellsOfAnAction() {
    String out = cli.execute("doc", "ansible.builtin.copy").exits(0).out();
    assertThat(out).startsWith("copy\n").contains("Parameters", "dest", "required", "/var/lib");
    assertThat(out.lines().filter(line -> !line.startsWith("  - ")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(cli.execute("doc", "iotedge_config").out())
        .contains("Examples", "identity_cert_src", "Values that register keeps");
  }

  @Test
  void listsAllActions() {
    String out = cli.execute("doc").exits(0).out();
    assertThat(AllActions.make().schemas().keySet())
        .allSatisfy(name -> assertThat(out).containsPattern("(?m)^" + name + " "));
  }

  @Test
  void tellsOfAWordAndOfTheNearestOne() {
    assertThat(cli.execute("doc", "run_once").exits(0).out()).contains("Takes true or false.");
    assertThat(cli.execute("doc", "copi").exits(2).err()).contains("did you mean 'copy'?");
  }

  @Test
  void theReferenceIsWhatDocPrints() throws Exception {
    assertThat(Files.readString(Path.of("docs/actions.md")))
        .as("docs/actions.md is made by: ./edgefleet doc --markdown > docs/actions.md")
        .isEqualTo(cli.execute("doc", "--markdown").exits(0).out());
  }

  @Test
  void theEventReferenceIsWhatDocPrints() throws Exception {
    assertThat(Files.readString(Path.of("docs/events.md")))
        .as("docs/events.md is made by: ./edgefleet doc --events > docs/events.md")
        .isEqualTo(cli.execute("doc", "--events").exits(0).out());
  }

  @Test
  void everyWordIsInTheGuide() throws Exception {
    String guide = Files.readString(Path.of("docs/playbooks.md"));
    assertThat(Arrays.stream(Keyword.values()).map(Keyword::text))
        .allMatch(word -> guide.contains("`" + word + "`"), "stands in docs/playbooks.md");
  }
}
