package dev.edgefleet.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What edgefleet cannot do is said once for the fleet, by every command, before it begins. */
final class FleetConnectionsTest {
  @TempDir private Path directory;

  private Cli given(String variables) {
    return new Cli(directory)
        .given(
            "i.yml",
            "all:\n  hosts:\n    edge[1:5]:\n  vars:\n" + variables.replace(";; ", "\n").indent(4))
        .given("p.yml", "- hosts: all\n  tasks: [{command: 'true'}]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ansible_connection: winrm;; ansible_user: e;; ansible_winrm_transport: ntlm | ntlm, which edgefleet cannot do | basic
          ansible_connection: winrm;; ansible_user: e;; ansible_winrm_transport: credssp | credssp, which | kerberos
          ansible_connection: winrm;; ansible_user: e;; ansible_winrm_transport: [certificate] | certificate, which | basic
          ansible_connection: winrm;; ansible_user: 'PLANT\\bob' | the account PLANT\\bob needs NTLM | user@REALM
          ansible_connection: winrm;; ansible_user: '.\\bob' | the account .\\bob needs NTLM | write bob
          ansible_connection: winrm;; ansible_user: e@R;; ansible_winrm_transport: basic | local accounts only | kerberos
          ansible_connection: winrm;; ansible_user: e;; ansible_winrm_ca_trust_path: /no/such.pem | /no/such.pem | PEM
          ansible_connection: winrm;; ansible_user: e;; ansible_port: 5985 | the port is 5985 | 5986
          ansible_connection: psrp | 'psrp', which edgefleet does not speak | winrm
          ansible_connection: community.docker.docker | 'docker', which | docker exec
          ansible_connection: network_cli | 'network_cli', which | known are ssh
          ansible_connection: shs | 'shs', which | did you mean 'ssh'?
          ansible_shell_type: powershell | ansible_shell_type is 'powershell' | ansible_connection: winrm
          ansible_shell_type: cmd | ansible_shell_type is 'cmd' | ansible_connection: winrm
          ansible_user: 'PLANT\\bob' | the account PLANT\\bob is one of Windows | winrm
          ansible_ssh_common_args: '-R 3128:proxy:3128' | -R is not supported | ssh -N
          ansible_ssh_extra_args: '-o RemoteForward=3128' | RemoteForward is not supported | ssh -N
          ansible_ssh_args: '-L 1:b:2' | -L is not supported | ssh -N
          ansible_ssh_pkcs11_provider: /usr/lib/opensc.so | 'ansible_ssh_pkcs11_provider' | ssh-add -s
          ansible_port: many | the port is 'many' | 65535
          ansible_private_key_file: /no/such/key | /no/such/key does not exist | correct
          ansible_host_key_checking: perhaps | is 'perhaps' | true or false
          ansible_become_method: pbrun | is 'pbrun', which edgefleet does not know | known are: doas, su, sudo
          ansible_become_method: doas;; ansible_become_password: x | at a terminal only | permit nopass
          ansible_become_method: sudo;; ansible_become_flags: -u bob | '-u' cannot be among the flags of sudo | remove it
          ansible_become_method: su;; ansible_become_flags: -c id | '-c' cannot be among the flags of su | remove it
          ansible_becme: true | unknown variable 'ansible_becme' | did you mean 'ansible_become'?
          """)
  void isOneMistakeOfAll(String variables, String found, String remedy) {
    Cli cli = given(variables);
    String inventory = directory.resolve("i.yml").toString();
    String runs = directory.resolve("runs").toString();
    for (Cli.Ran ran :
        List.of(
            cli.execute("validate", directory.resolve("p.yml").toString(), "-i", inventory),
            cli.execute("inventory", "check", "-i", inventory),
            cli.execute("exec", "-i", inventory, "--runs", runs, "-F", "none", "all", "--", "true"),
            cli.execute("status", "-i", inventory, "-F", "none"),
            cli.run("-F", "none"))) {
      ran.exits(2);
      assertThat(ran.err()).contains(found).contains(remedy);
      assertThat(ran.err().split("error: ", -1)).as(ran.err()).hasSize(2);
    }
    assertThat(directory.resolve("runs")).doesNotExist();
  }

  @Test
  void theDevicesAreNamedAndThePlaceIs() {
    Cli.Ran ran =
        given("ansible_connection: psrp")
            .execute("inventory", "check", "-i", directory.resolve("i.yml").toString());
    assertThat(ran.err())
        .startsWith(directory.resolve("i.yml") + ":5:")
        .contains("(edge1, edge2, edge3 and 2 others)");
  }

  @Test
  void onlyDevicesThatAreMeantCount() {
    new Cli(directory)
        .given("i.yml", "a: {ansible_connection: local}\n")
        .given(
            "i.yml",
            "all: {hosts: {here: {ansible_connection: local}, win: {ansible_connection: psrp}}}\n")
        .given("p.yml", "- hosts: all\n  tasks: [{command: 'true'}]\n")
        .run("--limit", "here")
        .exits(0);
  }

  @ParameterizedTest
  @CsvSource({
    "ansible_sudo_pass, word",
    "ansible_become_flags, -H -S -n",
    "ansible_become_exe, /usr/bin/sudo",
    "ansible_sudo_exe, sudo",
    "ansible_su_user, root",
    "ansible_ssh_timeout, 20",
    "ansible_host_key_checking, false",
    "ansible_shell_type, sh",
    "ansible_become_method, ansible.builtin.sudo",
    "ansible_python_interpreter, /usr/bin/python3",
  })
  void whatHasAMeaningIsTakenWithoutAWord(String name, String value) {
    Cli.Ran ran =
        given(name + ": '" + value + "'")
            .execute(
                "validate",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString())
            .exits(0);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void whatHasNoneIsToldOnceForTheFleet() {
    Cli.Ran ran =
        given("ansible_pipelining: true;; ansible_scp_if_ssh: smart;; ansible_ssh_retries: 3")
            .execute(
                "validate",
                directory.resolve("p.yml").toString(),
                "-i",
                directory.resolve("i.yml").toString())
            .exits(0);
    assertThat(ran.err())
        .startsWith(
            "warning: edgefleet has no use for ansible_pipelining, ansible_scp_if_ssh,"
                + " ansible_ssh_retries (")
        .hasLineCount(1);
  }

  @Test
  void wordsOfSshThatAreNotDoneAreToldOnce() throws Exception {
    Path config =
        Files.writeString(
            directory.resolve("config"),
            "Host edge*\n  HostKeyAlgorithms +ssh-rsa\n  HostName 127.0.0.1\n  Port 9\n");
    Cli.Ran ran =
        given("ansible_ssh_common_args: '-o KexAlgorithms=+diffie-hellman-group14-sha1'")
            .run("-F", config.toString());
    // Once while it runs and once in the summary, whatever the number of devices.
    assertThat(ran.out().lines().filter(line -> line.contains("does nothing about")))
        .hasSize(2)
        .allMatch(
            line ->
                line.contains("HostKeyAlgorithms (" + config + ":2:3)")
                    && line.contains("KexAlgorithms (ansible_ssh_common_args)"));
  }

  @Test
  void whatHangsOnTheRunIsLeftToIt() {
    given("ansible_port: \"{{ found.stdout }}\"")
        .execute(
            "validate",
            directory.resolve("p.yml").toString(),
            "-i",
            directory.resolve("i.yml").toString())
        .exits(0);
  }
}
