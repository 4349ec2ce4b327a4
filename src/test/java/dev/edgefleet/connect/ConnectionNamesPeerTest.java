package dev.edgefleet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.cli.Cli;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What connection variables are in expressions, and which of two names counts, as in Ansible. */
final class ConnectionNamesPeerTest {
  private static final List<String> NAMES =
      List.of(
          "ansible_host",
          "ansible_ssh_host",
          "ansible_user",
          "ansible_ssh_user",
          "ansible_port",
          "ansible_ssh_port",
          "ansible_password",
          "ansible_ssh_pass",
          "ansible_ssh_password",
          "ansible_private_key_file",
          "ansible_ssh_private_key_file",
          "ansible_connection");
  private static final String HOSTS =
      """
      all:
        hosts:
          plain:
          host: {ansible_host: 10.0.0.1}
          old: {ansible_ssh_host: 10.0.0.2, ansible_ssh_user: old, ansible_ssh_port: 2222,
            ansible_ssh_pass: word1, ansible_ssh_private_key_file: KEY}
          new: {ansible_host: 10.0.0.3, ansible_user: new, ansible_port: 2223,
            ansible_password: word2, ansible_private_key_file: KEY}
          both: {ansible_host: h.one, ansible_ssh_host: h.two, ansible_user: u1,
            ansible_ssh_user: u2, ansible_port: 1001, ansible_ssh_port: 1002}
          jinja: {ansible_ssh_host: "{{ inventory_hostname }}.plant"}
          third: {ansible_ssh_password: word3}
          "null": {ansible_ssh_user: null, ansible_user: someone}
          empty: {ansible_host: e.host, ansible_user: ""}
          here: {ansible_connection: local}
      """;
  private static final Pattern LINE = Pattern.compile("<(\\w+):([^>]*)>");

  @TempDir private Path directory;

  @Test
  void expressionsSeeThemByBothNames() throws Exception {
    for (List<String> more : List.of(List.<String>of(), List.of("-u", "ops"))) {
      Map<String, String> theirs = ansible(more);
      assertThat(theirs).hasSize(10);
      assertThat(ours(more)).isEqualTo(theirs);
    }
  }

  private String play() {
    StringBuilder expression = new StringBuilder("<{{ inventory_hostname }}:");
    NAMES.forEach(
        name ->
            expression
                .append("{% if ")
                .append(name)
                .append(" is defined %}")
                .append(name)
                .append("={{ ")
                .append(name)
                .append(" }} {% endif %}"));
    return """
        - hosts: all
          gather_facts: false
          tasks:
            - debug: {msg: "%s>"}
        """
        .formatted(expression);
  }

  private Path given() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "");
    Files.writeString(directory.resolve("i.yml"), HOSTS.replace("KEY", key.toString()));
    Files.writeString(directory.resolve("p.yml"), play());
    return directory;
  }

  private Map<String, String> ansible(List<String> more) throws Exception {
    Peer.require("ansible-playbook", "ansible-core");
    given();
    List<String> words = new ArrayList<>(List.of("ansible-playbook", "-i", "i.yml", "p.yml"));
    words.addAll(more);
    return lines(output(words));
  }

  private String output(List<String> words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("ANSIBLE_NOCOLOR", "1");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private Map<String, String> ours(List<String> more) throws Exception {
    given();
    List<String> words = new ArrayList<>(more);
    words.addAll(List.of("-v", "-F", "none"));
    Cli.Ran ran = new Cli(directory).run(words.toArray(String[]::new)).exits(0);
    // Passwords are masked in what is shown.
    return lines(ran.out());
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> found = new TreeMap<>();
    Matcher lines = LINE.matcher(text.replaceAll("(pass|password)=\\S+", "$1=***"));
    while (lines.find()) {
      found.put(lines.group(1), lines.group(2).strip());
    }
    return found;
  }

  @Test
  void ofTwoNamesTheSameOneCounts() throws Exception {
    Peer.require("ansible", "ansible-core");
    given();
    Path log = directory.resolve("log");
    Path ssh = directory.resolve("ssh");
    Files.writeString(ssh, "#!/bin/sh\nprintf '%s\\n' \"$*\" >>" + log + "\nexit 255\n");
    assertThat(ssh.toFile().setExecutable(true)).isTrue();
    output(
        List.of(
            "ansible",
            "both,jinja,null",
            "-i",
            "i.yml",
            "-f",
            "1",
            "-m",
            "raw",
            "-a",
            "true",
            "-e",
            "ansible_ssh_executable=" + ssh));
    List<String> theirs = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      theirs.add(
          first(line, "User=\"(\\w+)\"")
              + " "
              + line.replaceAll(".* (\\S+) true$", "$1")
              + " "
              + first(line, "Port=(\\d+)"));
    }
    Path config =
        Files.writeString(
            directory.resolve("config"),
            "Host *\n  User unset\n  Port 22\n  ProxyCommand echo %r %h %p >>"
                + log
                + "2; exit 1\n");
    new Cli(directory)
        .execute(
            "exec",
            "-i",
            directory.resolve("i.yml").toString(),
            "-F",
            config.toString(),
            "--runs",
            directory.resolve("runs").toString(),
            "both,jinja,null",
            "--",
            "true");
    List<String> ours =
        Files.readAllLines(Path.of(log + "2")).stream()
            .map(line -> line.replaceFirst("^unset(?= )", "").replaceFirst(" 22$", " "))
            .toList();
    assertThat(theirs).hasSize(3);
    assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
  }

  private static String first(String line, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(line);
    return found.find() ? found.group(1) : "";
  }
}
