package dev.edgefleet.playbook.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybookFileTest {
  @TempDir Path directory;

  private Playbook read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("p.yml"), text);
    return PlaybookFile.read(file, AllActions.make().schemas(), Vault.locked());
  }

  @Test
  void readsPlaysAndTasks() throws Exception {
    Playbook playbook =
        read(
            """
            - name: First
              hosts: canary:&plant
              become: true
              tags: base
              vars: {x: 1}
              tasks:
                - name: Say
                  debug: {msg: "{{ x }}"}
                  when: [x == 1, "true"]
                  register: said
                  tags: [a, b]
                - command: uptime -p
                  become_user: iotedge
            - hosts: [one, two]
            """);
    Play play = playbook.plays().getFirst();
    assertThat(play.hosts()).isEqualTo("canary:&plant");
    assertThat(play.variables()).containsEntry("x", 1L);
    Task task = (Task) play.tasks().getFirst();
    assertThat(task.path()).isEqualTo("1.1");
    assertThat(task.tags()).containsExactly("base", "a", "b");
    assertThat(task.when()).hasSize(2);
    assertThat(task.register()).contains("said");
    Task second = (Task) play.tasks().get(1);
    assertThat(second.name()).isEqualTo("command");
    assertThat(second.keywords().become())
        .satisfies(
            become -> {
              assertThat(become.become().orElseThrow().expression()).isEqualTo(true);
              assertThat(become.user()).contains("iotedge");
            });
    assertThat(playbook.plays().get(1).hosts()).isEqualTo("one,two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "- host: all                                          | p.yml:1:3: unknown word 'host' in a play; did you mean 'hosts'?",
        "- tasks: []                                          | p.yml:1:3: this play has no 'hosts'",
        "- {hosts: all, roles: [x]}                           | 'roles' is a word of Ansible that edgefleet does not have; import the role's tasks",
        "- {hosts: all, tasks: [{copi: {}}]}                  | there is no action or task word 'copi'; did you mean 'copy'?",
        "- {hosts: all, tasks: [{copy: {dst: /x, content: y}}]} | copy has no parameter 'dst'; did you mean 'dest'?",
        "- {hosts: all, tasks: [{copy: {content: y}}]}        | copy needs 'dest'",
        "- {hosts: all, tasks: [{file: {path: /x, mode: 644}}]} | 'mode' cannot be the decimal number 644; write it in quotes, as \"0644\"",
        "- {hosts: all, tasks: [{file: {path: /x, state: dir}}]} | 'state' cannot be 'dir'; it is one of file, directory, absent",
        "- {hosts: all, tasks: [{service: {name: x, enabled: maybe}}]} | 'enabled' cannot be 'maybe'",
        "- {hosts: all, tasks: [{debug: {msg: a}, command: b}]} | a task has one action, found 'debug' and 'command'",
        "- {hosts: all, tasks: [{name: x}]}                   | this task has no action",
        "- {hosts: all, tasks: [{debug: {}, whenn: x}]}       | unknown word 'whenn' in a task; did you mean 'when'?",
        "- {hosts: all, tasks: [{debug: hello}]}              | debug wants a mapping of parameters",
        "- {hosts: all, become: 7}                            | 'become' is true or false, or Jinja in {{ }} that gives it, found '7'",
        "hosts: all                                           | a playbook is a list of plays, found a mapping",
      })
  void mistakesAreFoundBeforeAnyDevice(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(BadInput.class).hasMessageContaining(message);
  }

  @Test
  void allProblemsComeAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "- hosts: all\n  foo: 1\n  tasks:\n    - copy: {src: a}\n    - bogus: x\n    - file: {}\n"))
        .isInstanceOfSatisfying(BadInput.class, bad -> assertThat(bad.problems()).hasSize(4));
  }
}
