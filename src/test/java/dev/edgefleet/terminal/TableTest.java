package dev.edgefleet.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.terminal.Table.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("RUN"),
          new Column("PLAYBOOK", 2, path -> path.substring(path.lastIndexOf('/') + 1)),
          Column.of("WHO", 1));
  private static final List<List<String>> ROWS =
      List.of(List.of("20261130", "plays/of/all/kinds/p.yml", "mia"));

  private static List<String> lines(int width) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Table.print(
        COLUMNS,
        ROWS,
        new PrintStream(text, true, StandardCharsets.UTF_8),
        new Style(false),
        width);
    return text.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void hasAllWhereThereIsRoom() {
    assertThat(lines(80))
        .containsExactly(
            "RUN       PLAYBOOK                  WHO", "20261130  plays/of/all/kinds/p.yml  mia");
  }

  @Test
  void shortensFirst() {
    assertThat(lines(30)).containsExactly("RUN       PLAYBOOK  WHO", "20261130  p.yml     mia");
  }

  @Test
  void leavesOutWhatMattersLeastAndSaysSo() {
    assertThat(lines(15))
        .containsExactly("RUN       WHO", "20261130  mia", "(no room for PLAYBOOK)");
  }

  @Test
  void keepsWhatItCannotDoWithout() {
    assertThat(lines(3)).containsExactly("RUN", "20261130", "(no room for PLAYBOOK, WHO)");
  }
}
