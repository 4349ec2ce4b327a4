package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.journal.DeviceStatus;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the language has here and Ansible has not, or has differently; run on this machine. */
class LanguageTest {
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
                  hosts: {one: {n: 1}, two: {n: 2}, three: {n: 3}}
                """
                    .formatted(directory));
  }

  private Cli play(String rest) {
    return cli.given(
        "p.yml", "- name: Play\n  hosts: all\n  gather_facts: false\n" + rest.indent(2));
  }

  private static List<RunEvent.StepEnded> all(Cli.Ran ran) {
    return ran.events().stream()
        .filter(RunEvent.StepEnded.class::isInstance)
        .map(RunEvent.StepEnded.class::cast)
        .toList();
  }

  private static List<String> endings(Cli.Ran ran) {
    return ran.events().stream()
        .filter(RunEvent.DeviceEnded.class::isInstance)
        .map(RunEvent.DeviceEnded.class::cast)
        .map(ended -> ended.device() + " " + ended.status())
        .toList();
  }

  @Test
  void oneDeviceDoesItForAllAndAllHaveItsResult() {
    play(
        """
        tasks:
          - name: Once
            shell: echo x >> {{ directory }}/done; echo by {{ inventory_hostname }}
            run_once: true
            register: r
          - name: All know
            assert: {that: ["'by ' in r.stdout", r is changed]}
        """);
    Cli.Ran ran = cli.run().exits(0);
    assertThat(directory.resolve("done")).hasContent("x");
    assertThat(all(ran))
        .filteredOn(step -> step.task().equals("Once"))
        .extracting(RunEvent.StepEnded::status)
        .containsExactlyInAnyOrder(StepStatus.CHANGED, StepStatus.SKIPPED, StepStatus.SKIPPED);
  }

  @Test
  void ofMuchOutputTheFirstMebibyteIsKeptWithOneWarning() {
    play(
        """
        tasks:
          - {name: Much, shell: "head -c 1100000 /dev/zero | tr '\\\\0' x", register: much}
          - name: Cut
            assert:
              that: [much.stdout_truncated, much.stdout | length == 1048576, much.stdout_lines | length == 1]
        """);
    Cli.Ran ran = cli.run("--limit", "one").exits(0);
    assertThat(ran.out())
        .as("while it runs and in the summary")
        .containsOnlyOnce("warning     one: ")
        .containsOnlyOnce("\nwarning: one: ")
        .contains("printed more than 1 MiB, of which the first is kept");
  }

  // A check run, so that nothing goes down should this ever fail.
  @Test
  void theControllerIsNotRebooted() {
    play("tasks:\n  - {name: Local, reboot: {}, check_mode: true}\n");
    Cli.Ran ran = cli.run().exits(3);
    assertThat(all(ran)).hasSize(3).allMatch(step -> step.status() == StepStatus.FAILED);
    assertThat(ran.out()).contains("reboot would restart the controller itself");
  }

  @Test
  void whatFailsForAllFailsOnAll() {
    play(
        """
        tasks:
          - name: Once
            shell: echo x >> {{ directory }}/done; exit 7
            run_once: true
          - debug: {msg: never}
        """);
    Cli.Ran ran = cli.run().exits(3);
    assertThat(directory.resolve("done")).hasContent("x");
    assertThat(all(ran)).hasSize(3).allMatch(step -> step.status() == StepStatus.FAILED);
    assertThat(endings(ran)).containsExactlyInAnyOrder("one FAILED", "two FAILED", "three FAILED");
  }

  @Test
  void afterAFatalErrorNoDeviceStartsAnotherStepButAlwaysRuns() {
    play(
        """
        any_errors_fatal: true
        tasks:
          - block:
              - name: Has begun
                command: touch {{ directory }}/begun-{{ n }}
              - name: Fails on one
                shell: while ! test -e {{ directory }}/begun-2 -a -e {{ directory }}/begun-3; do sleep 0.05; done; false
                when: n == 1
              - name: Waits for that
                shell: while ! test -e {{ directory }}/failed; do sleep 0.05; done
                when: n > 1
              - name: Never
                command: touch {{ directory }}/never
            always:
              - name: Always
                file: {path: "{{ directory }}/failed", state: directory}
        """);
    Cli.Ran ran = cli.run().exits(5);
    assertThat(directory.resolve("never")).doesNotExist();
    assertThat(endings(ran))
        .containsExactlyInAnyOrder("one FAILED", "two STOPPED", "three STOPPED");
    assertThat(all(ran)).filteredOn(step -> step.task().equals("Always")).hasSize(3);
    assertThat(ran.events().getLast())
        .isInstanceOfSatisfying(
            RunEvent.RunEnded.class,
            ended -> assertThat(ended.reason().orElseThrow()).contains("play 'Play'"));
    assertThat(ran.out()).contains("1 failed").contains("2 stopped");
  }

  @Test
  void underNoLogNothingOfATaskIsShownOrKept() throws Exception {
    play(
        """
        vars: {words: [alpha-word, beta-word]}
        tasks:
          - name: Loop
            command: echo {{ item }} said
            loop: "{{ words }}"
            no_log: true
            register: r
          - name: Fails
            shell: echo gamma-word; exit 1
            no_log: true
            ignore_errors: true
          - name: Writes
            copy: {content: "delta-word\\n", dest: "{{ directory }}/{{ inventory_hostname }}"}
            no_log: true
          - name: Prints
            debug: {msg: "{{ words | length }} {{ r.results | length }}"}
          - name: Skipped
            debug: {msg: x}
            no_log: true
            when: words[0] == 'epsilon-word'
        """);
    Cli.Ran ran = cli.run("-v", "--diff").exits(0);
    String everything =
        ran.out()
            + ran.err()
            + ran.report("report.html")
            + ran.report("report.json")
            + new String(
                Files.readAllBytes(ran.run().orElseThrow().resolve("journal.db")),
                java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(everything).contains("hidden by no_log").contains("2 2");
    for (String word : List.of("alpha-", "beta-", "gamma-", "delta-", "epsilon-")) {
      assertThat(everything).doesNotContain(word);
    }
    assertThat(all(ran))
        .filteredOn(step -> step.task().equals("Loop"))
        .extracting(step -> step.step().item())
        .containsOnly("0", "1");
  }

  @Test
  void aTimeoutEndsTheTaskAndSaysSo() {
    play("tasks:\n  - {name: Long, command: sleep 30, timeout: 1}\n");
    long begun = System.nanoTime();
    Cli.Ran ran = cli.run("--limit", "one").exits(3);
    assertThat(System.nanoTime() - begun).isLessThan(20_000_000_000L);
    assertThat(ran.steps("one").getLast().message()).contains("timeout of 1.0 s");
    assertThat(ran.steps("one").getLast().status()).isEqualTo(StepStatus.FAILED);
  }

  @Test
  void aHandlerThatRunsAgainIsAStepOfItsOwn() {
    play(
        """
        pre_tasks:
          - {command: "true", notify: h}
        tasks:
          - {command: "true", notify: h}
        handlers:
          - {name: h, debug: {msg: x}}
        """);
    assertThat(cli.run("--limit", "one").exits(0).steps("one"))
        .extracting(step -> step.step().path())
        .containsExactly("1.pre.1", "1.handler.1", "1.1", "1.handler.1.2");
  }

  @Test
  void aNotificationThatNobodyHearsIsAFailure() {
    play(
        """
        tasks:
          - {name: Tell, command: "true", notify: "{{ 'restrat' }}"}
        handlers:
          - {name: restart, debug: {msg: x}}
        """);
    Cli.Ran ran = cli.run("--limit", "one").exits(3);
    assertThat(ran.steps("one").getLast().message()).contains("notifies 'restrat'");
    assertThat(ran.out()).contains("did you mean 'restart'?");
  }

  @Test
  void batchesAndAttemptsAreInTheJournal() {
    play(
        """
        serial: [1, 2]
        tasks:
          - name: Third time
            shell: echo x >> {{ directory }}/{{ n }}; test $(wc -l < {{ directory }}/{{ n }}) = 3
            register: r
            until: r is succeeded
            retries: 4
            delay: 0
        """);
    List<RunEvent> events = cli.run().exits(0).events();
    assertThat(events)
        .filteredOn(RunEvent.WaveStarted.class::isInstance)
        .extracting(event -> ((RunEvent.WaveStarted) event).devices())
        .containsExactly(List.of("one"), List.of("two", "three"));
    assertThat(events)
        .filteredOn(
            event ->
                event instanceof RunEvent.StepRetried retried
                    && retried.step().device().equals("one"))
        .extracting(event -> ((RunEvent.StepRetried) event).step().attempt())
        .containsExactly(1, 2);
    assertThat(events)
        .filteredOn(
            event ->
                event instanceof RunEvent.StepStarted started
                    && started.step().device().equals("one"))
        .hasSize(3);
  }

  @Test
  void tasksAreListedAsTheyStand() {
    play(
        """
        pre_tasks:
          - {name: Before, debug: {msg: x}, tags: [early]}
        tasks:
          - name: Try
            block:
              - {name: Main, command: "true", notify: h}
            rescue:
              - {name: Mend, debug: {msg: x}}
          - meta: flush_handlers
        handlers:
          - {name: h, debug: {msg: x}, listen: topic}
        """);
    String listed = cli.run("--list-tasks").exits(0).out();
    assertThat(listed)
        .contains("  pre_tasks:")
        .contains("1.pre.1  Before (debug)  [early]")
        .contains("  1.1  Try")
        .contains("1.1.1  Main (command)")
        .contains("  rescue:")
        .contains("1.1.rescue.1  Mend (debug)")
        .contains("1.2  meta: flush_handlers")
        .contains("1.handler.1  h (debug)  listens to topic");
    assertThat(cli.run("--list-tags").exits(0).out()).contains("Play [all]: early");
  }

  @Test
  void aRunBeginsAtTheTaskOfThatName() {
    play(
        """
        tasks:
          - {name: First, debug: {msg: x}}
          - block:
              - {name: Second one, debug: {msg: x}}
              - {name: Third, debug: {msg: x}}
        """);
    assertThat(cli.run("--limit", "one", "--start-at-task", "Second*").exits(0).steps("one"))
        .extracting(RunEvent.StepEnded::task)
        .containsExactly("Second one", "Third");
    assertThat(cli.run("--start-at-task", "Frist").exits(2).err())
        .contains("did you mean 'First'?");
  }

  @Test
  void aFailureIsOneLineAndIsExplainedOnceAtTheEnd() {
    play("tasks:\n  - {name: Bad, command: sh -c 'echo details; exit 9'}\n");
    String out = cli.run().exits(3).out();
    assertThat(out.lines().filter(line -> line.startsWith("failed"))).hasSize(3);
    assertThat(out.lines().filter(line -> line.contains("-> "))).hasSize(1);
    assertThat(out).contains("3 devices failed");
  }

  @Test
  void anIgnoredAndARescuedFailureLeaveTheDeviceWell() {
    play(
        """
        tasks:
          - {name: Ignored, command: "false", ignore_errors: true}
          - block:
              - {name: Rescued, command: "false"}
            rescue:
              - {name: Rescues, debug: {msg: "{{ ansible_failed_task.name }}"}}
        """);
    Cli.Ran ran = cli.run("--limit", "one").exits(0);
    assertThat(ran.steps("one"))
        .extracting(RunEvent.StepEnded::status)
        .containsExactly(StepStatus.IGNORED, StepStatus.RESCUED, StepStatus.OK);
    assertThat(ran.out()).contains("rescued=1 ignored=1").contains("Rescued");
    assertThat(endings(ran)).containsExactly("one " + DeviceStatus.OK);
  }

  @Test
  void whatIsSecretToOneDeviceIsMaskedWhenAnotherLooksAtIt() {
    cli.given(
        "i.yml",
        """
        all:
          vars: {ansible_connection: local}
          hosts:
            one: {ansible_become_password: only-known-to-one}
            two: {}
        """);
    cli.given(
        "p.yml",
        """
        - {hosts: one, gather_facts: false, tasks: [{command: echo it is only-known-to-one, register: r}]}
        - hosts: two
          gather_facts: false
          tasks:
            - debug: {msg: "{{ hostvars['one'].r.stdout }} {{ hostvars.one.ansible_become_password }}"}
        """);
    Cli.Ran ran = cli.run().exits(0);
    assertThat(ran.steps("two").getLast().message()).isEqualTo("it is *** ***");
    assertThat(ran.out() + ran.report("report.html")).doesNotContain("only-known-to-one");
  }

  @Test
  void factsAreGatheredWhereSomethingNamesOne() {
    cli.given(
        "p.yml",
        """
        - {hosts: one, tasks: [{debug: {msg: "{{ inventory_hostname }}"}}]}
        - {hosts: one, tasks: [{debug: {msg: "{{ ansible_facts.system }} {{ ansible_system }}"}}]}
        - {hosts: one, tasks: [{debug: {msg: "{{ ansible_system }} again"}}]}
        """);
    List<RunEvent.StepEnded> steps = cli.run().exits(0).steps("one");
    assertThat(steps)
        .extracting(step -> step.step().path())
        .containsExactly("1.1", "2.facts", "2.1", "3.1");
    assertThat(steps.get(2).message()).isEqualTo("Linux Linux");
  }

  @Test
  void whatIsSecretToTheOneThatDoesItForAllIsMaskedOnAll() {
    cli.given(
        "i.yml",
        """
        all:
          vars: {ansible_connection: local}
          hosts:
            one: {ansible_become_password: only-known-to-one}
            two: {ansible_become_password: only-known-to-two}
        """);
    play(
        """
        tasks:
          - command: echo it is {{ ansible_become_password }}
            run_once: true
            register: r
          - {name: Tell, debug: {msg: "{{ r.stdout }}"}}
        """);
    Cli.Ran ran = cli.run().exits(0);
    assertThat(all(ran))
        .filteredOn(step -> step.task().equals("Tell"))
        .extracting(RunEvent.StepEnded::message)
        .containsExactly("it is ***", "it is ***");
  }

  @Test
  void everyDeviceGathersItsOwnFactsAlsoInAPlayThatRunsOnce() {
    cli.given(
        "p.yml",
        "- {hosts: all, gather_facts: true, run_once: true, tasks: [{debug: {msg: x}}]}\n");
    assertThat(all(cli.run().exits(0)))
        .filteredOn(step -> step.action().equals("setup"))
        .hasSize(3)
        .allMatch(step -> step.status() == StepStatus.OK);
  }

  @Test
  void aHandlerThatFailsInARescuedBlockIsRescued() {
    cli.given(
        "p.yml",
        """
        - hosts: one
          gather_facts: false
          tasks:
            - block:
                - {command: "true", notify: h}
                - meta: flush_handlers
              rescue:
                - {name: Mend, debug: {msg: x}}
          handlers:
            - {name: h, command: "false"}
        - {hosts: one, gather_facts: false, tasks: [{name: Later, debug: {msg: x}}]}
        """);
    assertThat(cli.run().exits(0).steps("one"))
        .extracting(RunEvent.StepEnded::status)
        .containsExactly(StepStatus.CHANGED, StepStatus.RESCUED, StepStatus.OK, StepStatus.OK);
  }

  @Test
  void aPauseThatIsNoNumberIsAFailureOfTheItem() {
    play(
        """
        tasks:
          - block:
              - {debug: {msg: x}, loop: [1, 2], loop_control: {pause: "{{ 'soon' }}"}}
            rescue:
              - {name: Mend, debug: {msg: x}}
        """);
    List<RunEvent.StepEnded> steps = cli.run("--limit", "one").exits(0).steps("one");
    assertThat(steps)
        .extracting(RunEvent.StepEnded::status)
        .containsExactly(StepStatus.OK, StepStatus.RESCUED, StepStatus.OK);
    assertThat(steps.get(1).message()).contains("'pause' is 'soon'");
  }

  @Test
  void untilDoesNotHideWhyAnAttemptBrokeOff() {
    play(
        """
        tasks:
          - command: sleep 30
            timeout: 1
            register: r
            until: r.rc == 0
            retries: 5
            delay: 0
        """);
    Cli.Ran ran = cli.run("--limit", "one").exits(3);
    assertThat(ran.steps("one").getLast().message())
        .contains("after 1 try")
        .contains("timeout of 1.0 s");
  }

  @Test
  void everyAttemptHasTheWholeTimeout() {
    play(
        """
        tasks:
          - shell: sleep 0.6; echo x >> {{ directory }}/{{ n }}; test $(wc -l < {{ directory }}/{{ n }}) = 4
            timeout: 2
            register: r
            until: r.rc == 0
            retries: 5
            delay: 0
        """);
    cli.run("--limit", "one").exits(0);
  }

  @Test
  void untilEndsWithTheRun() {
    play("tasks: [{command: 'false', register: r, until: r.rc == 0, retries: 5, delay: 60}]\n");
    Cli.Ran ran = cli.run("--limit", "one", "--run-timeout", "20").exits(3);
    assertThat(ran.steps("one").getLast().message()).contains("after 1 try");
  }

  @Test
  void underNoLogTheNameIsShownAsWritten() {
    play(
        """
        tasks:
          - name: Task for {{ item }}
            debug: {msg: x}
            loop: [alpha-word]
            no_log: true
        """);
    Cli.Ran ran = cli.run("--limit", "one").exits(0);
    assertThat(ran.steps("one").getFirst().task()).isEqualTo("Task for {{ item }}");
    assertThat(ran.out() + ran.report("report.json")).doesNotContain("alpha-word");
  }
}
