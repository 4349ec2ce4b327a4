package dev.edgefleet.transport.ssh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.Peer;
import dev.edgefleet.failure.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what {@code ssh -G} makes of the same files. */
final class SshConfigTest {
  private static final String USER = System.getProperty("user.name");
  private static final Path HOME = Path.of(System.getProperty("user.home"));

  @TempDir private Path directory;

  /**
   * A configuration and who is asked for.
   *
   * @param arguments of the command line, before the host
   */
  record Case(String title, String config, List<String> arguments, List<String> hosts) {
    @Override
    public String toString() {
      return title;
    }
  }

  private static Case of(String title, String config, String... hosts) {
    return new Case(title, config, List.of(), List.of(hosts));
  }

  static Stream<Case> corpus() {
    return Stream.of(
        of("nothing at all", "", "edge1", "10.0.0.1"),
        of(
            "the first value holds",
            """
            User early
            Host edge*
              User late
              Port 2201
            Host *
              Port 2299
            """,
            "edge1",
            "other"),
        of(
            "patterns, and those that exclude",
            """
            Host edge? !edge9 *.plant !bad.plant
              Port 2202
            Host !edge1
              User nobody-but-negations
            Host edge1 edge2
              HostKeyAlias both
            """,
            "edge1",
            "edge9",
            "edge10",
            "a.plant",
            "bad.plant",
            "EDGE1"),
        of(
            "equals signs, quotes, comments, odd blanks",
            """
            # a comment
              Host=edge1   "edge 2"
            \tPort = 2203 # at the end of a line
            User "with blank"
            IdentityFile "~/keys/of plant"
            \tidentityfile=~/keys/second
            HostName   10.1.2.3  \t
            """,
            "edge1",
            "other"),
        of(
            "identities add up",
            """
            IdentityFile ~/.ssh/first
            Host edge*
              IdentityFile %d/.ssh/%h-%r
              IdentityFile ~/.ssh/first
              CertificateFile ~/.ssh/edge-cert.pub
              IdentitiesOnly yes
            Host *
              IdentityFile ~/.ssh/last
              IdentitiesOnly no
              CertificateFile ~/.ssh/last-cert.pub
            """,
            "edge1",
            "other"),
        of(
            "HostName with the name in it",
            """
            Host *.short
              HostName %h.plant.example
            Host literal
              HostName 100%%.example
            """,
            "edge1.short",
            "literal"),
        of(
            "Match by names",
            """
            Host alias
              HostName real.example
            Match host real.example
              Port 2204
            Match originalhost alias user operator
              User never
            Match host *.example,!bad.example
              HostKeyAlias matched
            Match host "other.example,third.example" originalhost !other.example
              Port 2205
            Match !host real.example
              User notreal
            """,
            "alias",
            "real.example",
            "bad.example",
            "REAL.example",
            "third.example"),
        of(
            "Match by users",
            """
            Host edge1
              User operator
            Match user operator,admin
              Port 2206
            Match localuser nobody-of-that-name
              Port 2207
            Match localuser *
              HostKeyAlias here
            Match user root
              ConnectTimeout 3
            """,
            "edge1",
            "other"),
        of(
            "Match all ends a block",
            """
            Host edge1
              Port 2208
            Match all
              User everyone
              Port 2209
            """,
            "edge1",
            "other"),
        of(
            "Match final sees what was found",
            """
            Match final host *.plant.example
              User atlast
            Match originalhost edge1 final
              Port 2210
            Host edge*
              HostName %h.plant.example
            Host *.plant.example
              HostKeyAlias notme
            """,
            "edge1",
            "edge2.plant.example"),
        of(
            "ways through others",
            """
            Host inner
              ProxyJump admin@gate.example:2222,second
            Host command
              ProxyCommand ssh -W %h:%p "gate host" # not a comment
            Host both
              ProxyCommand nc %h %p
              ProxyJump late
            Host six
              ProxyJump [2001:db8::1]:2222
            Host uri
              ProxyJump ssh://admin@gate.example:2222
            Host direct
              ProxyJump none
            Host nocommand
              ProxyCommand none
            Host *
              ProxyJump default.example
            """,
            "inner",
            "command",
            "both",
            "six",
            "uri",
            "direct",
            "nocommand",
            "other"),
        of(
            "host keys",
            """
            Host strict
              StrictHostKeyChecking yes
            Host new
              StrictHostKeyChecking accept-new
            Host off
              StrictHostKeyChecking off
              UserKnownHostsFile /dev/null
            Host no
              StrictHostKeyChecking no
              UserKnownHostsFile none
            Host ask
              StrictHostKeyChecking ask
              UserKnownHostsFile /one /two "/with blank"
              GlobalKnownHostsFile /three
              UserKnownHostsFile /four
            """,
            "strict",
            "new",
            "off",
            "no",
            "ask",
            "other"),
        of(
            "times and flags",
            """
            Host a
              ConnectTimeout 5
              ServerAliveInterval 30
              IdentitiesOnly true
            Host b
              ConnectTimeout 1m30s
              ServerAliveInterval 1h
            Host c
              ConnectTimeout none
              ServerAliveInterval 0
              IdentitiesOnly no
            """,
            "a",
            "b",
            "c"),
        of(
            "agents",
            """
            Host socket
              IdentityAgent ~/.agent/socket
            Host none
              IdentityAgent none
            Host variable
              IdentityAgent $MY_AGENT
            Host named
              IdentityAgent SSH_AUTH_SOCK
            """,
            "socket",
            "none",
            "variable",
            "named",
            "other"),
        of(
            "words that decide nothing here",
            """
            IgnoreUnknown UseKeychain,Fancy*
            UseKeychain yes
            FancyThing whatever it is
            Ciphers aes256-ctr
            KexAlgorithms +diffie-hellman-group14-sha1
            ControlMaster auto
            ControlPath ~/.ssh/%C
            ControlPersist 60s
            ForwardAgent yes
            SendEnv LANG LC_*
            LocalForward 8080 localhost:80
            Compression yes
            LogLevel ERROR
            Port 2211
            """,
            "edge1"),
        of(
            "files that are included",
            """
            Include @/one @/missing @/parts/*.conf
            Host edge1
              Include @/inner
              HostKeyAlias after
            Host other
              Include @/inner
            Port 2299
            """,
            "edge1",
            "other",
            "deep",
            "x"),
        new Case(
            "arguments win over files",
            """
            Host edge1
              Port 2212
              User config
              IdentityFile ~/.ssh/config-key
              ProxyJump fromconfig
            """,
            List.of(
                "-p",
                "2300",
                "-o",
                "User=argument",
                "-oConnectTimeout=7",
                "-i",
                "/etc/passwd",
                "-J",
                "a,b"),
            List.of("edge1", "other")),
        new Case(
            "of two arguments the first holds",
            "Port 1",
            List.of(
                "-p2301", "-p", "2302", "-o", "Port 2303", "-l", "one", "-o", "user two", "-qCA"),
            List.of("edge1")));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void resolvesAsOpenSshDoes(Case test) throws Exception {
    Files.writeString(
        directory.resolve("one"), "Host x\n  Port 2401\nHost *\n  ConnectTimeout 9\n");
    Files.writeString(directory.resolve("inner"), "User inner\nHost deep\n  Port 2402\n");
    Files.createDirectories(directory.resolve("parts"));
    Files.writeString(directory.resolve("parts/20.conf"), "HostKeyAlias twenty\n");
    Files.writeString(directory.resolve("parts/10.conf"), "Host other\n  HostKeyAlias ten\n");
    Path file = directory.resolve("config");
    Files.writeString(file, test.config().replace("@", directory.toString()));
    if (test.title().startsWith("ways")) {
      Files.writeString(file, test.config());
    }
    SshConfig config = SshConfig.ofFile(file, HOME, USER);
    for (String host : test.hosts()) {
      HostOptions ours =
          config.of(
              host, SshArguments.parse("arguments", String.join(" ", quoted(test.arguments()))));
      assertThat(shown(ours)).as(host).isEqualTo(peer(file, test.arguments(), host));
    }
  }

  private static List<String> quoted(List<String> words) {
    return words.stream().map(word -> "'" + word + "'").toList();
  }

  /** What we make of it, in the words of {@code ssh -G}. */
  private static Map<String, List<String>> shown(HostOptions o) {
    Map<String, List<String>> result = new TreeMap<>();
    result.put("hostname", List.of(o.hostName().toLowerCase(Locale.ROOT)));
    result.put("port", List.of(o.port().orElse(22).toString()));
    result.put("user", List.of(o.user().orElse(USER)));
    result.put("identityfile", o.identityFiles().isEmpty() ? defaults() : o.identityFiles());
    result.put("certificatefile", o.certificateFiles());
    result.put("identitiesonly", List.of(o.identitiesOnly() ? "yes" : "no"));
    result.put(
        "identityagent",
        o.identityAgent().stream().map(a -> a.replaceFirst("^~", HOME.toString())).toList());
    result.put("hostkeyalias", o.hostKeyAlias().stream().toList());
    result.put(
        "stricthostkeychecking", List.of(o.hostKeyChecking().map(Enum::name).orElse("STRICT")));
    result.put(
        "userknownhostsfile",
        List.of(
            o.userKnownHostsFiles()
                .map(files -> files.isEmpty() ? "none" : String.join(" ", files))
                .orElse(HOME + "/.ssh/known_hosts " + HOME + "/.ssh/known_hosts2")));
    result.put(
        "globalknownhostsfile",
        List.of(
            String.join(
                " ",
                o.globalKnownHostsFiles()
                    .orElse(List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2")))));
    result.put(
        "connecttimeout",
        List.of(o.connectTimeout().map(t -> Long.toString(t.toSeconds())).orElse("none")));
    result.put(
        "serveraliveinterval",
        List.of(Long.toString(o.serverAliveInterval().orElse(Duration.ZERO).toSeconds())));
    List<String> jump = new ArrayList<>();
    List<String> command = new ArrayList<>();
    switch (o.proxy().orElse(null)) {
      case null -> {}
      case Proxy.Jump hops ->
          jump.add(String.join(",", hops.hops().stream().map(JumpHost::toString).toList()));
      case Proxy.Command one -> command.add(one.commandLine());
    }
    result.put("proxyjump", jump);
    result.put("proxycommand", command);
    return result;
  }

  private static List<String> defaults() {
    return List.of("(default)");
  }

  private Map<String, List<String>> peer(Path file, List<String> arguments, String host)
      throws IOException, InterruptedException {
    Path ssh = Peer.require("ssh", "openssh-client");
    List<String> words = new ArrayList<>(List.of(ssh.toString(), "-G", "-F", file.toString()));
    words.addAll(arguments);
    words.add(host);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("MY_AGENT", "/agent/of/mine");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Map<String, List<String>> result = new TreeMap<>();
    for (String word :
        List.of(
            "hostname",
            "port",
            "user",
            "identityfile",
            "certificatefile",
            "identitiesonly",
            "identityagent",
            "hostkeyalias",
            "stricthostkeychecking",
            "userknownhostsfile",
            "globalknownhostsfile",
            "connecttimeout",
            "serveraliveinterval",
            "proxyjump",
            "proxycommand")) {
      result.put(
          word,
          output
              .lines()
              .filter(line -> line.startsWith(word + " "))
              .map(line -> line.substring(word.length() + 1))
              .map(value -> word.equals("stricthostkeychecking") ? checking(value) : value)
              .toList());
    }
    if (result.get("identityfile").getFirst().equals("~/.ssh/id_rsa")) {
      result.put("identityfile", defaults());
    }
    return result;
  }

  // Documented: with edgefleet `no` trusts new keys and refuses changed ones all the same.
  private static String checking(String value) {
    return switch (value) {
      case "true", "ask" -> "STRICT";
      default -> "ACCEPT_NEW";
    };
  }

  @Test
  void collectsEveryMistakeWithItsPlace() throws IOException {
    Path file = directory.resolve("config");
    Files.writeString(
        file,
        """
        Host edge1
          Hostnam 10.0.0.1
          Port "22
          User
        Match hots edge1
        RevokedHostKeys /etc/revoked
        IdentityFile a b
        Include
        """);
    assertThatThrownBy(() -> SshConfig.ofFile(file, HOME, USER))
        .isInstanceOfSatisfying(
            BadInput.class,
            bad ->
                assertThat(bad.problems().stream().map(Object::toString))
                    .satisfiesExactly(
                        p ->
                            assertThat(p)
                                .startsWith(file + ":2:3: 'Hostnam' is not a word")
                                .endsWith("did you mean 'HostName'?"),
                        p -> assertThat(p).startsWith(file + ":3:3: a quote is not closed"),
                        p -> assertThat(p).startsWith(file + ":4:3: User has no value"),
                        p ->
                            assertThat(p).startsWith(file + ":5:1: Match has an unknown criterion"),
                        p ->
                            assertThat(p)
                                .startsWith(file + ":6:1: RevokedHostKeys is not supported"),
                        p -> assertThat(p).startsWith(file + ":7:1: IdentityFile has 2 values"),
                        p -> assertThat(p).startsWith(file + ":8:1: Include names no file")));
  }

  @Test
  void refusesMatchExecOnlyWhereTheAnswerHangsOnIt() throws IOException {
    Path file = directory.resolve("config");
    Files.writeString(file, "Match host vpn* exec \"touch /tmp/x\"\n  Port 1\n");
    SshConfig config = SshConfig.ofFile(file, HOME, USER);
    assertThat(config.of("edge1", SshArguments.NONE).port()).isEmpty();
    assertThatThrownBy(() -> config.of("vpn1", SshArguments.NONE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(file + ":1:1")
        .hasMessageContaining("Match exec");
  }

  @Test
  void readsTheUsersFileOnlyWhenOthersCannotWriteToIt() throws IOException {
    Path ssh = Files.createDirectories(directory.resolve(".ssh"));
    Path file = Files.writeString(ssh.resolve("config"), "Host edge1\n  Port 2500\n");
    assertThat(SshConfig.ofUser(directory, USER).of("edge1", SshArguments.NONE).port())
        .contains(2500);
    assertThat(file.toFile().setWritable(true, false)).isTrue();
    assertThatThrownBy(() -> SshConfig.ofUser(directory, USER))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("others than you may write");
  }

  @Test
  void filesThatIncludeEachOtherAreAMistake() throws IOException {
    Path file = directory.resolve("config");
    Files.writeString(file, "Include " + file + "\n");
    assertThatThrownBy(() -> SshConfig.ofFile(file, HOME, USER))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("16 deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-o 'ProxyCommand=ssh -W %h:%p -o \"X Y\" gate' | ssh -W %h:%p -o \"X Y\" gate",
        "-o ProxyCommand=\"ssh -W %h:%p bastion\" | ssh -W %h:%p bastion",
        "-o ControlMaster=auto -o ControlPersist=60s -o ProxyCommand='nc %h %p' | nc %h %p",
        "-C -o ProxyCommand=\\ nc\\ x | nc x",
      })
  void splitsArgumentsAsAShell(String text, String command) {
    assertThat(SshConfig.NONE.of("h", SshArguments.parse("common", text)).proxy())
        .contains(new Proxy.Command(command));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "-L 80:x:80 | -L is not supported",
        "-o Prot=22 | 'Prot' is not a word of ssh_config; did you mean 'Port'?",
        "-o Port | -o Port cannot be used",
        "-J | -J has no value",
        "host | 'host' is no option of ssh",
        "-o 'User | a quote is not closed",
        "-o RevokedHostKeys=/x | RevokedHostKeys is not supported",
      })
  void saysWhichArgumentCannotBeUsed(String text, String what) {
    assertThatThrownBy(() -> SshArguments.parse("edge1: ansible_ssh_common_args", text))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("edge1: ansible_ssh_common_args: " + what);
  }

  @Test
  void saysWhatAPortIs() {
    assertThatThrownBy(
            () -> SshConfig.NONE.of("h", SshArguments.of("edge1: ansible_port", "Port", "ssh")))
        .hasMessageContaining(
            "edge1: ansible_port: the port is 'ssh'; give a number from 1 to 65535");
  }
}
