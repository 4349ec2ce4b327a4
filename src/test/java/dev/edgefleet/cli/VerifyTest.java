package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.SqliteJournal;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.journal.key.SigningKey;
import dev.edgefleet.progress.ToldRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
  @TempDir Path temp;

  @Test
  void aClosedRunIsWholeAndSaysByWhomAndItsHead() {
    run(true);
    Cli.Ran ran = verify("last").exits(0);
    assertThat(ran.out())
        .contains("whole: run r1, 3 records", "(this user's key)", "Head: " + head());
    verify("r1", "--head", head()).exits(0);
    verify("r1", "--key", Keyring.userDirectory().resolve(SigningKey.PUBLIC_FILE).toString())
        .exits(0);
    assertThat(verify("last", "--json").exits(0).out())
        .contains("\"verdict\":\"whole\"", "\"this_user\":true", head());
  }

  @Test
  void aKeyThatDidNotSignItAndAHeadThatIsNotInItAreTold() {
    run(true);
    Keyring.of(temp.resolve("strange"));
    assertThat(
            verify("last", "--key", temp.resolve("strange/signing.pub").toString()).exits(3).out())
        .contains("the seal of record 3 was made with the key");
    assertThat(verify("last", "--head", "b".repeat(64)).exits(3).out())
        .contains("no record has the head " + "b".repeat(64), "record 3 (run_ended)");
    assertThat(verify("last", "--head", "nonsense").exits(2).err())
        .contains("--head is not a hash");
  }

  @Test
  void aRunThatIsNotClosedIsOpen() {
    run(false);
    assertThat(verify("last").exits(6).out())
        .contains("open: run r1, 2 records")
        .contains("Head: ");
  }

  @Test
  void anAlteredRecordIsNamed() throws Exception {
    run(true);
    alter("UPDATE record SET body = replace(body, 'edge1', 'edge\u009b2J') WHERE sequence = 2");
    assertThat(verify("last").exits(3).out())
        .contains("broken: run r1", "record 2 (device_started edge?2J) had its text");
  }

  @Test
  void noReportIsMadeOfAnAlteredRecordAndShowSaysSo() throws Exception {
    run(true);
    assertThat(command("show", "last").exits(0).out()).contains("Head: " + head());
    alter("UPDATE record SET body = replace(body, '\"exitCode\":0', '\"exitCode\":3')");
    assertThat(command("report", "last", "--format", "json").exits(3).err())
        .contains("record 3 (run_ended) had its text", "no report", "edgefleet verify r1");
    Cli.Ran shown = command("show", "last").exits(3);
    assertThat(shown.err()).contains("record of run r1 is not what was written");
    assertThat(shown.out()).doesNotContain("Head:");
  }

  @Test
  void theJournalOfAnotherRunIsNoneOfThisOne() throws Exception {
    run(false);
    Files.createDirectories(temp.resolve("runs/r2"));
    Files.copy(temp.resolve("runs/r1/journal.db"), temp.resolve("runs/r2/journal.db"));
    assertThat(verify("r2").exits(3).out()).contains("journal of run r1", "directory of run r2");
    assertThat(command("abort", "r2").exits(2).err())
        .contains("in the directory of run r2 is that of run r1", "edgefleet verify r2 --runs ");
  }

  @Test
  void aFileThatIsNoKeyIsNotSaidToHaveSignedOtherwise() throws Exception {
    run(true);
    Path text = Files.writeString(temp.resolve("inventory.yml"), "all: {hosts: {edge1: }}\n");
    assertThat(verify("last", "--key", text.toString()).exits(2).err())
        .contains("is no Ed25519 public key in PEM");
  }

  private void alter(String change) throws Exception {
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + temp.resolve("runs/r1").resolve(SqliteJournal.FILE));
        Statement statement = database.createStatement()) {
      statement.execute("DROP TRIGGER record_not_updated");
      statement.execute(change);
    }
  }

  @Test
  void opensslVerifiesASealAndSqlite3ReadsIt() throws Exception {
    run(true);
    Files.copy(temp.resolve("runs/r1/journal.db"), temp.resolve("journal.db"));
    Files.copy(
        Keyring.userDirectory().resolve(SigningKey.PUBLIC_FILE), temp.resolve("signing.pub"));
    String block =
        Files.readString(Path.of("docs/journal.md"))
            .split("<!-- by hand -->", -1)[1]
            .lines()
            .filter(line -> line.startsWith("    "))
            .reduce("", (all, line) -> all + line.substring(4) + "\n");
    Process shell =
        new ProcessBuilder("sh", "-eu", "-c", block)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(said).isZero();
    assertThat(said).contains("Signature Verified Successfully", head());
    assertThat(said)
        .contains(SigningKey.fingerprintIn(Keyring.userDirectory()).orElseThrow().substring(7));
  }

  private Cli.Ran verify(String... words) {
    return command("verify", words);
  }

  private Cli.Ran command(String name, String... words) {
    List<String> all = new ArrayList<>(List.of(name, "--runs", temp + "/runs"));
    all.addAll(List.of(words));
    return new Cli(temp).execute(all.toArray(String[]::new));
  }

  private String head() {
    return JournalReader.read(temp.resolve("runs/r1")).getLast().hash();
  }

  private void run(boolean closed) {
    try (SqliteJournal journal = SqliteJournal.create(temp.resolve("runs/r1"), Keyring.ofUser())) {
      journal.append(
          ToldRun.started("r1", List.of("edgefleet"), List.of("edge1"), Optional.empty()));
      journal.append(new RunEvent.DeviceStarted(1, "edge1"));
      if (closed) {
        journal.append(new RunEvent.RunEnded(0, Optional.empty()));
      }
    }
  }
}
