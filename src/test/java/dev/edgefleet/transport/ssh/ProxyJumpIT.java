package dev.edgefleet.transport.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A playbook for twenty devices that only the second of two bastions can reach: the controller,
 * each bastion and the devices stand in network namespaces of their own, and none of them routes.
 * The machine's own network gets no address of theirs.
 */
final class ProxyJumpIT {
  private static final int DEVICES = 20;

  @TempDir private static Path directory;

  private static final String NET = "10.231.0";
  private static final String OURS = "ef" + ProcessHandle.current().pid();
  private static final String CONTROLLER = OURS + "c";
  private static final List<String> BASTIONS_AND_DEVICES =
      List.of(OURS + "g", OURS + "s", OURS + "d");
  private static final Pattern NAMESPACE = Pattern.compile("ef(\\d+)[cgsd]");
  private static final List<Sshd> SERVERS = new ArrayList<>();

  @BeforeAll
  static void build() throws IOException {
    Peer.require("ip", "iproute2");
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(
          System.getProperty("user.name").equals("root"),
          "network namespaces are made by root only");
    }
    removeNamespaces(pid -> ProcessHandle.of(pid).isEmpty());
    for (String namespace :
        Stream.concat(Stream.of(CONTROLLER), BASTIONS_AND_DEVICES.stream()).toList()) {
      ip("netns", "add", namespace);
      ip("-n", namespace, "link", "set", "lo", "up");
    }
    link(CONTROLLER, BASTIONS_AND_DEVICES.get(0), 0);
    link(BASTIONS_AND_DEVICES.get(0), BASTIONS_AND_DEVICES.get(1), 4);
    link(BASTIONS_AND_DEVICES.get(1), BASTIONS_AND_DEVICES.get(2), 128);
    for (int i = 1; i < DEVICES; i++) {
      ip("-n", BASTIONS_AND_DEVICES.get(2), "addr", "add", address(i) + "/26", "dev", "up128");
    }
    for (String namespace : BASTIONS_AND_DEVICES) {
      SERVERS.add(Sshd.startIn(namespace, directory));
    }
  }

  /** Those of a process that was killed stay until the next one comes here. */
  private static void removeNamespaces(LongPredicate ofProcess) {
    NAMESPACE
        .matcher(ip("netns", "list"))
        .results()
        .filter(name -> ofProcess.test(Long.parseLong(name.group(1))))
        .map(MatchResult::group)
        .forEach(
            name -> {
              ip("netns", "pids", name)
                  .lines()
                  .map(Long::valueOf)
                  .flatMap(pid -> ProcessHandle.of(pid).stream())
                  .forEach(ProcessHandle::destroy);
              ip("netns", "del", name);
            });
  }

  /** A cable: {@code NET.base+1} on one side, {@code NET.base+2} on the other. */
  private static void link(String from, String to, int base) {
    String down = "down" + base;
    String up = "up" + base;
    ip("-n", from, "link", "add", down, "type", "veth", "peer", "name", up, "netns", to);
    String bits = base == 128 ? "/26" : "/30";
    ip("-n", from, "addr", "add", NET + "." + (base + 1) + bits, "dev", down);
    ip("-n", from, "link", "set", down, "up");
    ip("-n", to, "addr", "add", NET + "." + (base + 2) + bits, "dev", up);
    ip("-n", to, "link", "set", up, "up");
  }

  /** A program where the controller is. */
  private static List<String> onController(String... words) {
    return Stream.concat(Stream.of("ip", "netns", "exec", CONTROLLER), Stream.of(words)).toList();
  }

  private static String ip(String... words) {
    return Sshd.run(List.of("ip"), words);
  }

  @AfterAll
  static void tearDown() {
    SERVERS.forEach(Sshd::close);
    removeNamespaces(pid -> pid == ProcessHandle.current().pid());
  }

  private static String address(int device) {
    return NET + "." + (130 + device);
  }

  private static String knownHosts() {
    StringBuilder lines = new StringBuilder();
    lines.append(NET + ".2 " + SERVERS.get(0).hostKey("ed25519") + "\n");
    lines.append(NET + ".6 " + SERVERS.get(1).hostKey("ed25519") + "\n");
    for (int i = 0; i < DEVICES; i++) {
      lines.append(address(i) + " " + SERVERS.get(2).hostKey("ed25519") + "\n");
    }
    return lines.toString();
  }

  /** A home directory whose .ssh/config knows the bastions, and how to log in everywhere. */
  private static Path home(String more) throws IOException {
    Path home = Files.createTempDirectory(directory, "home");
    Path ssh = Files.createDirectory(home.resolve(".ssh"));
    Files.writeString(ssh.resolve("known_hosts"), knownHosts());
    Files.writeString(
        ssh.resolve("config"),
        more
            + """
            Host gate
              HostName %s.2
              IdentityFile %s
            Host second
              HostName %s.6
              IdentityFile %s
            Host *
              User %s
              IdentityFile %s
              IdentitiesOnly yes
              StrictHostKeyChecking yes
              UserKnownHostsFile %s
            """
                .formatted(
                    NET,
                    SERVERS.get(0).clientKey(),
                    NET,
                    SERVERS.get(1).clientKey(),
                    Sshd.user(),
                    SERVERS.get(2).clientKey(),
                    ssh.resolve("known_hosts")));
    return home;
  }

  private static String inventory(String vars) {
    StringBuilder text = new StringBuilder("all:\n  vars: {" + vars + "}\n  hosts:\n");
    for (int i = 0; i < DEVICES; i++) {
      text.append("    edge%02d: {ansible_host: %s}\n".formatted(i, address(i)));
    }
    return text.toString();
  }

  private record Ran(int exitCode, String output) {}

  private static Ran playbook(Path home, String inventory, String... more) throws Exception {
    Files.writeString(home.resolve("i.yml"), inventory);
    Files.writeString(
        home.resolve("p.yml"),
        """
        - hosts: all
          tasks:
            - copy: {content: "{{ inventory_hostname }} was here", dest: "%s/{{ inventory_hostname }}"}
        """
            .formatted(home));
    List<String> words =
        new ArrayList<>(
            onController(
                Program.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.edgefleet.cli.Edgefleet",
                "run",
                home.resolve("p.yml").toString(),
                "-i",
                home.resolve("i.yml").toString(),
                "--runs",
                home.resolve("runs").toString()));
    words.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().remove("SSH_AUTH_SOCK");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private static void assertReachedAll(Path home, Ran ran) {
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    for (int i = 0; i < DEVICES; i++) {
      String name = "edge%02d".formatted(i);
      assertThat(home.resolve(name)).hasContent(name + " was here");
    }
  }

  /** OpenSSH's own client on the same files. */
  private static String peer(Path home, String... more) {
    List<String> words =
        new ArrayList<>(
            onController("env", "-u", "SSH_AUTH_SOCK", "ssh", "-o", "BatchMode=yes", "-F"));
    words.add(home.resolve(".ssh/config").toString());
    words.addAll(List.of(more));
    return Sshd.run(words, address(DEVICES - 1), "echo", "hello");
  }

  private static long logins(Sshd sshd) {
    return sshd.log().lines().filter(line -> line.startsWith("Accepted publickey")).count();
  }

  @Test
  void theDevicesCannotBeReachedDirectly() throws Exception {
    Path home = home("");
    long before = SERVERS.get(2).log().lines().count();
    Process ssh =
        new ProcessBuilder(
                onController(
                    "ssh",
                    "-F",
                    home.resolve(".ssh/config").toString(),
                    "-o",
                    "ConnectTimeout=3",
                    address(0),
                    "true"))
            .redirectErrorStream(true)
            .start();
    ssh.getOutputStream().close();
    ssh.getInputStream().readAllBytes();
    assertThat(ssh.waitFor()).isEqualTo(255);
    assertThat(SERVERS.get(2).log().lines().count()).isEqualTo(before);
  }

  @Test
  void twoHopsFromTheConfiguration() throws Exception {
    Path home = home("Host " + NET + ".1??\n  ProxyJump gate,second\n");
    assertThat(peer(home)).contains("hello");
    List<Long> before = SERVERS.stream().map(ProxyJumpIT::logins).toList();
    assertReachedAll(home, playbook(home, inventory("")));
    List<Long> after = SERVERS.stream().map(ProxyJumpIT::logins).toList();
    assertThat(IntStream.range(0, 3).mapToObj(i -> after.get(i) - before.get(i)))
        .containsExactly(1L, 1L, (long) DEVICES);
  }

  @Test
  void twoHopsFromTheInventory() throws Exception {
    Path home = home("");
    assertThat(peer(home, "-J", "gate,second")).contains("hello");
    assertReachedAll(
        home,
        playbook(home, inventory("ansible_ssh_common_args: '-J gate,second -o Compression=yes'")));
  }

  @Test
  void twoHopsFromTheCommandLineAndAConfigurationOfItsOwn() throws Exception {
    Path home = home("");
    Path config = Files.move(home.resolve(".ssh/config"), home.resolve("lab.conf"));
    assertReachedAll(
        home,
        playbook(
            home,
            inventory(""),
            "--ssh-common-args=-J gate,second",
            "--ssh-config",
            config.toString()));
  }

  @Test
  void aChangedHostKeyOfTheSecondHopStopsAll() throws Exception {
    Path home = home("Host " + NET + ".1??\n  ProxyJump gate,second\n");
    Path known = home.resolve(".ssh/known_hosts");
    Files.writeString(
        known,
        knownHosts()
            .replace(
                NET + ".6 " + SERVERS.get(1).hostKey("ed25519"),
                NET + ".6 " + SERVERS.get(0).hostKey("ed25519")));
    Ran ran = playbook(home, inventory(""));
    assertThat(ran.exitCode()).as(ran.output()).isEqualTo(4);
    assertThat(ran.output()).contains("THE HOST KEY OF bastion " + NET + ".6 HAS CHANGED");
    assertThat(home.resolve("edge00")).doesNotExist();
  }
}
