package dev.edgefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that would clear the screen, turn the writing round or give the window another title. */
class HarmlessOutputTest {
  private static final String EVIL = "e\\x1bc\\x9b2J\\u202eab\\x07";

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void aFleetOfThem() {
    cli =
        new Cli(directory)
            .given(
                "i.yml",
                """
                all:
                  vars: {ansible_connection: local}
                  children:
                    "g%1$s": {hosts: {"d%1$s": }}
                """
                    .formatted(EVIL))
            .given(
                "p.yml",
                """
                - name: "p%1$s"
                  hosts: all
                  gather_facts: false
                  tasks:
                    - {name: "t%1$s", tags: "t%1$s", command: "echo '%1$s'", notify: "h%1$s"}
                    - {name: "f%1$s", command: "sh -c 'echo %1$s >&2; exit 3'"}
                  handlers:
                    - {name: "h%1$s", command: "true", listen: "l%1$s"}
                """
                    .formatted(EVIL));
  }

  @Test
  void noCommandPrintsThem() {
    String inventory = directory.resolve("i.yml").toString();
    String playbook = directory.resolve("p.yml").toString();
    String runs = directory.resolve("runs").toString();
    assertClean(cli.run("-v").exits(3));
    for (String list : List.of("--list-hosts", "--list-tasks", "--list-tags")) {
      assertClean(cli.run(list).exits(0));
    }
    assertClean(cli.execute("follow", "last", "--runs", runs).exits(3));
    for (List<String> words :
        List.of(
            List.of("show", "last", "--runs", runs),
            List.of("runs", "--runs", runs),
            List.of("inventory", "graph", "-i", inventory),
            List.of("inventory", "list", "-i", inventory),
            List.of("exec", "all", "-i", inventory, "--runs", runs, "--", "echo", "hello"))) {
      assertClean(cli.execute(words.toArray(String[]::new)).exits(0));
    }
    cli.given("p.yml", "- {hosts: \"no%1$s\", do%1$s: 1}\n".formatted(EVIL));
    assertClean(cli.execute("validate", playbook, "-i", inventory).exits(2));
    cli.given("p.yml", "- {hosts: \"no%1$s\", tasks: []}\n".formatted(EVIL));
    assertClean(cli.execute("validate", playbook, "-i", inventory).exits(2));
  }

  private static void assertClean(Cli.Ran ran) {
    List<String> bad = new ArrayList<>();
    (ran.out() + ran.err())
        .lines()
        .filter(
            line ->
                line.codePoints()
                    .anyMatch(
                        c ->
                            c != '\t'
                                && (Character.isISOControl(c)
                                    || Character.getType(c) == Character.FORMAT)))
        .forEach(bad::add);
    assertThat(bad).isEmpty();
    assertThat(ran.out() + ran.err()).isNotBlank();
  }
}
