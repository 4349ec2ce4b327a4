package dev.edgefleet.cli.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryCommandTest {
  // Of the right shape; nobody knows its password.
  private static final String ENVELOPE =
      """
      $ANSIBLE_VAULT;1.1;AES256
      33383837643466363261313632303966393636373536643863376431316239663630313534346637
      6565616266653634306533386534393265376563343264610a306362393665373334346339336134
      31663836613436396537313961313732333837333736313962303162653466636163613234613166
      6161376233363939660a633731333130623430626465636663656238636566356630633438643362
      3235
      """;

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void aPlant() {
    cli =
        new Cli(directory)
            .given(
                "hosts",
                """
                edge03 ansible_connection=local
                [plant]
                edge01 ansible_host=10.0.0.1 ansible_password=hunter2
                edge02 ansible_host=fe80::1 ansible_port=2222
                [nobody]
                """)
            .given("group_vars/plant.yml", "hub: h\ntoken: !vault |\n" + ENVELOPE.indent(2));
  }

  private Cli.Ran inventory(String... words) {
    String[] all = new String[words.length + 3];
    all[0] = "inventory";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "-i";
    all[words.length + 2] = directory.resolve("hosts").toString();
    return cli.execute(all);
  }

  @Test
  void listPrintsAddressesAndGroups() {
    assertThat(inventory("list").exits(0).out())
        .isEqualTo(
            """
            DEVICE  ADDRESS         GROUPS
            edge03  local           ungrouped
            edge01  10.0.0.1        plant
            edge02  [fe80::1]:2222  plant
            """);
    assertThat(inventory("list", "--limit", "plant:!edge01").exits(0).out())
        .contains("edge02")
        .doesNotContain("edge01", "edge03");
  }

  @Test
  void passwordsAndEncryptedValuesAreNeverShown() {
    for (String[] command :
        new String[][] {{"list", "--json"}, {"graph", "--vars"}, {"show", "edge01"}}) {
      assertThat(inventory(command).exits(0).out())
          .contains("***", "token")
          .doesNotContain("hunter2", "ANSIBLE_VAULT");
    }
  }

  @Test
  void showTellsWhereEachValueIsFrom() {
    assertThat(inventory("show", "edge01").exits(0).out())
        .containsPattern(
            "hub +h +group plant +" + directory.resolve("group_vars/plant.yml") + ":1:1")
        .containsPattern(
            "ansible_host +10.0.0.1 +device edge01 +" + directory.resolve("hosts") + ":3:8");
    assertThat(inventory("show", "edge1").exits(2).err()).contains("did you mean 'edge01'?");
  }

  @Test
  void graphStartsAtAGroup() {
    assertThat(inventory("graph", "plant").exits(0).out())
        .isEqualTo("@plant:\n  |--edge01\n  |--edge02\n");
    assertThat(inventory("graph", "plnt").exits(2).err()).contains("did you mean 'plant'?");
  }

  @Test
  void checkTellsWhatLooksWrong() {
    cli.given("group_vars/plnat.yml", "a: 1\n")
        .given("host_vars/edge09.yml", "a: 1\n")
        .given(
            "host_vars/edge02.yml",
            "ansible_pipelining: true\nansible_shape: x\nansible_host: 10.0.0.1\nansible_port: 22\n");
    assertThat(inventory("check").exits(0).out())
        .contains("group 'nobody' has no device")
        .contains("group_vars/plnat.yml is not read: there is no group of that name")
        .contains("host_vars/edge09.yml is not read: there is no device of that name")
        .contains("edge02.yml:2:1: 'ansible_shape' is not read")
        .contains("edgefleet has no use for ansible_pipelining (")
        .contains("edge01, edge02 have the same address, 10.0.0.1")
        .contains("3 devices in 4 groups, 6 warnings");
  }

  @Test
  void aMisspeltConnectionVariableIsAnError() {
    cli.given("group_vars/all.yml", "x: 1\nansible_becom: true\n");
    assertThat(inventory("check").exits(2).err())
        .contains("all.yml:2:1: error: unknown variable 'ansible_becom'")
        .contains("did you mean 'ansible_become'?");
  }
}
