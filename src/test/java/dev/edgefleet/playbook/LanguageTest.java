package dev.edgefleet.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.read.PlaybookFile;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every word of plays, blocks and tasks, as the engine gets to see it. */
class LanguageTest {
  @TempDir Path directory;

  private LanguageTest given(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  private Playbook read() {
    return PlaybookFile.read(
        directory.resolve("p.yml"), AllActions.make().schemas(), Vault.locked());
  }

  private Play play(String text) throws IOException {
    return given("p.yml", text).read().plays().getFirst();
  }

  private Task task(String text) throws IOException {
    String handlers = "  handlers: [{name: h, debug: {msg: a}}]\n";
    return (Task)
        play("- hosts: all\n" + handlers + "  tasks:\n" + text.indent(4)).tasks().getFirst();
  }

  private static List<Object> expressions(List<Condition> conditions) {
    return conditions.stream().map(Condition::expression).toList();
  }

  @Test
  void aPlayHasAllItsWords() throws Exception {
    given("vars/a.yml", "x: 1\ny: a\n").given("b.yml", "y: b\n");
    Play play =
        play(
            """
            - name: All
              hosts: [one, "two:&three"]
              connection: local
              vars: {v: 1}
              vars_files: [a.yml, [none.yml, b.yml]]
              gather_facts: yes
              serial: [1, "30%", 5]
              max_fail_percentage: 25
              any_errors_fatal: true
              become: "{{ root }}"
              become_user: iotedge
              become_method: ansible.builtin.sudo
              environment: {A: "1"}
              tags: [t, u]
              ignore_errors: true
              ignore_unreachable: yes
              no_log: "{{ hide }}"
              check_mode: false
              run_once: true
              timeout: 30
              strategy: free
              pre_tasks: [{debug: {msg: a}}]
              tasks: [{debug: {msg: b}}]
              post_tasks: [{debug: {msg: c}}]
              handlers:
                - name: H
                  listen: [x, y]
                  debug: {msg: d}
            """);
    assertThat(play.hosts()).isEqualTo("one,two:&three");
    assertThat(play.variables())
        .containsEntry("v", 1L)
        .containsEntry("ansible_connection", "local");
    assertThat(play.variableFiles()).isEqualTo(Map.of("x", 1L, "y", "b"));
    assertThat(play.gatherFacts()).contains(true);
    assertThat(play.serial())
        .containsExactly(new Batch.Count(1), new Batch.Percent(30), new Batch.Count(5));
    assertThat(play.maxFailPercentage()).contains(25.0);
    assertThat(play.preTasks().getFirst().path()).isEqualTo("1.pre.1");
    assertThat(play.postTasks().getFirst().path()).isEqualTo("1.post.1");
    Handler handler = play.handlers().getFirst();
    assertThat(handler.topics()).containsExactly("x", "y");
    assertThat(handler.task().path()).isEqualTo("1.handler.1");
    Task task = (Task) play.tasks().getFirst();
    for (Keywords words : List.of(play.keywords(), task.keywords(), handler.task().keywords())) {
      assertThat(words.become().become().orElseThrow().expression()).isEqualTo("{{ root }}");
      assertThat(words.become().user()).contains("iotedge");
      assertThat(words.environment()).isEqualTo(Map.of("A", "1"));
      assertThat(words.ignoreErrors().orElseThrow().expression()).isEqualTo(true);
      assertThat(words.ignoreUnreachable().orElseThrow().expression()).isEqualTo(true);
      assertThat(words.noLog().orElseThrow().expression()).isEqualTo("{{ hide }}");
      assertThat(words.anyErrorsFatal()).isTrue();
      assertThat(words.checkMode()).contains(false);
      assertThat(words.runOnce()).isTrue();
      assertThat(words.onController()).isFalse();
      assertThat(words.timeout()).contains(30L);
    }
    assertThat(task.tags()).containsExactly("t", "u");
    assertThat(task.variables()).isEmpty();
  }

  @Test
  void aTaskHasAllItsWords() throws Exception {
    Task task =
        task(
            """
            - name: "N {{ x }}"
              ansible.builtin.command: echo hi
              args: {chdir: /tmp}
              when: [a, b == 1, true]
              register: out
              loop: "{{ list }}"
              loop_control: {loop_var: l, index_var: i, label: "{{ l.name }}", pause: 0.5, extended: true}
              until: out.rc == 0
              retries: "{{ n }}"
              delay: 1
              notify: [h, "{{ k }}"]
              changed_when: false
              failed_when: [out.rc != 0, "'x' in out.stdout"]
              ignore_errors: "{{ ansible_check_mode }}"
              no_log: yes
              run_once: true
              delegate_to: localhost
              timeout: "{{ t }}"
              tags: a,b
              vars: {v: "{{ w }}"}
              environment: {P: "{{ q }}"}
              become: no
              check_mode: true
              any_errors_fatal: true
            """);
    assertThat(task.name()).isEqualTo("N {{ x }}");
    assertThat(task.action()).isEqualTo("command");
    assertThat(task.parameters().value()).isEqualTo(Map.of("cmd", "echo hi", "chdir", "/tmp"));
    assertThat(expressions(task.when())).containsExactly("a", "b == 1", true);
    LoopKeywords loop = task.loop().orElseThrow();
    assertThat(loop.items()).isEqualTo("{{ list }}");
    assertThat(loop.variable()).isEqualTo("l");
    assertThat(loop.indexVariable()).contains("i");
    assertThat(loop.label()).contains("{{ l.name }}");
    assertThat(loop.pause()).contains(0.5);
    assertThat(loop.extended()).isTrue();
    Until until = task.until().orElseThrow();
    assertThat(expressions(until.conditions())).containsExactly("out.rc == 0");
    assertThat(until.retries()).isEqualTo("{{ n }}");
    assertThat(until.delay()).isEqualTo(1L);
    assertThat(task.notifies()).containsExactly("h", "{{ k }}");
    assertThat(expressions(task.changedWhen().orElseThrow())).containsExactly(false);
    assertThat(expressions(task.failedWhen().orElseThrow()))
        .containsExactly("out.rc != 0", "'x' in out.stdout");
    assertThat(task.keywords().onController()).isTrue();
    assertThat(task.keywords().timeout()).contains("{{ t }}");
    assertThat(task.keywords().become().become().orElseThrow().expression()).isEqualTo(false);
    assertThat(task.tags()).containsExactly("a", "b");
    assertThat(task.variables()).isEqualTo(Map.of("v", "{{ w }}"));
  }

  @Test
  void defaultsOfLoopsAndRetries() throws Exception {
    Task task = task("- debug: {msg: a}\n  loop: [1, 2]\n  until: x\n");
    LoopKeywords loop = task.loop().orElseThrow();
    assertThat(loop.items()).isEqualTo(List.of(1L, 2L));
    assertThat(loop.variable()).isEqualTo("item");
    assertThat(task.until().orElseThrow().retries()).isEqualTo(3L);
    assertThat(task.until().orElseThrow().delay()).isEqualTo(5L);
    assertThat(task("- debug: {msg: a}\n  retries: 2\n").until().orElseThrow().conditions())
        .isEmpty();
  }

  @Test
  void whatBlocksSayIsInTheirTasks() throws Exception {
    Play play =
        play(
            """
            - hosts: all
              become: true
              environment: {A: play, B: play}
              tags: p
              handlers: [{name: h, listen: other, debug: {msg: a}}]
              tasks:
                - name: Outer
                  when: o
                  tags: o
                  vars: {x: outer, y: outer}
                  environment: {A: outer}
                  become_user: u
                  notify: h
                  delegate_to: 127.0.0.1
                  block:
                    - block:
                        - debug: {msg: a}
                          when: [t]
                          tags: t
                          vars: {x: task}
                          become: false
                          environment: {C: task}
                          notify: other
                      when: i
                  rescue: [{debug: {msg: b}}]
                  always: [{meta: noop}]
            """);
    Block outer = (Block) play.tasks().getFirst();
    assertThat(outer.name()).isEqualTo("Outer");
    Block inner = (Block) outer.tasks().getFirst();
    assertThat(inner.path()).isEqualTo("1.1.1");
    Task task = (Task) inner.tasks().getFirst();
    assertThat(task.path()).isEqualTo("1.1.1.1");
    assertThat(expressions(task.when())).containsExactly("o", "i", "t");
    assertThat(task.tags()).containsExactly("p", "o", "t");
    assertThat(task.variables()).isEqualTo(Map.of("x", "task", "y", "outer"));
    assertThat(task.keywords().environment())
        .isEqualTo(Map.of("A", "outer", "B", "play", "C", "task"));
    assertThat(task.keywords().become().become().orElseThrow().expression()).isEqualTo(false);
    assertThat(task.keywords().become().user()).contains("u");
    assertThat(task.notifies()).containsExactly("other");
    assertThat(task.keywords().onController()).isTrue();
    Task rescue = (Task) outer.rescue().getFirst();
    assertThat(rescue.path()).isEqualTo("1.1.rescue.1");
    assertThat(rescue.notifies()).containsExactly("h");
    assertThat(expressions(rescue.when())).containsExactly("o");
    Meta always = (Meta) outer.always().getFirst();
    assertThat(always.path()).isEqualTo("1.1.always.1");
    assertThat(always.kind()).isEqualTo(Meta.Kind.NOOP);
    assertThat(expressions(always.when())).containsExactly("o");
    assertThat(always.tags()).containsExactly("p", "o");
  }

  @Test
  void importedTasksAreABlock() throws Exception {
    given("tasks/first.yml", "- debug: {msg: a}\n  tags: own\n- import_tasks: second.yml\n");
    given("tasks/second.yml", "- debug: {msg: b}\n");
    given("empty.yml", "# nothing\n");
    Play play =
        play(
            """
            - hosts: all
              tasks:
                - ansible.builtin.import_tasks: first.yml
                  when: c
                  tags: i
                  vars: {x: 1}
                - import_tasks: empty.yml
              handlers:
                - debug: {msg: h}
                  name: H
                - import_tasks: tasks/second.yml
            """);
    Block block = (Block) play.tasks().getFirst();
    assertThat(block.path()).isEqualTo("1.1");
    Task first = (Task) block.tasks().getFirst();
    assertThat(first.path()).isEqualTo("1.1.1");
    assertThat(first.tags()).containsExactly("i", "own");
    assertThat(expressions(first.when())).containsExactly("c");
    assertThat(first.variables()).isEqualTo(Map.of("x", 1L));
    assertThat(first.place().file()).endsWith("tasks/first.yml");
    Block second = (Block) block.tasks().get(1);
    assertThat(((Task) second.tasks().getFirst()).path()).isEqualTo("1.1.2.1");
    assertThat(((Block) play.tasks().get(1)).tasks()).isEmpty();
    assertThat(play.handlers()).hasSize(2);
    assertThat(play.handlers().get(1).task().path()).isEqualTo("1.handler.2.1");
  }

  @Test
  void importedPlaybooksAreCountedThrough() throws Exception {
    given(
        "sub/a.yml",
        "- hosts: one\n  vars: {x: own, y: own}\n  tags: a\n  tasks: [{debug: {msg: m}, when: w}]\n- import_playbook: b.yml\n");
    given("sub/b.yml", "- hosts: two\n  tasks: [{import_tasks: t.yml}]\n");
    given("sub/t.yml", "- debug: {msg: t}\n");
    given(
        "p.yml",
        """
        - hosts: zero
        - import_playbook: sub/a.yml
          vars: {x: import}
          tags: i
          when: c
        - hosts: last
        """);
    List<Play> plays = read().plays();
    assertThat(plays).extracting(Play::hosts).containsExactly("zero", "one", "two", "last");
    assertThat(plays).extracting(Play::number).containsExactly(1, 2, 3, 4);
    Play first = plays.get(1);
    assertThat(first.file()).isEqualTo(directory.resolve("sub/a.yml"));
    assertThat(first.variables()).isEqualTo(Map.of("x", "import", "y", "own"));
    Task task = (Task) first.tasks().getFirst();
    assertThat(task.path()).isEqualTo("2.1");
    assertThat(task.tags()).containsExactly("i", "a");
    assertThat(expressions(task.when())).containsExactly("c", "w");
    assertThat(plays.get(2).variables()).isEqualTo(Map.of("x", "import"));
    assertThat(plays.get(2).tasks()).hasSize(1);
  }

  @Test
  void circlesOfImportsAreRefused() throws Exception {
    given("a.yml", "- import_tasks: b.yml\n").given("b.yml", "- import_tasks: a.yml\n");
    assertThatThrownBy(() -> play("- hosts: all\n  tasks: [{import_tasks: a.yml}]\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "b.yml:1:17: this file imports itself: p.yml -> a.yml -> b.yml -> a.yml");
    assertThatThrownBy(() -> given("p.yml", "- import_playbook: p.yml\n").read())
        .hasMessageContaining("this file imports itself: p.yml -> p.yml");
  }

  @Test
  void aProblemStandsInItsOwnFile() throws Exception {
    given("t.yml", "- debug: {msg: a}\n  whenn: b\n");
    assertThatThrownBy(() -> play("- hosts: all\n  tasks: [{import_tasks: t.yml}]\n"))
        .hasMessageContaining(directory.resolve("t.yml") + ":2:3: unknown word 'whenn' in a task");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "copy: src=a dest=/b                          | {src=a, dest=/b}",
        "copy: src='a b' dest=\"/c d\" mode=0644      | {src=a b, dest=/c d, mode=0644}",
        "copy: content=\"{{ x ~ ' y' }}\" dest=/b     | {content={{ x ~ ' y' }}, dest=/b}",
        "copy: content={{ x ~ ' y' }} dest=/b         | {content={{ x ~ ' y' }}, dest=/b}",
        "copy: content=a\\tb dest=/b                  | {content=a\tb, dest=/b}",
        "service: name=x state=started                | {name=x, state=started}",
        "command: ls chdir=/tmp                       | {cmd=ls, chdir=/tmp}",
        "command: chdir=/tmp ls -l a=b                | {cmd=ls -l a=b, chdir=/tmp}",
        "command: echo 'chdir=/tmp'                   | echo 'chdir=/tmp'",
        "command: echo a  b                           | echo a  b",
        "command: touch /x creates=/x                 | {cmd=touch /x, creates=/x}",
        "command: {cmd: a b=c}                        | {cmd=a b=c}",
        "command: echo a\\=b                          | echo a=b",
      })
  void parametersInOneLine(String text, String expected) throws Exception {
    assertThat(String.valueOf(task("- " + text + "\n").parameters().value())).isEqualTo(expected);
  }

  @Test
  void aParameterInOneLineKnowsItsPlace() throws Exception {
    assertThatThrownBy(() -> task("- copy: src=a dst=/b\n"))
        .hasMessageContaining("p.yml:4:19: copy has no parameter 'dst'; did you mean 'dest'?");
  }

  @Test
  void scriptsOfSeveralLinesStayAsTheyAre() throws Exception {
    YamlNode parameters =
        task("- command: |\n    sh -c 'if a; then\n        b\n    fi'\n    chdir=/tmp\n")
            .parameters();
    assertThat(parameters.value())
        .isEqualTo(Map.of("cmd", "sh -c 'if a; then\n    b\nfi'", "chdir", "/tmp"));
    assertThat(task("- command: |\n    ls \\\n      -l\n").parameters().value()).isEqualTo("ls -l");
  }

  @Test
  void metaTasks() throws Exception {
    Play play =
        play(
            "- hosts: all\n  tasks: [{meta: flush_handlers}, {ansible.builtin.meta: end_host, when: x}]\n");
    assertThat(((Meta) play.tasks().get(0)).kind()).isEqualTo(Meta.Kind.FLUSH_HANDLERS);
    assertThat(expressions(((Meta) play.tasks().get(1)).when())).containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{hosts: all, remote_user: x}                | set the variable ansible_user",
        "{hosts: all, strategy: linear}              | 'strategy' cannot be 'linear'; devices do not wait",
        "{hosts: all, connection: winrm}             | 'connection' cannot be 'winrm'; known are ssh and local",
        "{hosts: all, serial: 0}                     | 'serial' is a number of devices",
        "{hosts: all, serial: '130%'}                | 'serial' is a number of devices",
        "{hosts: all, max_fail_percentage: 101}      | 'max_fail_percentage' is a percentage from 0 to 100, found '101'",
        "{hosts: all, vars_prompt: [{name: x, encrypt: y}]} | openssl passwd",
        "{hosts: all, order: sorted}                 | use serial: 1",
        "{hosts: all, module_defaults: {}}           | a YAML anchor",
        "{hosts: all, vars: [a]}                     | 'vars' is a mapping of variables, found a list",
        "{hosts: all, vars: {a-b: 1}}                | 'a-b' cannot be the name of a variable",
        "{hosts: all, vars_files: none.yml}          | there is no file 'none.yml'; looked for",
        "{hosts: all, vars_files: '{{ x }}.yml'}     | cannot hold Jinja",
        "{hosts: all, vars_prompt: [{prompt: x}]}    | this prompt has no 'name'",
        "{hosts: all, register: x}                   | 'register' is a word of Ansible that edgefleet does not have; it belongs to a task",
        "{hosts: all, retries: 1}                    | 'retries' cannot stand in a play; it belongs to a handler or a task",
        "{import_playbook: none.yml}                 | there is no file 'none.yml'",
        "{import_playbook: p.yml, hosts: x}          | 'hosts' cannot stand in an import_playbook",
      })
  void mistakesInPlays(String play, String message) {
    assertThatThrownBy(() -> play("- " + play + "\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{include_tasks: x.yml}                      | use import_tasks",
        "{include_role: {name: x}}                   | use import_tasks",
        "{import_role: {name: x}}                    | use import_tasks",
        "{include_vars: {name: x}}                   | needs either 'file' or 'dir'",
        "{action: command ls}                        | 'copy:' instead of 'action: copy'",
        "{local_action: command ls}                  | delegate_to: localhost",
        "{debug: {msg: a}, with_items: [a], loop: [b]} | a task has one loop",
        "{debug: {msg: a}, with_lines: [a]}           | stdout_lines",
        "{debug: {msg: a}, with_strange: {}}         | write loop:",
        "{apt: {name: x}}                            | 'apt' is a word of Ansible that edgefleet does not have; use shell: apt-get",
        "{ansible.builtin.apt: {name: x}}            | 'apt' is a word of Ansible that edgefleet does not have",
        "{community.general.snap: {name: x}}         | 'community.general.snap' is of an Ansible collection",
        "{ansible.posix.copy: {}}                    | write 'copy'",
        "{debug: {msg: a}, delegate_to: other}       | 'delegate_to' cannot be 'other'; only the controller",
        "{debug: {msg: a}, register: a-b}            | 'register' is a variable name",
        "{debug: {msg: a}, loop: abc}                | 'loop' is a list, or Jinja in {{ }} that gives one, found 'abc'",
        "{debug: {msg: a}, loop: {a: 1}}             | 'loop' is a list, or Jinja in {{ }} that gives one, found a mapping",
        "{debug: {msg: a}, loop: [1], loop_control: {loop_vra: x}} | unknown word 'loop_vra' in loop_control; did you mean 'loop_var'?",
        "{debug: {msg: a}, loop_control: {label: x}} | 'loop_control' means nothing without 'loop'",
        "{debug: {msg: a}, delay: 1}                 | 'delay' means nothing without 'until'",
        "{debug: {msg: a}, until: x, retries: some}  | 'retries' is a number from 0",
        "{debug: {msg: a}, run_once: '{{ x }}'}      | 'run_once' is true or false, found Jinja",
        "{debug: {msg: a}, async: 5}                 | connections are kept alive",
        "{debug: {msg: a}, when: {a: b}}             | 'when' is an expression or a list of them, found a mapping",
        "{debug: {msg: a}, environment: '{{ x }}'}   | 'environment' is a mapping of names to values, found Jinja",
        "{debug: {msg: a}, ignore_errors: perhaps}   | 'ignore_errors' is true or false",
        "{block: [{debug: {msg: a}}], loop: [1]}     | 'loop' cannot stand in a block",
        "{rescue: [{debug: {msg: a}}]}               | no 'block'",
        "{import_tasks: t.yml, loop: [1]}            | 'loop' cannot stand in an import_tasks",
        "{meta: end_play}                            | 'meta' cannot be 'end_play'; use end_host",
        "{meta: flush_handler}                       | did you mean 'flush_handlers'?",
        "{debug: msg=a b}                            | debug wants a mapping of parameters, found the text 'b'",
        "{debug: '{{ x }}'}                          | debug wants a mapping of parameters, found Jinja",
        "{command: 'echo \"a'}                       | a quote or {{ in this line is not closed",
        "text                                        | a task is a mapping, found a text",
      })
  void mistakesInTasks(String task, String message) {
    assertThatThrownBy(() -> task("- " + task + "\n"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void blocksCannotBeHandlers() {
    assertThatThrownBy(() -> play("- hosts: all\n  handlers: [{block: [{debug: {msg: a}}]}]\n"))
        .hasMessageContaining("a block cannot be a handler");
    assertThatThrownBy(() -> play("- hosts: all\n  handlers: [{debug: {msg: a}, lisen: x}]\n"))
        .hasMessageContaining("unknown word 'lisen' in a handler; did you mean 'listen'?");
  }
}
