package dev.edgefleet.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.text.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventorySourcesTest {
  @TempDir Path directory;

  private Path given(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Path script(String text) throws IOException {
    Path file = given("inv.sh", text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Inventory read(Path... sources) {
    return InventoryFile.read(List.of(sources), Optional.empty(), Vault.locked());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[web                     | hosts:1:1: '[web' is not a host name",
        "[we b]                   | hosts:1:1: '[we b]' is not a section",
        "[g]\\n[g:var]            | hosts:2:1: section [g:var] is of an unknown kind; did you mean"
            + " 'vars'?",
        "h\\n  e ansible_host = 1 | hosts:2:5: expected name=value after the device, found"
            + " 'ansible_host'",
        "h a='b                   | hosts:1:1: the quote ' in column 5 is not closed",
        "[g:children]\\nx y       | hosts:2:1: expected the name of one group",
        "[g:children]\\nmissing   | hosts:2:1: [g:children] names the group 'missing'",
        "[g:vars]\\na=1           | hosts:1:1: [g:vars] stands for a group that is declared nowhere",
        "[g]\\n[g:vars]\\nabc     | hosts:3:1: expected name=value in [g:vars], found 'abc'",
        "[g]\\nedge:               | hosts:2:1: the device name 'edge:' ends in ':'",
        "../x                     | hosts:1:1: the device name '../x' is a path",
        "..                       | hosts:1:1: the device name '..' is a path",
        "edge[3:1]                | hosts:1:1: the range in 'edge[3:1]' is empty",
        "edge[01:100]             | hosts:1:1: the ends of the range in 'edge[01:100]'",
        "edge[1:9:0]              | hosts:1:1: the range in 'edge[1:9:0]' has the step 0",
        "edge[1:999999999]        | hosts:1:1: 'edge[1:999999999]' stands for more than 1000000",
        "[g]\\n[g:vars]\\nansible_group_priority=high | hosts:3:1: ansible_group_priority is 'high'",
      })
  void aMistakeInIniHasItsPlace(String text, String message) throws Exception {
    Path file = given("hosts", text.replace("\\n", "\n"));
    assertThatThrownBy(() -> read(file)).isInstanceOf(BadInput.class).hasMessageContaining(message);
  }

  @Test
  void everyMistakeOfEveryFileComesAtOnce() throws Exception {
    given("inv/1.yml", "all:\n  hots:\n");
    given("inv/2", "[g]\nh x\ni y\n");
    given("inv/group_vars/g.yml", "- a\n");
    assertThatThrownBy(() -> read(directory.resolve("inv")))
        .hasMessageContaining("1.yml:2:3: unknown word 'hots'")
        .hasMessageContaining("2:2:3: expected name=value")
        .hasMessageContaining("2:3:3: expected name=value")
        .hasMessageContaining("g.yml:1:1: a file of variables is a mapping, found a list");
  }

  @Test
  void aScriptThatFailsTellsWhatItPrinted() throws Exception {
    Path file = script("#!/bin/sh\necho 'no credentials' >&2\nexit 7\n");
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("--list ended with exit code 7:\n    no credentials");
  }

  @Test
  void aScriptNamesNoPaths() throws Exception {
    Path listed = script("#!/bin/sh\necho '{\"g\": {\"hosts\": [\"/root/.ssh\"]}}'\n");
    assertThatThrownBy(() -> read(listed)).hasMessageContaining("'/root/.ssh' is a path");
  }

  @Test
  void whatAScriptLeavesInTheBackgroundIsNotWaitedFor() throws Exception {
    Path file = script("#!/bin/sh\nsleep 30 &\nsleep 0.5\necho '{}'\n");
    assertThatThrownBy(
            () ->
                new InventoryScript(file, Duration.ofSeconds(1))
                    .json(List.of("--list"), Vault.locked()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("did not end within 1 s");
  }

  @Test
  void aScriptPrintsOnlySoMuch() throws Exception {
    Path file = script("#!/bin/sh\nhead -c 70000000 /dev/zero\n");
    assertThatThrownBy(() -> read(file)).hasMessageContaining("printed more than 64 MiB");
  }

  @Test
  void aScriptThatPrintsSomethingElseHasThePlaceInItsOutput() throws Exception {
    Path file = script("#!/bin/sh\nprintf '{\"g\":\\n  {\"hosts\": \"a\"}}'\n");
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("inv.sh --list:2:13: group 'g' wants a list of names, found a text");
    Path broken = script("#!/bin/sh\necho '{\"g\": }'\n");
    assertThatThrownBy(() -> read(broken))
        .hasMessageContaining("inv.sh --list:1:")
        .hasMessageContaining("not valid JSON");
  }

  @Test
  void aScriptMaySayNothingOfADevice() throws Exception {
    Path file = script("#!/bin/sh\n[ $1 = --host ] || echo '{\"g\": [\"a\"]}'\n");
    assertThat(read(file).members("g")).containsExactly("a");
  }

  @Test
  void aScriptWithoutItsInterpreterOrItsMarkIsNamed() throws Exception {
    Path file = script("#!/no/such/interpreter\n");
    assertThatThrownBy(() -> read(file)).hasMessageContaining("cannot be started");
    Path unmarked = given("inv.py", "#!/usr/bin/env python3\nimport json\nprint(json)\n");
    assertThatThrownBy(() -> read(unmarked))
        .hasMessageContaining("is not executable; chmod +x")
        .hasMessageNotContaining("expected name=value");
  }

  @Test
  void aPluginsConfigurationIsNoInventory() throws Exception {
    Path file = given("azure_rm.yml", "plugin: azure.azcollection.azure_rm\nauth_source: cli\n");
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("azure_rm.yml:1:1: this configures the inventory plugin");
  }

  @Test
  void aSourceThatIsNotThereTellsOfLists() {
    assertThatThrownBy(() -> read(Path.of("edge01"))).hasMessageContaining("-i edge01,");
  }

  @Test
  void aValueTellsWhereItIsFrom() throws Exception {
    Path file = given("hosts", "[plant]\nedge01 ansible_host=10.0.0.1\n[plant:vars]\nhub=a\nx=1\n");
    Path variables = given("group_vars/plant.yml", "# hub\nhub: b\n");
    Inventory inventory = read(file);
    assertThat(inventory.explain(inventory.device("edge01").orElseThrow()))
        .contains(
            new DeviceVariable(
                "ansible_host", "10.0.0.1", "device edge01", new Place(file.toString(), 2, 8)),
            new DeviceVariable("hub", "b", "group plant", new Place(variables.toString(), 2, 1)),
            new DeviceVariable("x", 1L, "group plant", new Place(file.toString(), 5, 1)));
    assertThat(inventory.sources().files()).containsExactly(file, variables);
  }

  @Test
  void theControllerNeedsNoEntry() throws Exception {
    Path file = given("hosts", "edge01\n[all:vars]\nhub=h\n");
    given("host_vars/localhost.yml", "own: 1\n");
    Inventory inventory = read(file);
    assertThat(inventory.select(new HostPattern("localhost")))
        .singleElement()
        .satisfies(
            device ->
                assertThat(device.variables())
                    .containsEntry("ansible_connection", "local")
                    .containsEntry("hub", "h")
                    .containsEntry("own", 1L));
    assertThat(inventory.members("all")).containsExactly("edge01");
    assertThat(inventory.sources().unmatched()).isEmpty();
  }

  @Test
  void thePlaceOfTheInventoryIsKnownToPlaybooks() throws Exception {
    Path file = given("hosts", "edge01\n");
    assertThat(read(file).device("edge01").orElseThrow().variables())
        .containsEntry("inventory_file", file.toString())
        .containsEntry("inventory_dir", directory.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b=1 # c=2   | 2 | b=1",
        "a b=x#y       | 2 | b=x",
        "a 'b=x # y'   | 2 | b=x # y",
        "a b=\"q\\\"r\" | 2 | b=q\"r",
        "a b=\"\\n\"   | 2 | b=\\n",
        "a b=x\\ y     | 2 | b=x y",
      })
  void wordsAreSplitAsByAShell(String line, int count, String second) {
    assertThat(ShellWords.splitCommented(line))
        .hasSize(count)
        .extracting(ShellWords.Word::text)
        .element(1)
        .isEqualTo(second);
  }
}
