package dev.edgefleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edgefleet.cli.Cli;
import dev.edgefleet.journal.RunEvent;
import dev.edgefleet.journal.StepStatus;
import dev.edgefleet.transport.ssh.Sshd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs against a device of which one file system is full. */
class FullDiskIT {
  private static final String OLD = "old line of text\n".repeat(500);
  private static final String NEW = "new line of text\n".repeat(8000);

  @TempDir Path directory;

  private final List<Path> mounted = new ArrayList<>();
  private Path config;
  private Path state;
  private Sshd sshd;

  @BeforeEach
  void device() throws Exception {
    assumeTrue(Sshd.user().equals("root"), "only root mounts file systems");
    Path etc = Files.createDirectories(directory.resolve("etc"));
    config = etc.resolve("config.yaml");
    state = Files.createDirectories(directory.resolve("state"));
    sshd = Sshd.start(directory, "SetEnv HOME=" + directory + " EDGEFLEET_STATE=" + state);
  }

  @AfterEach
  void unmount() throws Exception {
    if (sshd != null) {
      sshd.close();
    }
    for (Path mount : mounted) {
      command("umount", "-l", mount.toString());
    }
  }

  private void mount(Path where, String options) throws Exception {
    command(
        "mount", "-t", "tmpfs", "-o", options + ",mode=0755", "edgefleet-test", where.toString());
    mounted.add(where);
  }

  private static void command(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Cli cli(String task) {
    return new Cli(directory)
        .given("config.yaml", NEW)
        .given("known", "[127.0.0.1]:" + sshd.port() + " " + sshd.hostKey("ed25519") + "\n")
        .given(
            "i.yml",
            """
            all:
              hosts:
                one: {ansible_host: 127.0.0.1, ansible_port: %d, ansible_user: %s, \
            ansible_ssh_private_key_file: %s}
            """
                .formatted(sshd.port(), Sshd.user(), sshd.clientKey()))
        .given("p.yml", "- hosts: all\n  gather_facts: false\n  tasks:\n    - " + task + "\n");
  }

  private Cli.Ran run(Cli cli) {
    return cli.run("-F", "none", "--known-hosts", directory.resolve("known").toString());
  }

  private void saysThatTheDiskIsFull(Cli cli) {
    RunEvent.StepEnded step = run(cli).exits(3).steps("one").getLast();
    assertThat(step.status()).isEqualTo(StepStatus.FAILED);
    assertThat(step.message()).contains("the disk is full");
    assertThat(step.remedy()).isEqualTo("free space on the device, then run again");
  }

  private List<String> in(Path where) throws IOException {
    try (Stream<Path> files = Files.list(where)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileThatDoesNotFitLeavesTheOldOneWhole() throws Exception {
    mount(config.getParent(), "size=64k");
    Files.writeString(config, OLD);
    Cli cli = cli("copy: {src: config.yaml, dest: " + config + ", backup: true}");

    saysThatTheDiskIsFull(cli);

    assertThat(config).hasContent(OLD);
    assertThat(in(config.getParent())).containsExactly("config.yaml");
    assertThat(in(state)).doesNotContain("lock");

    command("mount", "-o", "remount,size=1m", config.getParent().toString());
    run(cli).exits(0);
    assertThat(config).hasContent(NEW);
  }

  @Test
  void aFileSystemWithoutAFreeInodeLeavesTheOldOneWhole() throws Exception {
    mount(config.getParent(), "size=1m,nr_inodes=2");
    Files.writeString(config, OLD);

    saysThatTheDiskIsFull(cli("copy: {src: config.yaml, dest: " + config + "}"));

    assertThat(config).hasContent(OLD);
    assertThat(in(config.getParent())).containsExactly("config.yaml");
  }

  /** Nothing is left in which to note whose the device is, so nothing is begun on it. */
  @Test
  void aFullStateDirectoryKeepsAFileAndAProgramFromBeingTouched() throws Exception {
    Files.writeString(config, OLD);
    mount(state, "size=64k");
    Files.write(state.resolve("full"), new byte[64 * 1024]);
    Path done = directory.resolve("done");

    saysThatTheDiskIsFull(cli("copy: {src: config.yaml, dest: " + config + "}"));
    saysThatTheDiskIsFull(cli("{shell: {cmd: 'echo x >>" + done + "', job: true}}"));

    assertThat(config).hasContent(OLD);
    assertThat(in(config.getParent())).containsExactly("config.yaml");
    assertThat(done).doesNotExist();
    assertThat(in(state)).containsExactly("full");

    Files.delete(state.resolve("full"));
    run(cli("{shell: {cmd: 'echo x >>" + done + "', job: true}}")).exits(0);
    assertThat(done).hasContent("x");
  }
}
