package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes that only show when playbook, inventory and command line come together. */
class ValidateTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void inventory() {
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  vars: {everywhere: 1, made: "{{ part }}/x"}
                  children:
                    canary: {hosts: {one: {only_canary: 1, part: a}}}
                    plant:
                      hosts:
                        two: {n: 2, part: b}
                        three: {n: 3}
                        four:
                        five:
                """);
  }

  private Cli.Ran validate(String playbook, String... more) {
    cli.given("p.yml", playbook);
    List<String> words =
        new ArrayList<>(
            List.of(
                "validate",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString()));
    words.addAll(List.of(more));
    return cli.execute(words.toArray(String[]::new));
  }

  private Cli.Ran tasks(String tasks, String... more) {
    return validate("- hosts: all\n  tasks:\n" + tasks.indent(4), more);
  }

  @Test
  void saysWhatItLookedAt() {
    assertThat(tasks("- debug: {msg: \"{{ everywhere }}\"}\n- command: ls\n").exits(0).out())
        .isEqualTo("ok: 1 play, 2 tasks, 5 devices; no mistake found, no device was touched\n");
  }

  @Test
  void whatCannotBeReadDoesNotHideTheRest() {
    String err =
        validate(
                """
                - hosts: nobody
                  tasks:
                    - copi: {dest: /b}
                      register: made
                    - copy: {src: nofile, dest: /b}
                    - debug: {msg: "{{ made.rc | uper }}"}
                """)
            .exits(2)
            .err();
    assertThat(err)
        .containsSubsequence("'nobody'", "'copi'", "nofile", "there is no filter 'uper'")
        .doesNotContain("'made' is not defined");
  }

  @Test
  void theWholeLanguageIsFine() {
    assertThat(
            cli.execute(
                    "validate",
                    "src/test/resources/playbook/language/everything.yml",
                    "-i",
                    directory.resolve("i.yml").toString())
                .exits(0)
                .out())
        .startsWith("ok: 3 plays, 13 tasks, 5 devices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "- debug: {msg: '{{ evrywhere }}'} => p.yml:3:20: error: the variable 'evrywhere' is not defined",
        "- debug: {msg: '{{ nowhere.a }}'} => set it in the inventory, in the play's vars, or with -e nowhere=",
        "- debug: {msg: '{{ n }}'} => the variable 'n' is not defined for one, four, five",
        "- debug: {msg: '{{ only_canary + 1 }}'} => is not defined for two, three, four and 1 others",
        "- debug: {msg: '{{ made }}'} => the variable 'made' needs 'part', which is not defined for three, four, five",
        "- debug: {msg: a, }\\n  when: nowhere => the variable 'nowhere' is not defined",
        "- assert: {that: [nowhere == 1]} => p.yml:3:23: error: the variable 'nowhere'",
        "- debug: {msg: a}\\n  loop: '{{ nowhere }}' => the variable 'nowhere' is not defined",
        "- debug: {msg: '{{ x }}'}\\n  vars: {x: '{{ y }}'} => the variable 'x' needs 'y'",
        "- command: 'true'\\n  register: r\\n- debug: {msg: '{{ nowhere }}'}\\n  when: r is changed => 'nowhere' is not defined",
        "- copy: {src: none.txt, dest: /x} => p.yml:3:19: error: there is no file 'none.txt' on the controller",
        "- debug: {msg: '{{ everywhere | nofilter }}'} => p.yml:3:20: error: ",
        "- debug: {msg: a}\\n  when: everywhere = 1 => p.yml:4:13: error: ",
        "- debug: {msg: '{{ everywhere'} => p.yml:3:20: error: ",
        "- template: {src: none.j2, dest: /x} => p.yml:3:23: error: there is no file 'none.j2'",
        "- script: none.sh -v => p.yml:3:15: error: there is no file 'none.sh' on the controller",
        "- debug: {msg: a}\\n  notify: nobody => p.yml:4:15: error: no handler of this play is called 'nobody'",
      })
  void mistakes(String task, String message) {
    assertThat(tasks(task.replace("\\n", "\n")).exits(2).err()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- debug: {msg: '{{ only_canary }}'}\n  when: \"'canary' in group_names\"",
        "- debug: {msg: '{{ n }}'}\n  when: n is defined",
        "- debug: {msg: '{{ n }}'}\n  when: [everywhere == 1, n is defined]",
        "- debug: {msg: '{{ nowhere | default(1) }}'}",
        "- debug: {msg: '{{ item }}'}\n  loop: [1]",
        "- debug: {msg: '{{ o }}'}\n  loop: [1]\n  loop_control: {loop_var: o}",
        "- command: ls\n  register: r\n  until: r.rc == 0\n- debug: {msg: '{{ r.stdout }}'}",
        "- debug: {msg: '{{ ansible_hostname }} {{ hostvars.one.x }} {{ groups.all[0] }}'}",
        "- debug: {msg: \"{{ {'a': 1}.a }} {{ 'nowhere' }} {{ [1] | map('string') | list }}\"}",
        "- debug: {msg: '{% for x in [1] %}{{ x }}{% endfor %}'}",
        "- command: ls\n  register: r\n- debug: {msg: '{{ n }}'}\n  when: r.rc == 0",
        "- debug: {msg: '{{ n }}'}\n  tags: never",
      })
  void noMistakes(String task) {
    tasks(task).exits(0);
  }

  @Test
  void variablesMayComeFromAnywhere() {
    cli.given("v.yml", "from_file: 1\n");
    validate(
            """
            - hosts: all
              vars: {own: 1}
              vars_files: v.yml
              tasks:
                - debug: {msg: "{{ own }}{{ from_file }}{{ of_block }}{{ given }}"}
                  vars: {of_block: 1}
            """,
            "-e",
            "given=1")
        .exits(0);
  }

  @Test
  void whatIsDefinedNowhereIsToldBesideWhatCannotBeRead() {
    String err =
        validate(
                """
                - hosts: all
                  tasks:
                    - copi: {dest: /b}
                      register: made
                    - debug: {msg: "{{ made.rc }} {{ nowhere }}"}
                    - set_fact: {oops: 1, bad:}
                      when: never_set
                """)
            .exits(2)
            .err();
    assertThat(err)
        .containsSubsequence(
            "'copi'",
            "the variable 'nowhere' is not defined",
            "the variable 'never_set' is not defined")
        .doesNotContain("'made' is not defined");
  }

  @Test
  void aFileThatIsNotThereMayDefineAnything() {
    assertThat(
            validate(
                    """
                    - hosts: all
                      tasks:
                        - import_tasks: more.yml
                        - debug: {msg: "{{ nowhere }}"}
                    """)
                .exits(2)
                .err())
        .contains("more.yml")
        .doesNotContain("'nowhere' is not defined");
  }

  @Test
  void allMistakesComeAtOnceWithTheirLines() {
    String err =
        validate(
                """
                - hosts: plnat
                  tasks: []
                - hosts: all
                  tasks:
                    - debug: {msg: "{{ nowhere }}"}
                    - copy: {src: none.txt, dest: /x}
                """,
                "--tags",
                "all,sometimes")
            .exits(2)
            .err();
    assertThat(err)
        .contains("no task has the tag 'sometimes'")
        .contains("p.yml:1:10: error: there is no device or group 'plnat'")
        .contains("did you mean 'plant'?")
        .contains("    - hosts: plnat\n             ^")
        .contains("p.yml:5:20: error: the variable 'nowhere' is not defined")
        .contains("p.yml:6:19: error: there is no file 'none.txt'")
        .contains("4 problems; no device was touched.");
  }

  @Test
  void anErrorNeverQuotesASecret() {
    String err =
        validate(
                """
                - hosts: all
                  vars:
                    api_key: {a b: hunter2hunter2}
                    ansible_become_password-: hunter2hunter2
                  tasks:
                    - command: curl -H 'SharedAccessKey=c2VjcmV0c2VjcmV0' nowhere
                      timeuot: 1
                    - {debg: x, vars: {db_password: hunter2hunter2}}
                """)
            .exits(2)
            .err();
    assertThat(err)
        .contains("p.yml:4:5")
        .contains("p.yml:7:7")
        .contains("p.yml:8:8")
        .doesNotContain("hunter2");
  }

  @Test
  void aPlaysConnectionAndTheInventoryMustAgree() {
    cli.given("i.yml", "all: {hosts: {one: {ansible_connection: ssh}}}\n");
    assertThat(validate("- hosts: all\n  connection: local\n").exits(2).err())
        .contains("this play wants the connection 'local', the inventory has")
        .contains("'ssh' for one");
  }

  @Test
  void aRunFindsThemToo() {
    cli.given("p.yml", "- hosts: all\n  tasks: [{debug: {msg: \"{{ nowhere }}\"}}]\n");
    Cli.Ran ran = cli.run().exits(2);
    assertThat(ran.err()).contains("the variable 'nowhere' is not defined");
    assertThat(ran.run()).isEmpty();
  }
}
