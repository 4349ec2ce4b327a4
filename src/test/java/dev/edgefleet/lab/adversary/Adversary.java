package dev.edgefleet.lab.adversary;

import dev.edgefleet.Peer;
import dev.edgefleet.lab.Lab;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code lab/adversary} at work on a device, under an account that may do nothing there. Its orders
 * come through a pipe from this machine, so that it owes nothing to what it attacks.
 */
final class Adversary implements AutoCloseable {
  static final String ACCOUNT = "mallory";

  private final Process process;
  private final InputStream answers;
  private final OutputStream orders;

  private Adversary(Process process) {
    this.process = process;
    this.answers = new BufferedInputStream(process.getInputStream());
    this.orders = process.getOutputStream();
  }

  /**
   * Compiles it and starts it on the device, where the account is.
   *
   * @param work where this machine puts the program
   */
  static Adversary on(Lab lab, String device, DeviceFiles files, Path work) {
    Path program = compile(work);
    DeviceFiles.run(() -> Files.copy(program, files.at("/usr/local/bin/adversary")));
    DeviceFiles.run(
        () -> Files.setAttribute(files.at("/usr/local/bin/adversary"), "unix:mode", 0755));
    String uid = String.valueOf(Ground.ADVERSARY);
    // Before the operations' own processes, as it would be on a device with nothing else to do.
    List<String> command =
        List.of(
            "nice",
            "-n",
            "-10",
            Peer.require("nsenter", "util-linux").toString(),
            "--target",
            String.valueOf(lab.process(device).pid()),
            "--mount",
            "--uts",
            "--ipc",
            "--net",
            "--pid",
            "--root",
            "--wdns=/",
            "--setuid",
            uid,
            "--setgid",
            uid,
            "/usr/local/bin/adversary",
            Victims.DIRECTORY);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Adversary adversary = new Adversary(process);
      adversary.expect("adversary " + uid);
      return adversary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path compile(Path work) {
    Path program = work.resolve("adversary");
    List<String> command =
        new ArrayList<>(
            List.of(
                Peer.require("gcc", "gcc libc6-dev").toString(),
                "-std=c17",
                "-D_GNU_SOURCE",
                "-O2",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-static",
                "-pthread",
                "-o",
                program.toString()));
    try {
      Files.createDirectories(work);
      try (Stream<Path> sources = Files.list(Path.of("lab/adversary"))) {
        sources.map(Path::toString).filter(name -> name.endsWith(".c")).forEach(command::add);
      }
      Process gcc = new ProcessBuilder(command).inheritIO().start();
      if (gcc.waitFor() != 0) {
        throw new AssertionError("the adversary does not compile");
      }
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * @param plan words of its command {@code attack}; none to wait
   */
  void attack(String plan) {
    order("attack " + plan);
    expect("attacking");
  }

  /** Gives back what it holds. */
  void calm() {
    order("calm");
    expect("calm");
  }

  /** What it saw and did since the last time; fails when some of it was lost. */
  List<Act> log() {
    order("log");
    String[] head = line().split(" ", -1);
    if (!head[2].equals("0")) {
      throw new AssertionError("the adversary had no room for its log: " + head[2] + " lines lost");
    }
    try {
      byte[] text = answers.readNBytes(Integer.parseInt(head[1]));
      return new String(text, StandardCharsets.UTF_8).lines().map(Act::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void order(String order) {
    try {
      orders.write((order + "\n").getBytes(StandardCharsets.US_ASCII));
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the adversary is gone", e);
    }
  }

  private void expect(String answer) {
    String line = line();
    if (!line.equals(answer)) {
      throw new AssertionError("the adversary says '%s', not '%s'".formatted(line, answer));
    }
  }

  private String line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int next = answers.read(); next != '\n'; next = answers.read()) {
        if (next < 0) {
          throw new AssertionError("the adversary is gone");
        }
        line.write(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    // The end of its orders is its own end.
    DeviceFiles.run(orders::close);
    try {
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
