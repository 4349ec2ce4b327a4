package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.settings.Setting;
import dev.edgefleet.cli.settings.SettingsContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Settings from the environment and files, through the program's own commands. */
class SettingsTest {
  @TempDir Path top;
  private Path home;
  private Path project;
  private Path own;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void places() throws IOException {
    home = Files.createDirectories(top.resolve("home"));
    project = Files.createDirectories(top.resolve("project"));
    own = Files.createDirectories(home.resolve(".config/edgefleet")).resolve("edgefleet.yml");
    write(
        project.resolve("hosts.yml"), "all: {vars: {ansible_connection: local}, hosts: {one: }}\n");
    write(home.resolve("two.yml"), "all: {vars: {ansible_connection: local}, hosts: {two: }}\n");
    write(
        project.resolve("p.yml"),
        "- hosts: all\n  gather_facts: false\n  tasks: [{command: 'true', changed_when: false}]\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Cli.Ran edgefleet(String... words) {
    SettingsContext context =
        new SettingsContext(environment, project, home, SettingsContext.ofProcess().user());
    return new Cli(project)
        .execute(Edgefleet.commandLine(new Edgefleet(UnaryOperator.identity(), context)), words);
  }

  private String run(String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", project.resolve("p.yml").toString(), "--audit-log", "none"));
    words.addAll(List.of(more));
    return edgefleet(words.toArray(String[]::new)).exits(0).out();
  }

  @Test
  void theStrongestCounts() throws IOException {
    write(own, "inventory: ../../two.yml\nruns: /nowhere/own\n");
    environment.put("EDGEFLEET_RUNS", top.resolve("r").toString());
    assertThat(run()).contains("two");
    assertThat(top.resolve("r")).isDirectoryContaining("glob:**/20*");

    write(project.resolve("edgefleet.yml"), "inventory: [hosts.yml]\n");
    assertThat(run()).contains("one ").doesNotContain("two ");

    environment.put("EDGEFLEET_INVENTORY", home.resolve("two.yml").toString());
    assertThat(run()).contains("two ").doesNotContain("one ");

    assertThat(run("-i", project.resolve("hosts.yml").toString()))
        .contains("one ")
        .doesNotContain("two ");
  }

  @Test
  void severalInventoriesAreGivenAsAListOrWithColons() throws IOException {
    write(project.resolve("edgefleet.yml"), "inventory: [hosts.yml, ../home/two.yml]\n");
    assertThat(edgefleet("inventory", "list").exits(0).out()).contains("one", "two");
    environment.put("EDGEFLEET_INVENTORY", "hosts.yml:" + home.resolve("two.yml"));
    assertThat(edgefleet("inventory", "list").exits(0).out()).contains("one", "two");
    environment.put("EDGEFLEET_INVENTORY", "edge1,edge2");
    assertThat(edgefleet("inventory", "list").exits(0).out()).contains("edge1", "edge2");
  }

  /** So resuming it, by whomever and from wherever, needs no settings. */
  @Test
  void aRunRecordsWhatWasInForce() throws IOException {
    write(project.resolve("edgefleet.yml"), "runs: kept\ninventory: hosts.yml\nconcurrency: 3\n");
    String out = run();
    assertThat(out).contains(project.resolve("kept").toString());
    assertThat(edgefleet("show", "last").exits(0).out()).contains("1 ok");
    assertThat(edgefleet("runs", "--json").exits(0).out()).contains("\"run\"");
    String report = edgefleet("report", "last", "--format", "json").exits(0).out();
    assertThat(report)
        .contains(
            "--runs=" + project.resolve("kept"),
            "--inventory=" + project.resolve("hosts.yml"),
            "--concurrency=3");
    // The settings are gone; the run knows.
    Files.delete(project.resolve("edgefleet.yml"));
    assertThat(edgefleet("retry", "last", "--runs", project.resolve("kept").toString()).err())
        .contains("no device failed");
  }

  @Test
  void noOptionThatHasASettingIsRequired() {
    List<String> wrong = new ArrayList<>();
    everyCommand(Edgefleet.commandLine())
        .forEach(
            command -> {
              for (OptionSpec option : command.getCommandSpec().options()) {
                Arrays.stream(Setting.values())
                    .filter(setting -> List.of(option.names()).contains(setting.option()))
                    .filter(setting -> option.required())
                    .forEach(setting -> wrong.add(command.getCommandName() + " " + setting));
              }
            });
    assertThat(wrong).isEmpty();
  }

  private static Stream<CommandLine> everyCommand(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(SettingsTest::everyCommand));
  }

  /** Every command that has a setting's option reads settings, and tells of a mistake in them. */
  @TestFactory
  Stream<DynamicTest> everyCommandWithSuchAnOptionReadsThem() {
    return everyCommand(Edgefleet.commandLine())
        .filter(command -> command.getSubcommands().isEmpty())
        .filter(
            command ->
                Arrays.stream(Setting.values())
                    .anyMatch(s -> command.getCommandSpec().findOption(s.option()) != null))
        .map(command -> command.getCommandSpec().qualifiedName())
        .map(name -> DynamicTest.dynamicTest(name, () -> tellsOfMistake(name)));
  }

  private void tellsOfMistake(String qualified) throws IOException {
    write(project.resolve("edgefleet.yml"), "runz: x\n");
    List<String> words = new ArrayList<>(List.of(qualified.split(" ")));
    words.removeFirst();
    words.addAll(ARGUMENTS.getOrDefault(qualified, List.of()));
    Cli.Ran ran = edgefleet(words.toArray(String[]::new)).exits(2);
    assertThat(ran.err()).contains("edgefleet.yml:1:1: error: 'runz' is no setting");
  }

  private static final Map<String, List<String>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("edgefleet run", List.of("p.yml")),
          Map.entry("edgefleet validate", List.of("p.yml")),
          Map.entry("edgefleet exec", List.of("all", "--", "true")),
          Map.entry("edgefleet resume", List.of("last")),
          Map.entry("edgefleet retry", List.of("last")),
          Map.entry("edgefleet approve", List.of("last")),
          Map.entry("edgefleet pause", List.of("last")),
          Map.entry("edgefleet abort", List.of("last")),
          Map.entry("edgefleet show", List.of("last")),
          Map.entry("edgefleet follow", List.of("last")),
          Map.entry("edgefleet report", List.of("last", "--format", "json")),
          Map.entry("edgefleet verify", List.of("last")),
          Map.entry("edgefleet inventory show", List.of("one")),
          Map.entry("edgefleet known-hosts forget", List.of("one")),
          Map.entry("edgefleet vault encrypt", List.of("x")),
          Map.entry("edgefleet vault decrypt", List.of("x")),
          Map.entry("edgefleet vault view", List.of("x")),
          Map.entry("edgefleet vault rekey", List.of("x")));

  @Test
  void aMistakeHasItsPlaceAndAWayOut() throws IOException {
    write(
        own,
        """
        concurency: 5
        concurrency: many
        runs: [a]
        known_hosts: 7
        inventory: []
        vault_id: prod@
        ssh_common_args: --nope
        """);
    assertThat(edgefleet("runs").exits(2).err())
        .contains(own + ":1:1: error: 'concurency' is no setting")
        .contains("did you mean 'concurrency'?")
        .contains(own + ":2:14: error: 'concurrency' is a number, found a text")
        .contains(own + ":3:7: error: 'runs' is a path, found a list")
        .contains(own + ":4:14: error: 'known_hosts' is a path, found a number")
        .contains("put it in quotes")
        .contains(
            own + ":5:12: error: 'inventory' is a path or a list of them, found an empty list")
        .contains(own + ":6:11: error: the vault id 'prod@' has no source after the @")
        .contains(own + ":7:18: error: ")
        .contains("7 problems");
  }

  @Test
  void numbersAreFromOne() throws IOException {
    for (String number : List.of("0", "-3", "1.5", "1e3", "12345678901234567890")) {
      write(own, "concurrency: " + number + "\n");
      assertThat(edgefleet("runs").exits(2).err()).contains(own + ":1:14: error: 'concurrency' is");
    }
    Files.delete(own);
    environment.put("EDGEFLEET_CONCURRENCY", "many");
    assertThat(edgefleet("runs").exits(2).err())
        .contains("the environment variable EDGEFLEET_CONCURRENCY: 'concurrency' is many");
  }

  @Test
  void whatAPlaybookBringsNamesNoProgramsAndNobodyToTrust() throws IOException {
    for (Setting setting : Setting.values()) {
      boolean may = List.of("runs", "inventory", "concurrency").contains(setting.key());
      String value = setting.key().equals("concurrency") ? "5" : "hosts.yml";
      write(project.resolve("edgefleet.yml"), "# ours\n" + setting.key() + ": " + value + "\n");
      Cli.Ran ran = edgefleet("config").exits(may ? 0 : 2);
      if (!may) {
        assertThat(ran.err())
            .contains("edgefleet.yml:2:1: error: '" + setting.key() + "' may not be set beside")
            .contains("set it in " + own + ", in " + setting.variable());
      }
    }
  }

  @Test
  void whatAPlaybookBringsNamesNoInventoryThatIsAProgram() throws IOException {
    Path script = project.resolve("inv/deep/list");
    write(script, "#!/bin/sh\ntouch " + top.resolve("ran") + "\necho '{}'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    write(project.resolve("edgefleet.yml"), "inventory: inv\n");
    assertThat(edgefleet("inventory", "list").exits(2).err())
        .contains("edgefleet.yml:1:12: error: the inventory has a program, " + script);
    assertThat(top.resolve("ran")).doesNotExist();
    write(own, "inventory: " + project.resolve("inv") + "\n");
    Files.delete(project.resolve("edgefleet.yml"));
    edgefleet("inventory", "list");
    assertThat(top.resolve("ran")).exists();
  }

  @Test
  void whatIsNotThereHasThePlaceThatNamesIt() throws IOException {
    write(project.resolve("edgefleet.yml"), "inventory: [hosts.yml, nowhere]\n");
    assertThat(edgefleet("inventory", "list").exits(2).err())
        .contains("edgefleet.yml:1:12: error: 'inventory' names " + project.resolve("nowhere"));
    // What the command has no use for is no mistake of its.
    edgefleet("runs").exits(0);
    edgefleet("prune").exits(0);
  }

  @Test
  void aFileThatOthersMayWriteIsNotRead() throws IOException {
    write(project.resolve("edgefleet.yml"), "inventory: hosts.yml\nrunz: 1\n");
    for (Path component : List.of(project.resolve("edgefleet.yml"), project)) {
      var before = Files.getPosixFilePermissions(component);
      for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx")) {
        Files.setPosixFilePermissions(component, PosixFilePermissions.fromString(mode));
        Cli.Ran ran = edgefleet("inventory", "list").exits(2);
        assertThat(ran.err())
            .containsOnlyOnce("is not read: " + component + " can be written by others (mode ")
            .contains("chmod go-w " + component)
            .contains("-i INVENTORY is missing")
            .doesNotContain("runz");
      }
      Files.setPosixFilePermissions(component, before);
    }
    assertThat(edgefleet("inventory", "list").exits(2).err()).contains("runz");
  }

  @Test
  void secretsOfTheEnvironmentAreNotShown() {
    environment.put("EDGEFLEET_KEY_PASSPHRASE", "very-secret-passphrase");
    environment.put("EDGEFLEET_CONCURRENCY", "12");
    Cli.Ran ran = edgefleet("config").exits(0);
    assertThat(ran.out() + ran.err()).doesNotContain("very-secret");
    assertThat(ran.out()).containsPattern("concurrency +12 +EDGEFLEET_CONCURRENCY");
    assertThat(ran.out()).containsPattern("runs +runs +default");
    assertThat(edgefleet("config", "--json").exits(0).out())
        .doesNotContain("very-secret")
        .containsPattern(
            "\"name\" : \"concurrency\",\\s+\"value\" : \"12\",\\s+\"from\" : \"EDGEFLEET_CONCURRENCY\"");
  }

  @Test
  void aSecretInAFileIsRefused() throws IOException {
    write(own, "vault_password_file: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n");
    assertThat(edgefleet("config").exits(2).err()).contains(own + ":1:");
  }

  @Test
  void aPlaybookOfThatNameIsTold() throws IOException {
    write(project.resolve("edgefleet.yml"), "- hosts: all\n");
    assertThat(edgefleet("runs").exits(2).err())
        .contains("edgefleet.yml:1:1: error: edgefleet.yml holds settings")
        .contains("a playbook or inventory needs another name");
  }

  @Test
  void aMisspeltVariableIsToldOf() {
    environment.put("EDGEFLEET_INVENTROY", "x");
    environment.put("EDGEFLEET_SITE", "of the operator's own");
    assertThat(edgefleet("runs").exits(0).err())
        .containsOnlyOnce("EDGEFLEET_INVENTROY means nothing; did you mean EDGEFLEET_INVENTORY?")
        .doesNotContain("EDGEFLEET_SITE");
  }

  @Test
  void aVariableThatNamesTheFileForItsDirectoryIsToldOf() throws IOException {
    write(own, "");
    environment.put("EDGEFLEET_CONFIG", own.toString());
    assertThat(edgefleet("runs").exits(2).err())
        .contains("EDGEFLEET_CONFIG names a file")
        .contains("name the directory that it is in: " + own.getParent());
  }

  @Test
  void theUsersDirectoryIsWhereTheEnvironmentSays() throws IOException {
    write(home.resolve("xdg/edgefleet/edgefleet.yml"), "concurrency: 7\n");
    write(home.resolve("named/edgefleet.yml"), "concurrency: 8\n");
    environment.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
    assertThat(edgefleet("config").exits(0).out()).containsPattern("concurrency +7 ");
    environment.put("EDGEFLEET_CONFIG", home.resolve("named").toString());
    assertThat(edgefleet("config").exits(0).out()).containsPattern("concurrency +8 ");
  }

  @Test
  void settingsAreNoWordsBehindTwoDashes() throws IOException {
    write(own, "inventory: " + project.resolve("hosts.yml") + "\nruns: " + top.resolve("r") + "\n");
    assertThat(edgefleet("exec", "all", "--", "echo", "--runs").exits(0).out()).contains("--runs");
    assertThat(top.resolve("r")).isDirectory();
  }

  @Test
  void sshArgumentsMayHoldSpacesAndDashes() throws IOException {
    write(own, "ssh_common_args: -J bastion -o 'ProxyCommand=none'\n");
    write(project.resolve("edgefleet.yml"), "inventory: hosts.yml\n");
    assertThat(edgefleet("exec", "all", "--", "true").exits(0).err()).isEmpty();
  }

  @Test
  void ansibleCfgIsNamedWithWhatMatters() throws IOException {
    write(
        project.resolve("ansible.cfg"),
        """
        # ours
        [defaults]
        inventory = hosts
        forks: 20 ; slow line
        host_key_checking = False
        roles_path=roles
        nocows = 1
        [ssh_connection]
        ssh_args = -J bastion
        [privilege_escalation]
        become = false
        """);
    Cli.Ran ran = edgefleet("status").exits(2);
    assertThat(ran.err())
        .containsOnlyOnce(project.resolve("ansible.cfg") + " is Ansible's and not followed here")
        .contains("line 3: inventory = hosts -> inventory in edgefleet.yml, or --inventory")
        .contains("line 4: forks = 20 -> concurrency in edgefleet.yml, or --concurrency")
        .contains("line 5: host_key_checking = False -> --accept-new-host-keys")
        .contains("line 9: ssh_args = -J bastion -> ssh_common_args in edgefleet.yml")
        .doesNotContain("roles_path")
        .doesNotContain("nocows")
        .doesNotContain("become");
    // What is given has its answer.
    assertThat(edgefleet("status", "-i", "edge1,", "-f", "3", "--accept-new-host-keys", "x").err())
        .contains("ssh_args")
        .doesNotContain("line 3", "line 4", "line 5");
    // It is no matter of commands that reach no device.
    assertThat(edgefleet("runs").err()).isEmpty();
    assertThat(edgefleet("validate", "p.yml", "-i", "edge1,").err()).contains("line 6: roles_path");
    // Whose settings answer it hears nothing more of it.
    write(own, "concurrency: 20\nssh_common_args: -J bastion\ninventory: a,b\n");
    assertThat(edgefleet("status", "nosuch").err()).doesNotContain("Ansible's");
    assertThat(edgefleet("config").exits(0).out()).contains("line 4: forks = 20");
  }

  @Test
  void ansibleCfgIsFoundAsAnsibleFindsIt() throws IOException {
    write(home.resolve(".ansible.cfg"), "[defaults]\nforks = 1\n");
    assertThat(edgefleet("config").out()).contains(home + "/.ansible.cfg");
    write(project.resolve("ansible.cfg"), "[defaults]\nforks = 2\n");
    assertThat(edgefleet("config").out())
        .contains("forks = 2")
        .doesNotContain(home + "/.ansible.cfg");
    write(home.resolve("cfg/ansible.cfg"), "[defaults]\nforks = 3\n");
    environment.put("ANSIBLE_CONFIG", home.resolve("cfg").toString());
    assertThat(edgefleet("config").out()).contains("forks = 3").doesNotContain("forks = 2");
  }
}
