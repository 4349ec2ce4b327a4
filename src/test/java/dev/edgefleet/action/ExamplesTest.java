package dev.edgefleet.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.edgefleet.playbook.Item;
import dev.edgefleet.playbook.Playbook;
import dev.edgefleet.playbook.Task;
import dev.edgefleet.playbook.read.PlaybookFile;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the reference shows works: every example is read by the parser, and most are run. */
class ExamplesTest {
  // These need a service manager, change the machine, or fail on purpose; so does IoT Edge.
  private static final Set<String> NOT_RUN = Set.of("service", "reboot", "fail", "pause");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> examples() {
    return AllActions.list().stream()
        .flatMap(
            action ->
                action.documentation().examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                action.name() + ": " + example.title(),
                                () -> works(action.name(), example))));
  }

  @Test
  void everyActionHasAnExampleAndASummary() {
    assertThat(AllActions.list())
        .allSatisfy(
            action -> {
              Documentation documentation = action.documentation();
              assertThat(documentation.summary()).as(action.name()).endsWith(".");
              assertThat(documentation.examples()).as(action.name()).isNotEmpty();
            });
  }

  private void works(String action, Documentation.Example example) throws Exception {
    Files.createDirectories(directory.resolve("files/app/empty"));
    Files.writeString(directory.resolve("files/app/a.txt"), "a\n");
    Files.writeString(
        directory.resolve("files/prepare.sh"),
        "#!/bin/sh\necho \"$1\" >" + directory + "/prepared\n");
    Files.createDirectories(directory.resolve("templates"));
    Files.writeString(
        directory.resolve("templates/app.conf.j2"), "name={{ inventory_hostname }}\n");
    String here = example.yaml().replace("/tmp/", directory + "/");
    Path file =
        Files.writeString(
            directory.resolve("p.yml"),
            "- hosts: all\n  tasks:\n" + here.indent(4).stripTrailing() + "\n");

    Playbook playbook = PlaybookFile.read(file, AllActions.make().schemas(), Vault.locked());

    List<Item> tasks = playbook.plays().getFirst().tasks();
    assertThat(tasks).isNotEmpty();
    if (NOT_RUN.contains(action) || action.matches("(iotedge|eflow)_.*")) {
      return;
    }
    Files.createDirectories(directory.resolve("edgefleet-example/data"));
    LocalDevice device = new LocalDevice(directory);
    for (Item item : tasks) {
      Task task = (Task) item;
      device.environment.clear();
      task.keywords()
          .environment()
          .forEach((name, value) -> device.environment.put(name, String.valueOf(value)));
      if (task.when().stream()
          .allMatch(
              condition ->
                  device.holds(
                      new dev.edgefleet.playbook.JinjaExpression(
                          String.valueOf(condition.expression()))))) {
        assertThatCode(() -> run(device, task)).as(example.yaml()).doesNotThrowAnyException();
      }
    }
  }

  private static void run(LocalDevice device, Task task) {
    Outcome outcome = device.apply(task.action(), task.parameters());
    assertThat(outcome.status()).as(outcome.message()).isNotEqualTo(Outcome.Status.FAILED);
    task.register().ifPresent(name -> device.with(name, new HashMap<>(outcome.values())));
    outcome.variables().forEach(device::with);
    if (!outcome.facts().isEmpty()) {
      device.with("ansible_facts", new HashMap<>(outcome.facts()));
    }
  }
}
