package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where edgefleet is meant to differ from Ansible: each is in docs/inventory.md with its reason.
 */
class InventoryDifferencesTest {
  @TempDir Path directory;

  /**
   * @param source the file's name, or with a comma a list of names
   * @param ansible what its answer holds
   * @param edgefleet what edgefleet's holds
   */
  private record Difference(String source, String text, String ansible, String edgefleet) {}

  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference(
              "word.yml",
              "g: {hots: {a: }, hosts: {b: }}",
              "\"b\"",
              "unknown word 'hots' in group 'g'; did you mean 'hosts'?"),
          new Difference(
              "twice.yml", "all: {hosts: {b: {x: 1, x: 2}}}", "\"x\": 2", "'x' is given twice"),
          new Difference("range", "edge[5:1]\nb\n", "\"b\"", "the range in 'edge[5:1]' is empty"),
          new Difference("edge[1:2],", "", "\"edge[1:2]\"", "\"edge2\""),
          new Difference(
              "both",
              "[web]\na\n[x]\nweb v=device\n",
              "\"v\": \"device\"",
              "\"web\": {\n                \"v\": \"device\"\n            }"),
          new Difference(
              "date.yml",
              "all: {hosts: {b: {d: 2024-01-05 10:00:00}}}",
              "2024-01-05T10:00:00",
              "2024-01-05 10:00:00"),
          new Difference("jinja", "[g]\nb\n[all:vars]\nv={{ 'x' }}\n", "Unable to parse", "\"b\""),
          new Difference("hosts.toml", "[g.hosts]\na = {}\n", "", "is TOML, which is not read"));

  @Test
  void everyDifferenceIsThere() throws Exception {
    List<Ansible.Question> questions = new ArrayList<>();
    for (Difference difference : DIFFERENCES) {
      questions.add(new Ansible.Question("inventory", List.of("-i", source(difference), "--list")));
    }
    List<Ansible.Answer> answers = Ansible.ask(directory, questions);
    for (int i = 0; i < DIFFERENCES.size(); i++) {
      Difference difference = DIFFERENCES.get(i);
      Cli.Ran ran =
          new Cli(directory).execute("inventory", "list", "--json", "-i", source(difference));
      // Without the line of the file, which stands between what is wrong and what to do.
      String ours = (ran.out() + ran.err()).replaceAll("(?:\n    .*)*\n  -> ", "; ");
      String theirs = answers.get(i).out() + answers.get(i).err();
      assertThat(theirs).as(difference.source()).contains(difference.ansible());
      assertThat(ours).as(difference.source()).contains(difference.edgefleet());
      assertThat(theirs).as(difference.source()).doesNotContain(difference.edgefleet());
    }
  }

  private String source(Difference difference) throws Exception {
    return difference.source().contains(",")
        ? difference.source()
        : Files.writeString(directory.resolve(difference.source()), difference.text()).toString();
  }
}
