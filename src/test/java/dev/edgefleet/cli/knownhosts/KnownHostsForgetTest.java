package dev.edgefleet.cli.knownhosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edgefleet.Peer;
import dev.edgefleet.cli.Cli;
import dev.edgefleet.transport.ssh.Sshd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code known-hosts forget}, and ssh-keygen's view of what it leaves. */
final class KnownHostsForgetTest {
  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

  @TempDir private Path directory;

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
  }

  private Cli.Ran forget(String... words) {
    List<String> all = new ArrayList<>(List.of("known-hosts", "forget"));
    all.addAll(List.of(words));
    return new Cli(directory).execute(all.toArray(String[]::new));
  }

  @Test
  void takesOutTheLinesOfOneHostAndKeepsACopy() throws IOException {
    Path known =
        file(
            "known",
            "# ours",
            "edge1 " + KEY,
            "[edge1]:2222 " + KEY,
            "other,EDGE1 " + KEY + " comment",
            "@revoked edge1 " + KEY,
            "@cert-authority edge1 " + KEY,
            "edge* " + KEY,
            "edge10 " + KEY);
    Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("rw-r-----"));
    String before = Files.readString(known);
    Cli.Ran ran = forget("--known-hosts", known.toString(), "-F", "none", "edge1").exits(0);
    assertThat(ran.out().lines())
        .containsExactly(
            "removed "
                + known
                + ":2: ssh-ed25519 SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
            "removed "
                + known
                + ":4: ssh-ed25519 SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU",
            "as it was: " + known + ".old",
            "left alone " + known + ":7: a pattern with wildcards that holds for edge1");
    assertThat(Files.readAllLines(known))
        .containsExactly(
            "# ours",
            "[edge1]:2222 " + KEY,
            "@revoked edge1 " + KEY,
            "@cert-authority edge1 " + KEY,
            "edge* " + KEY,
            "edge10 " + KEY);
    assertThat(directory.resolve("known.old")).hasContent(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(known)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void knowsPortsHashesSeveralFilesAndLinks() throws IOException {
    Peer.require("ssh-keygen", "openssh-client");
    Path hashed = file("hashed", "[10.0.0.1]:2222 " + KEY, "10.0.0.1 " + KEY, "b " + KEY);
    Sshd.keygen("-q", "-H", "-f", hashed.toString());
    Path plain = file("plain", "x " + KEY, "[10.0.0.1]:2222 " + KEY);
    Path link = Files.createSymbolicLink(directory.resolve("link"), plain);
    Path config =
        file("config", "Host *", "UserKnownHostsFile " + hashed + " " + link, "User edge");
    Path inventory =
        file("i.yml", "all: {hosts: {gate: {ansible_ssh_host: 10.0.0.1, ansible_port: 2222}}}");
    forget("-i", inventory.toString(), "-F", config.toString(), "gate").exits(0);
    assertThat(Files.readAllLines(hashed)).hasSize(2);
    assertThat(found(hashed, "10.0.0.1")).isTrue();
    assertThat(found(hashed, "[10.0.0.1]:2222")).isFalse();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readAllLines(plain)).containsExactly("x " + KEY);
    forget("-F", config.toString(), "10.0.0.1").exits(0);
    assertThat(Files.readAllLines(hashed)).hasSize(1);
  }

  private static boolean found(Path file, String name) {
    try {
      return Sshd.run(List.of("ssh-keygen"), "-F", name, "-f", file.toString()).contains(KEY);
    } catch (UncheckedIOException notFound) {
      return false;
    }
  }

  @Test
  void addressesAreReadInEveryForm() throws IOException {
    for (String name : List.of("[edge1]:2222", "edge1:2222")) {
      Path known = file("known", "[edge1]:2222 " + KEY, "[fe80::1]:2222 " + KEY);
      forget("--known-hosts", known.toString(), "-F", "none", name).exits(0);
      assertThat(Files.readAllLines(known)).containsExactly("[fe80::1]:2222 " + KEY);
      forget("--known-hosts", known.toString(), "-F", "none", "[fe80::1]:2222").exits(0);
      assertThat(known).isEmptyFile();
    }
  }

  @Test
  void saysThatThereIsNone() throws IOException {
    Path known = file("known", "edge1 " + KEY);
    Cli.Ran ran = forget("--known-hosts", known.toString(), "-F", "none", "edge2").exits(2);
    assertThat(ran.err()).contains("no key of edge2 is on record in " + known);
    assertThat(directory.resolve("known.old")).doesNotExist();
    forget("--known-hosts", directory.resolve("none").toString(), "-F", "none", "a").exits(2);
  }

  /** The way out that a changed key names works as it stands. */
  @Test
  void theRemedyOfAChangedKeyDoesIt() throws IOException {
    try (Sshd sshd = Sshd.start(directory)) {
      Path known = file("known", "[127.0.0.1]:" + sshd.port() + " " + KEY);
      Path inventory =
          file(
              "i.yml",
              "all: {hosts: {edge1: {ansible_host: 127.0.0.1, ansible_port: "
                  + sshd.port()
                  + ", ansible_private_key_file: "
                  + sshd.clientKey()
                  + "}}}");
      String[] exec = {
        "exec",
        "-i",
        inventory.toString(),
        "-F",
        "none",
        "--known-hosts",
        known.toString(),
        "--accept-new-host-keys",
        "--runs",
        directory.resolve("runs").toString(),
        "all",
        "--",
        "true"
      };
      Cli.Ran refused = new Cli(directory).execute(exec).exits(4);
      String all = refused.out() + refused.err();
      assertThat(all).containsOnlyOnce("HAS CHANGED");
      assertThat(all).contains("ssh-keygen -R '[127.0.0.1]:" + sshd.port() + "'");
      String command =
          all.replaceAll("(?s).*edgefleet known-hosts forget ([^,]*), or .*", "$1")
              .replace("'", "");
      forget(command.split("\\s+")).exits(0);
      new Cli(directory).execute(exec).exits(0);
    }
  }
}
