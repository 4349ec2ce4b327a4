package dev.edgefleet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgefleet.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of connection variables, held against Ansible's own documentation and ours. */
final class KnownVariablesTest {
  private static final Path PAGE = Path.of("docs/connection-variables.md");

  @Test
  void hasEveryVariableThatAnsibleCoreKnows() throws Exception {
    Peer.require("ansible-doc", "ansible-core");
    Set<String> names = new TreeSet<>();
    ask(names, "connection", "ssh", "paramiko_ssh", "winrm", "psrp", "local");
    ask(names, "become", "sudo", "su", "runas");
    ask(names, "shell", "sh", "cmd", "powershell");
    String magic =
        output(
            "/usr/bin/python3",
            "-c",
            "import ansible.constants as C\n"
                + "for names in C.MAGIC_VARIABLE_MAPPING.values(): print('\\n'.join(names))");
    names.addAll(magic.lines().toList());
    assertThat(names).contains("ansible_ssh_host", "ansible_sudo_pass", "ansible_become_exe");
    assertThat(names).allSatisfy(name -> assertThat(KnownVariables.names()).contains(name));
  }

  private static void ask(Set<String> names, String kind, String... plugins) throws Exception {
    List<String> words = new ArrayList<>(List.of("ansible-doc", "-t", kind, "-j"));
    words.addAll(List.of(plugins));
    JsonNode all = new JsonMapper().readTree(output(words.toArray(String[]::new)));
    assertThat(all.size()).isEqualTo(plugins.length);
    all.findValues("vars")
        .forEach(
            vars ->
                vars.forEach(
                    one -> {
                      String name = one.get("name").asText();
                      // The others are names of Ansible's own, such as inventory_hostname.
                      if (name.startsWith("ansible_")) {
                        names.add(name);
                      }
                    }));
  }

  private static String output(String... words) throws Exception {
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  @Test
  void eachNameStandsOnce() {
    List<String> all =
        KnownVariables.all().stream().flatMap(known -> known.names().stream()).toList();
    assertThat(all).doesNotHaveDuplicates().hasSameSizeAs(KnownVariables.names());
  }

  @Test
  void noNameOfOurOwnIsTakenForAMisspeltOne() {
    assertThat(KnownVariables.has("ansible_docker_host")).isTrue();
    assertThat(KnownVariables.has("ansible_perl_interpreter")).isTrue();
    assertThat(KnownVariables.has("ansible_becom")).isFalse();
  }

  /** When it fails, the page's table is what is expected here. */
  @Test
  void thePageHasTheTable() throws Exception {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    assertThat(page)
        .as("docs/connection-variables.md, from its first table row on")
        .endsWith(table());
  }

  private static String table() {
    return KnownVariables.all().stream()
        .map(
            known ->
                "| "
                    + known.names().stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", "))
                    + " | "
                    + known.handling().name().toLowerCase(Locale.ROOT)
                    + " | "
                    + known.meaning()
                    + " |\n")
        .collect(Collectors.joining());
  }

  @Test
  void whatOtherPagesNameIsInTheTable() throws Exception {
    Pattern name = Pattern.compile("`((?:ansible|edgefleet)_[a-z0-9_]+)`");
    for (String page : List.of("ssh.md", "windows.md", "inventory.md")) {
      Matcher found = name.matcher(Files.readString(Path.of("docs", page)));
      while (found.find()) {
        String variable = found.group(1);
        if (!Set.of("ansible_group_priority").contains(variable)) {
          assertThat(KnownVariables.names()).as(page).contains(variable);
        }
      }
    }
  }
}
