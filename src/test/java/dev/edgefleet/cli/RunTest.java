package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs against this machine itself, through its own shell. */
class RunTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void twoDevices() {
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  vars: {ansible_connection: local, where: "%s/{{ inventory_hostname }}"}
                  children:
                    first: {hosts: {one: {n: 1}}}
                    second: {hosts: {two: {n: 2}}}
                """
                    .formatted(directory));
  }

  private Cli playbook(String tasks) {
    return cli.given("p.yml", "- name: Play\n  hosts: all\n  tasks:\n" + tasks.indent(4));
  }

  private static final String FILES =
      """
      - file: {path: "{{ where }}", state: directory, mode: "0750"}
      - name: Write
        copy: {content: "n={{ n }}\\n", dest: "{{ where }}/f", mode: "0640"}
        register: wrote
      - debug: {msg: "wrote {{ wrote.dest }}"}
        when: wrote is changed
      """;

  @Test
  void aSecondRunChangesNothing() throws Exception {
    playbook(FILES);
    assertThat(cli.run().exits(0).changed()).isEqualTo(4);
    assertThat(directory.resolve("one/f")).hasContent("n=1");
    Object inode = Files.getAttribute(directory.resolve("one/f"), "unix:ino");

    Cli.Ran again = cli.run().exits(0);
    assertThat(again.changed()).isZero();
    assertThat(again.out()).contains("one").contains("changed=0");
    assertThat(again.steps("one"))
        .extracting(RunEvent.StepEnded::status)
        .containsExactly(StepStatus.OK, StepStatus.OK, StepStatus.SKIPPED);
    assertThat(Files.getAttribute(directory.resolve("one/f"), "unix:ino")).isEqualTo(inode);
  }

  @Test
  void whatAnActionKnowsIsInTheRecordMaskedAndWithoutWhatStandsElsewhere() {
    playbook(
        """
        - stat: {path: /etc/passwd}
        - command: echo hello
        - command: echo hidden
          no_log: true
        """);
    Cli.Ran ran = cli.run("--json").exits(0);
    List<RunEvent.StepEnded> steps = ran.steps("one");
    assertThat(steps.get(0).values().get("stat")).asString().contains("path=/etc/passwd");
    assertThat(steps.get(1).values()).containsKeys("rc", "cmd").doesNotContainKeys("stdout");
    assertThat(steps.get(2).values()).isEmpty();
    assertThat(ran.out()).contains("\"values\":{\"stat\":{");
    assertThat(ran.report("report.json")).contains("\"stat\" : {");
  }

  @Test
  void aCheckRunTellsAndChangesNothing() {
    playbook(FILES + "- command: touch " + directory + "/touched\n");
    Cli.Ran ran = cli.run("--check", "--diff");
    assertThat(ran.steps("one").getFirst().status()).isEqualTo(StepStatus.CHANGED);
    assertThat(ran.out())
        .contains("would change one: file: would make the directory")
        .contains("Check run: no device was changed", "2 devices: 2 would change")
        .doesNotContain("would change one: file: made");
    assertThat(directory.resolve("one")).doesNotExist();
    assertThat(directory.resolve("touched")).doesNotExist();
  }

  @Test
  void aDiffShowsLinesAndHidesSecrets() {
    playbook(
        """
        - copy: {dest: "%s/{{ inventory_hostname }}.txt", content: "a\\nSharedAccessKey=c2VjcmV0MTIz\\nb{{ extra }}\\n"}
        """
            .formatted(directory));
    cli.run("-e", "extra=1").exits(0);
    Cli.Ran ran = cli.run("-e", "extra=2", "--diff", "--limit", "one").exits(0);
    assertThat(ran.out()).contains("-b1").contains("+b2").doesNotContain("c2VjcmV0MTIz");
    assertThat(ran.report("report.html")).doesNotContain("c2VjcmV0MTIz");
  }

  @Test
  void oneDevicesFailureLeavesTheOthersAlone() {
    playbook(
        """
        - command: sh -c 'echo working; echo "no good" >&2; exit {{ n - 1 }}'
        - debug: {msg: after}
        """);
    Cli.Ran ran = cli.run().exits(3);
    assertThat(ran.steps("one")).hasSize(2);
    RunEvent.StepEnded failed = ran.steps("two").getLast();
    assertThat(failed.status()).isEqualTo(StepStatus.FAILED);
    assertThat(failed.message()).contains("ended with exit code 1");
    assertThat(failed.output()).contains("working").contains("no good");
    assertThat(ran.out()).contains("1 device failed").contains("two");
  }

  @Test
  void everyStepIsInTheJournalBeforeItStarts() {
    playbook("- command: 'true'\n- command: 'true'\n");
    List<RunEvent> events = cli.run().exits(0).events();
    List<String> ofOne =
        events.stream()
            .map(
                event ->
                    switch (event) {
                      case RunEvent.StepStarted s when s.step().device().equals("one") ->
                          "start " + s.step().path();
                      case RunEvent.StepEnded s when s.step().device().equals("one") ->
                          "end " + s.step().path();
                      default -> "";
                    })
            .filter(text -> !text.isEmpty())
            .toList();
    assertThat(ofOne).containsExactly("start 1.1", "end 1.1", "start 1.2", "end 1.2");
    assertThat(events.getFirst()).isInstanceOf(RunEvent.RunStarted.class);
    assertThat(events.getLast()).isInstanceOf(RunEvent.RunEnded.class);
  }

  @Test
  void tagsAndLimitChoose() {
    playbook(
        """
        - debug: {msg: a}
          tags: alpha
        - debug: {msg: b}
          tags: [beta]
        - debug: {msg: c}
          tags: always
        """);
    assertThat(cli.run("--tags", "beta", "--limit", "second").exits(0).steps("two"))
        .extracting(RunEvent.StepEnded::message)
        .containsExactly("b", "c");
    assertThat(cli.run("--skip-tags", "alpha,always").exits(0).steps("one"))
        .extracting(RunEvent.StepEnded::message)
        .containsExactly("b");
    assertThat(cli.run("--tags", "bata").exits(2).err())
        .contains("no task has the tag 'bata'")
        .contains("did you mean 'beta'?");
  }

  @Test
  void listsWithoutRunning() {
    playbook("- name: Say\n  debug: {msg: a}\n  tags: alpha\n");
    assertThat(cli.run("--list-hosts").exits(0).out()).contains("one").contains("two");
    assertThat(cli.run("--list-tasks").exits(0).out()).contains("1.1  Say (debug)  [alpha]");
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void badInputComesAllAtOnceAndTouchesNothing() {
    playbook("- copi: {}\n- command: touch " + directory + "/touched\n");
    cli.given("i.yml", "all:\n  host:\n    a:\n");
    Cli.Ran ran = cli.run().exits(2);
    assertThat(ran.err())
        .contains("p.yml:4:7: error: there is no action or task word 'copi'")
        .contains("did you mean 'copy'?")
        .contains("i.yml:2:3: error: unknown word 'host' in group 'all'")
        .contains("    - copi: {}");
    assertThat(directory.resolve("touched")).doesNotExist();
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void anUndefinedVariableFailsItsDeviceWithThePlace() {
    playbook("- debug: {msg: \"{{ thing.special }}\"}\n");
    cli.given(
        "i.yml",
        "all:\n  vars: {ansible_connection: local}\n  hosts:\n    one: {thing: {special: x}}\n    two: {thing: {}}\n");
    Cli.Ran ran = cli.run().exits(3);
    assertThat(ran.steps("one").getLast().status()).isEqualTo(StepStatus.OK);
    assertThat(ran.steps("two").getLast().message())
        .contains("p.yml:4:20: the variable 'thing.special' is not defined");
  }

  @Test
  void anUnknownGroupNamesItsPlace() {
    cli.given("p.yml", "- hosts: frist\n  tasks: []\n");
    assertThat(cli.run().exits(2).err())
        .contains("p.yml:1:10")
        .contains("no device or group 'frist'")
        .contains("did you mean 'first'?");
  }

  @Test
  void unreachableDevicesHaveTheirOwnExitCode() {
    cli.given("p.yml", "- hosts: all\n  tasks:\n    - command: 'true'\n");
    cli.given(
        "i.yml",
        """
        all:
          hosts:
            here: {ansible_connection: local}
            gone: {ansible_host: 127.0.0.1, ansible_port: 1}
        """);
    Cli.Ran ran = cli.run().exits(4);
    assertThat(ran.steps("here").getLast().status()).isEqualTo(StepStatus.CHANGED);
    assertThat(ran.steps("gone").getLast().status()).isEqualTo(StepStatus.UNREACHABLE);
  }

  @Test
  void valuesGivenOnTheCommandLineAreNotRecorded() {
    playbook("- debug: {msg: done}\n");
    Cli.Ran ran =
        cli.run("-e", "token=hunter2hunter2", "-e", "{\"pin\": \"hunter3hunter3\"}").exits(0);
    assertThat(ran.report("report.json")).contains("token=***").doesNotContain("hunter");
  }

  @Test
  void jsonIsOneEventALine() throws Exception {
    playbook("- debug: {msg: done}\n");
    ObjectMapper mapper = new ObjectMapper();
    List<String> lines = cli.run("--json").exits(0).out().lines().toList();
    for (String line : lines) {
      JsonNode event = mapper.readTree(line);
      assertThat(event.get("sequence").isNumber()).isTrue();
      assertThat(event.get("event").isTextual()).isTrue();
    }
    assertThat(lines.getLast()).contains("run_ended");
  }

  @Test
  void assertionsStopTheDevice() {
    playbook(
        """
        - assert: {that: ["n == 1", "inventory_hostname == 'one'"], fail_msg: "not the first"}
        """);
    Cli.Ran ran = cli.run().exits(3);
    assertThat(ran.steps("one").getLast().status()).isEqualTo(StepStatus.OK);
    assertThat(ran.steps("two").getLast().message()).isEqualTo("not the first");
  }

  @Test
  void helpTeaches() {
    assertThat(cli.execute("run", "--help").exits(0).out())
        .contains("--check")
        .contains("Examples:")
        .contains("--accept-new-host-keys");
    assertThat(cli.execute("run").exits(2).err()).contains("-i INVENTORY");
  }

  @Test
  void whatADevicePrintsIsNeverEvaluated() throws Exception {
    Files.writeString(directory.resolve("printed"), "{{ secret_note }} ${#a[@]} {% x");
    cli.given(
        "i.yml",
        "all:\n  vars: {ansible_connection: local, secret_note: hunter22}\n  hosts: {one: }\n");
    playbook(
        """
        - command: cat %s/printed
          register: r
        - debug: {msg: "{{ r.stdout }}"}
        """
            .formatted(directory));
    assertThat(cli.run().exits(0).steps("one").getLast().message())
        .isEqualTo("{{ secret_note }} ${#a[@]} {% x");
  }

  @Test
  void variablesComeFromAFileToo() throws Exception {
    Files.writeString(directory.resolve("site.yml"), "site: north\n");
    playbook("- debug: {msg: \"{{ site }} {{ a }} {{ b }}\"}\n");
    Cli.Ran ran = cli.run("-e", "@" + directory.resolve("site.yml"), "-e", "a=1 b='2 3'").exits(0);
    assertThat(ran.steps("one").getLast().message()).isEqualTo("north 1 2 3");
  }

  @Test
  void extraVariablesAreMaskedHoweverTheyAreWritten() {
    playbook("- debug: {msg: done}\n");
    Cli.Ran ran =
        cli.run(
                "-e=foo=TOPSECRET1",
                "-befoo=TOPSECRET2",
                "-e={\"foo\":\"TOPSECRET3\"}",
                "--extra-vars=foo=TOPSECRET4")
            .exits(0);
    assertThat(ran.report("report.json")).contains("foo=***").doesNotContain("TOPSECRET");
    assertThat(ran.out()).doesNotContain("TOPSECRET");
  }

  @Test
  void passwordsOfTheInventoryAreMaskedWhereverTheyAreShown() {
    cli.given(
        "i.yml",
        """
        all:
          vars: {ansible_connection: local, ansible_become_password: hunter22}
          hosts: {one: }
        """);
    playbook("- debug: {var: ansible_become_password}\n");
    Cli.Ran ran = cli.run().exits(0);
    assertThat(ran.out()).contains("***").doesNotContain("hunter22");
    assertThat(ran.report("report.json")).doesNotContain("hunter22");
  }

  @Test
  void resultsLastForTheWholeRun() {
    cli.given(
        "p.yml",
        """
        - hosts: all
          tasks:
            - command: echo {{ n }}
              register: r
        - hosts: all
          tasks:
            - debug: {msg: "still {{ r.stdout }}"}
        """);
    Cli.Ran ran = cli.run().exits(0);
    assertThat(ran.steps("two").getLast().message()).isEqualTo("still 2");
  }

  @Test
  void aSymlinkedDirectoryIsJudgedByItsTarget() throws Exception {
    Path target = Files.createDirectory(directory.resolve("target"));
    Files.setPosixFilePermissions(
        target, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.createSymbolicLink(directory.resolve("link"), target);
    Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("none"));
    playbook("- file: {path: %s/link, state: directory, mode: \"0755\"}\n".formatted(directory));
    assertThat(cli.run("--limit", "one", "--check").exits(0).changed()).isEqualTo(1);
    assertThat(cli.run("--limit", "one").exits(0).changed()).isEqualTo(1);
    assertThat(cli.run("--limit", "one", "--check").exits(0).changed()).isZero();
    assertThat(cli.run("--limit", "one").exits(0).changed()).isZero();
    playbook("- file: {path: %s/dangling, state: directory}\n".formatted(directory));
    assertThat(cli.run("--limit", "one").exits(3).steps("one").getLast().message())
        .contains("leads to no directory");
  }

  @Test
  void aNumericOwnerIsTheUserOfThatNumber() throws Exception {
    Files.writeString(directory.resolve("f"), "x");
    Object uid = Files.getAttribute(directory.resolve("f"), "unix:uid");
    playbook("- copy: {content: x, dest: %s/f, owner: \"%s\"}\n".formatted(directory, uid));
    assertThat(cli.run("--limit", "one").exits(0).changed()).isZero();
  }

  @Test
  void whatIsNotReadIsRefusedNotLeftOut() {
    playbook("- debug: {msg: x}\n");
    cli.given("i.yml", "all:\n  hosts:\n    edge[5:1]:\n");
    assertThat(cli.run().exits(2).err()).contains("i.yml:3:5").contains("is empty");
    cli.given("i.yml", "all:\n  vars: {ansible_becme: true}\n  hosts: {one: }\n");
    assertThat(cli.run().exits(2).err())
        .contains("unknown variable 'ansible_becme'")
        .contains("did you mean 'ansible_become'?");
    assertThat(cli.run("--step-timeout", "0").exits(2).err()).contains("--step-timeout is 0");
  }

  @Test
  void theStepDeadlineIsForTheWholeStep() {
    playbook("- command: sleep 30\n");
    Cli.Ran ran = cli.run("--limit", "one", "--step-timeout", "1").exits(3);
    assertThat(ran.steps("one").getLast().status()).isEqualTo(StepStatus.IN_DOUBT);
  }
}
