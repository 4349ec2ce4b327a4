package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.JournalEntry;
import dev.edgefleet.journal.JournalReader;
import dev.edgefleet.journal.Keyring;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.SigningKey;
import dev.edgefleet.journal.SqliteJournal;
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
        .contains("whole: run r1, 2 records", "(this user's key)", "Head: " + head());
    verify("r1", "--head", head()).exits(0);
    verify("r1", "--key", Keyring.userFolder().resolve(SigningKey.PUBLIC_FILE).toString()).exits(0);
    assertThat(verify("last", "--json").exits(0).out())
        .contains("\"verdict\":\"whole\"", "\"this_user\":true", head());
  }

  @Test
  void aKeyThatDidNotSignItAndAHeadThatIsNotInItAreTold() {
    run(true);
    Keyring.of(temp.resolve("strange"));
    assertThat(
            verify("last", "--key", temp.resolve("strange/signing.pub").toString()).exits(3).out())
        .contains("the seal of record 2 was made with the key");
    assertThat(verify("last", "--head", "b".repeat(64)).exits(3).out())
        .contains("no record has the head " + "b".repeat(64), "record 2 (run_ended)");
    assertThat(verify("last", "--head", "nonsense").exits(2).err())
        .contains("--head is not a hash");
  }

  @Test
  void aRunThatIsNotClosedIsOpen() {
    run(false);
    assertThat(verify("last").exits(6).out()).contains("open: run r1, 1 record").contains("Head: ");
  }

  @Test
  void anAlteredRecordIsNamed() throws Exception {
    run(true);
    try (Connection database =
            DriverManager.getConnection(
                "jdbc:sqlite:" + temp.resolve("runs/r1").resolve(SqliteJournal.FILE));
        Statement statement = database.createStatement()) {
      statement.execute("DROP TRIGGER record_not_updated");
      statement.execute("UPDATE record SET body = replace(body, 'edge1', 'edge2')");
    }
    assertThat(verify("last").exits(3).out())
        .contains("broken: run r1", "record 1 (device_started edge2) had its text");
  }

  @Test
  void opensslVerifiesASealAndSqlite3ReadsIt() throws Exception {
    run(true);
    Files.copy(temp.resolve("runs/r1/journal.db"), temp.resolve("journal.db"));
    Files.copy(Keyring.userFolder().resolve(SigningKey.PUBLIC_FILE), temp.resolve("signing.pub"));
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
        .contains(SigningKey.fingerprintIn(Keyring.userFolder()).orElseThrow().substring(7));
  }

  private Cli.Ran verify(String... words) {
    List<String> all = new ArrayList<>(List.of("verify", "--runs", temp + "/runs"));
    all.addAll(List.of(words));
    return new Cli(temp).execute(all.toArray(String[]::new));
  }

  private String head() {
    return JournalReader.read(temp.resolve("runs/r1")).getLast().hash();
  }

  private void run(boolean closed) {
    try (SqliteJournal journal = SqliteJournal.create(temp.resolve("runs/r1"), Keyring.ofUser())) {
      JournalEntry first = journal.append(new RunEvent.DeviceStarted(1, "edge1"));
      assertThat(first.sequence()).isEqualTo(1);
      if (closed) {
        journal.append(new RunEvent.RunEnded(0, Optional.empty()));
      }
    }
  }
}
