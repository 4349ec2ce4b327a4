package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An executable that prints an inventory. */
record InventoryScript(Path file, Duration limit) {
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(60);
  private static final int MOST_BYTES = 64 << 20;
  private static final int LINES_SHOWN = 5;
  private static final Executor THREADS = Thread::startVirtualThread;

  InventoryScript(Path file) {
    this(file, USUAL_LIMIT);
  }

  /**
   * What it prints.
   *
   * @return empty when it prints nothing
   * @throws BadInput when it cannot be started, fails, takes longer than the limit, prints more
   *     than 64 MiB, or prints no JSON object
   */
  Optional<YamlNode.Mapping> json(List<String> arguments, Vault vault) {
    String command = file + " " + String.join(" ", arguments);
    return JsonText.parse(output(command, arguments), command, vault)
        .map(
            root -> {
              if (root instanceof YamlNode.Mapping mapping) {
                return mapping;
              }
              throw new BadInput(
                  Problem.at(
                      root.place(),
                      "an inventory script prints a JSON object, found " + root.kind(),
                      "run it by hand: " + command));
            });
  }

  private String output(String command, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(file.toAbsolutePath().toString()));
    words.addAll(arguments);
    Process process;
    try {
      process = new ProcessBuilder(words).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new BadInput(
          "the inventory script " + file + " cannot be started: " + e.getMessage(),
          "check its first line, and that what it names is installed");
    }
    long ends = System.nanoTime() + limit.toNanos();
    CompletableFuture<byte[]> out = bytes(process.getInputStream());
    CompletableFuture<byte[]> errors = bytes(process.getErrorStream());
    try {
      // What it leaves in the background may hold its output open for longer than it runs itself.
      String printed = text(command, out, ends);
      if (!process.waitFor(ends - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw tooLong(command);
      }
      if (process.exitValue() != 0) {
        String complaint = text(command, errors, ends);
        throw failed(command, "ended with exit code " + process.exitValue(), complaint);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(command, "was interrupted", "");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static BadInput failed(String command, String how, String errors) {
    List<String> lines = errors.lines().filter(line -> !line.isBlank()).toList();
    String shown =
        String.join("\n    ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    return new BadInput(
        "the inventory script " + command + " " + how + (shown.isEmpty() ? "" : ":\n    " + shown),
        "run it by hand and mend it");
  }

  private BadInput tooLong(String command) {
    return failed(command, "did not end within " + limit.toSeconds() + " s", "");
  }

  private String text(String command, CompletableFuture<byte[]> printed, long ends)
      throws InterruptedException {
    try {
      byte[] bytes = printed.get(ends - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (bytes.length > MOST_BYTES) {
        throw failed(command, "printed more than " + (MOST_BYTES >> 20) + " MiB", "");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      throw tooLong(command);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static CompletableFuture<byte[]> bytes(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return stream.readNBytes(MOST_BYTES + 1);
          } catch (IOException cutShort) {
            return new byte[0];
          }
        },
        THREADS);
  }
}
