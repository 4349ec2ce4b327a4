package dev.edgefleet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.edgefleet.Await;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.engine.wave.OperatorCommands;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.run.recorded.RunJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait, and what an operator says to them. */
class ResumeTest {
  private static final String WAVES =
      """
      - name: staged
        hosts: all
        gather_facts: false
        rollout:
          waves:
            - {name: canary, group: one, approve: true}
            - {name: rest, rest: true}
        tasks:
          - {name: secret, set_fact: {word: "{{ 'very' ~ 'secret' ~ 'value' }}"}}
          - {name: count, shell: "echo {{ word }} >> {{ directory }}/{{ inventory_hostname }}"}
      """;

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void threeDevices() {
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  vars: {ansible_connection: local, directory: %s}
                  hosts: {one: , two: , three: }
                """
                    .formatted(directory))
            .given("p.yml", WAVES);
  }

  private Cli.Ran command(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--runs";
    all[words.length + 1] = directory.resolve("runs").toString();
    return cli.execute(all);
  }

  private long lines(String device) throws IOException {
    Path file = directory.resolve(device);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void aRunThatIsDetachedWaitsUntilSomebodyApproves() throws IOException {
    Cli.Ran waiting = cli.run("--detach-at-gate").exits(6);
    assertThat(waiting.events().getLast()).isInstanceOf(RunEvent.RunSuspended.class);
    assertThat(List.of(lines("one"), lines("two"))).containsExactly(1L, 0L);
    command("resume", "last", "--detach-at-gate").exits(6);

    assertThat(command("approve", "last", "--note", "looks well").exits(0).out())
        .contains("rest may begin", "edgefleet resume");
    assertThat(command("show", "last").exits(0).out())
        .contains("approved", ": looks well; not gone on yet", "Next: edgefleet resume")
        .doesNotContain("Next: edgefleet approve");
    assertThat(command("approve", "last", "--note", "me too").exits(2).err())
        .contains("has approved it already: looks well");
    Cli.Ran over = command("resume", "last", "--detach-at-gate").exits(0);
    assertThat(List.of(lines("one"), lines("two"), lines("three"))).containsExactly(1L, 1L, 1L);
    assertThat(over.events())
        .filteredOn(RunEvent.ApprovalGiven.class::isInstance)
        .singleElement()
        .satisfies(e -> assertThat(((RunEvent.ApprovalGiven) e).note()).isEqualTo("looks well"));
    assertThat(over.events()).filteredOn(RunEvent.ApprovalAsked.class::isInstance).hasSize(1);
    assertThat(command("resume", "last").exits(2).err()).contains("is over", "edgefleet retry");
    assertThat(command("approve", "last").exits(2).err()).contains("does not wait for approval");
  }

  @Test
  void filesForDevicesThatAreDoneAreNotWantedAnyMore() throws IOException {
    cli.given(
        "p.yml",
        """
        - hosts: all
          gather_facts: false
          rollout:
            waves:
              - {name: canary, group: one, approve: true}
              - {name: rest, rest: true}
          tasks:
            - copy: {src: "{{ directory }}/{{ inventory_hostname }}.src", dest: "{{ directory }}/{{ inventory_hostname }}"}
        """);
    for (String device : List.of("one", "two", "three")) {
      cli.given(device + ".src", "for " + device + "\n");
    }
    cli.run("--detach-at-gate").exits(6);
    Files.delete(directory.resolve("one.src"));
    Path two = directory.resolve("two.src");
    Path away = Files.move(two, directory.resolve("away"));
    assertThat(command("resume", "last", "--accept-changes", "--auto-approve").exits(2).err())
        .contains("two.src")
        .doesNotContain("one.src");
    Files.move(away, two);
    command("resume", "last", "--accept-changes", "--auto-approve").exits(0);
    assertThat(lines("three")).isEqualTo(1);
  }

  @Test
  void whatIsKeptMeanwhileCannotBeReadAndGoesWithTheRun() throws IOException {
    Path run = cli.run("--detach-at-gate").exits(6).run().orElseThrow();
    byte[] kept = Files.readAllBytes(run.resolve("kept.db"));
    assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("verysecretvalue");
    try (Stream<Path> copies = Files.list(run.resolve("frozen"))) {
      for (Path copy : copies.toList()) {
        assertThat(new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1))
            .doesNotContain("hosts");
      }
    }
    command("abort", "last").exits(0);
    assertThat(run.resolve("kept.db")).doesNotExist();
    assertThat(run.resolve("frozen")).doesNotExist();
  }

  @Test
  void aFileThatChangedIsRefusedWithTheDifference() throws IOException {
    cli.run("--detach-at-gate", "--auto-approve").exits(0);
    cli.run("--detach-at-gate").exits(6);
    cli.given("p.yml", WAVES.replace("- {name: count", "- {name: other"));
    assertThat(command("resume", "last", "--auto-approve").exits(2).err())
        .contains("p.yml has changed since the run used it")
        .contains("-    - {name: count", "+    - {name: other", "--accept-changes");
    assertThat(lines("two")).isEqualTo(1);
    command("resume", "last", "--auto-approve", "--accept-changes").exits(0);
    assertThat(lines("two")).isEqualTo(2);
  }

  @Test
  void aVariableFileThatIsNewIsRefused() throws IOException {
    cli.given("files/f.txt", "old\n")
        .given("templates/f.txt", "there all the time\n")
        .given(
            "p.yml",
            WAVES
                + "    - copy: {src: f.txt, dest: \"{{ directory }}/{{ inventory_hostname }}.txt\"}\n");
    cli.run("--detach-at-gate").exits(6);
    for (String name : List.of("host_vars/two.yml", "group_vars/all.yml")) {
      cli.given(name, "new: 1\n");
      assertThat(command("resume", "last", "--auto-approve").exits(2).err())
          .contains(directory.resolve(name) + " was not there when the run began");
      Files.delete(directory.resolve(name));
    }
    assertThat(directory.resolve("two.txt")).doesNotExist();
    cli.given("host_vars/two.yml", "new: 1\n");
    command("resume", "last", "--auto-approve", "--accept-changes").exits(0);
    assertThat(directory.resolve("two.txt")).hasContent("old");
  }

  @Test
  void aRolloutThatALostWaveEndsEarlyIsAStoppedOne() {
    String first = WAVES.replace("shell: \"", "shell: \"[ {{ inventory_hostname }} != %s ] && ");
    cli.given("p.yml", first.formatted("one")).run("--auto-approve").exits(5);
    cli.given("p.yml", first.formatted("two")).run("--auto-approve").exits(3);
  }

  @Test
  void anAbortedRunHasAReport() {
    Path run = cli.run("--detach-at-gate").exits(6).run().orElseThrow();
    command("abort", "last").exits(0);
    assertThat(run.resolve("report.json")).content().contains("aborted by the operator");
  }

  @Test
  void whatIsSaidToGoOnWithWorksAsItIsPrinted() {
    String runs = directory.resolve("runs of line 4").toString();
    Cli.Ran waiting =
        cli.execute(
                "run",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString(),
                "--detach-at-gate",
                "--runs",
                runs)
            .exits(6);
    assertThat(waiting.out()).contains("approve ", " --runs '" + runs + "'");
    assertThat(cli.execute("approve", "last", "--runs", runs).exits(0).out())
        .contains("go on with: edgefleet resume ", " --runs '" + runs + "'");
  }

  @Test
  void theDifferenceShowsNoPasswordOldOrNew() {
    String vars = "vars: {ansible_connection: local, directory: " + directory + "}\n";
    String hosts =
        """
            one: {ansible_password: OLDPASS-aaa, note: x}
            two:
              ansible_become_password: |
                Sudo-Secret-1
              motto: Sudo-Secret-1 again
            three:
        """;
    String inventory = "all:\n  " + vars + "  hosts:\n" + hosts.indent(0);
    cli.given("i.yml", inventory).run("--detach-at-gate").exits(6);
    cli.given(
        "i.yml", inventory.replace("OLDPASS-aaa", "NEWPASS-bbb").replace("again", "and again"));
    String said = command("resume", "last", "--auto-approve").exits(2).err();
    assertThat(said)
        .contains(
            "i.yml has changed", "ansible_become_password: ***", "+      motto: *** and again")
        .doesNotContain("OLDPASS", "NEWPASS", "Sudo-Secret");
    cli.given("i.yml", inventory.replace("OLDPASS-aaa", "NEWPASS-bbb"));
    assertThat(command("resume", "last", "--auto-approve").exits(2).err())
        .contains("in lines that may hold secrets and are not shown")
        .doesNotContain("OLDPASS", "NEWPASS");
  }

  @Test
  void whatItKeptHasToBeThere() throws IOException {
    Path run = cli.run("--detach-at-gate").exits(6).run().orElseThrow();
    Files.delete(run.resolve("kept.db"));
    assertThat(command("resume", "last", "--auto-approve").exits(2).err())
        .contains("kept.db any more", "put the file back");
    assertThat(directory.resolve("two")).doesNotExist();
  }

  @Test
  void aJournalWithoutItsBeginningIsNotGoneOnWith() throws Exception {
    Path run = cli.run("--detach-at-gate").exits(6).run().orElseThrow();
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + run.resolve("journal.db"));
        Statement statement = database.createStatement()) {
      statement.execute("DROP TRIGGER record_not_deleted");
      statement.execute("DROP TRIGGER seal_not_deleted");
      statement.execute("DELETE FROM record");
      statement.execute("DELETE FROM seal");
    }
    assertThat(command("resume", "last", "--auto-approve").exits(2).err())
        .contains("never began: its journal holds no record");
    assertThat(lines("one")).isEqualTo(1);
  }

  @Test
  void anAbortedRunIsOver() {
    cli.run("--detach-at-gate").exits(6);
    command("abort", "last", "--note", "wrong directory").exits(0);
    Cli.Ran ended = command("runs");
    assertThat(ended.events().getLast())
        .isInstanceOfSatisfying(
            RunEvent.RunEnded.class, over -> assertThat(over.exitCode()).isEqualTo(5));
    assertThat(command("verify", "last").exits(0).out()).contains("whole");
  }

  @Test
  void aPausedRunStartsNoDeviceUntilItIsResumed() throws Exception {
    Path run = cli.run("--detach-at-gate").exits(6).run().orElseThrow();
    ControlDirectory control =
        ControlDirectory.of(new RunDirectory(run.getFileName().toString(), run));
    control.say(new OperatorCommands.Command.Pause("mia@control", "shift change"));
    command("approve", "last").exits(0);
    CompletableFuture<Cli.Ran> going =
        CompletableFuture.supplyAsync(() -> command("resume", "last"));
    Await.until("the run pauses", () -> paused(run));
    Thread.sleep(1_200);
    assertThat(lines("two")).isZero();
    control.say(new OperatorCommands.Command.Continue("mia@control"));
    going.get(180, TimeUnit.SECONDS).exits(0);
    assertThat(lines("two")).isEqualTo(1);
  }

  private static boolean paused(Path run) {
    return RunJournal.counted(new RunDirectory(run.getFileName().toString(), run))
        .paused()
        .isPresent();
  }

  @Test
  void aRetryIsForTheDevicesThatFailed() throws IOException {
    cli.given(
        "p.yml",
        """
        - hosts: all
          gather_facts: false
          tasks:
            - shell: echo x >> {{ directory }}/{{ inventory_hostname }}
            - command: test -e {{ directory }}/mended
              when: inventory_hostname == 'two'
        """);
    cli.run("-e", "secret=abcdef").exits(3);
    Files.createFile(directory.resolve("mended"));
    assertThat(command("retry", "last", "--limit", "one,three").exits(2).err())
        .contains("is in --limit 'one,three'", "these are: two");
    Cli.Ran again = command("retry", "last").exits(0);
    assertThat(List.of(lines("one"), lines("two"), lines("three"))).containsExactly(1L, 2L, 1L);
    assertThat(again.events().getFirst())
        .isInstanceOfSatisfying(
            RunEvent.RunStarted.class,
            begun -> {
              assertThat(begun.devices()).containsExactly("two");
              assertThat(begun.retryOf()).isPresent();
              assertThat(String.join(" ", begun.command())).doesNotContain("abcdef");
            });
    assertThat(command("retry", "last").exits(2).err()).contains("no device failed");
  }

  @Test
  void aBudgetThatIsBrokenEndsTheRunAndLetsTheOthersFinish() {
    cli.given(
        "p.yml",
        """
        - hosts: all
          gather_facts: false
          rollout:
            max_failures: 0
            waves: [{name: all, rest: true, concurrency: 1}]
          tasks:
            - assert: {that: inventory_hostname != 'one'}
        """);
    Cli.Ran ended = cli.run().exits(5);
    assertThat(ended.steps("one"))
        .extracting(RunEvent.StepEnded::status)
        .containsExactly(StepStatus.FAILED);
    assertThat(ended.steps("two")).isEmpty();
    assertThat(ended.events().getLast())
        .isInstanceOfSatisfying(
            RunEvent.RunEnded.class,
            over ->
                assertThat(over.reason().orElse(""))
                    .contains("1 of the rollout's 3 devices failed")
                    .contains("more than"));
  }

  @Test
  void theWebhookIsToldAndItsAddressIsMasked() throws IOException {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook-4711";
      cli.given("p.yml", WAVES.replace("rollout:\n", "rollout:\n    webhook: \"{{ told }}\"\n"));
      assertThat(cli.run("--auto-approve").exits(2).err())
          .contains("the variable 'told' of the webhook is not defined", "for the group all");
      cli.given("group_vars/all.yml", "told: " + address + "\n");
      Cli.Ran ran = cli.run("--auto-approve").exits(0);
      assertThat(bodies).hasSize(2);
      assertThat(bodies.get(0)).contains("\"occasion\":\"gate\"", "canary");
      assertThat(bodies.get(1)).contains("\"occasion\":\"end\"");
      assertThat(ran.events())
          .filteredOn(RunEvent.WebhookCalled.class::isInstance)
          .allSatisfy(e -> assertThat(((RunEvent.WebhookCalled) e).delivered()).isTrue());
      assertThat(ran.events().toString()).doesNotContain("hook-4711");
    } finally {
      server.stop(0);
    }
  }
}
