package dev.edgefleet.inventory;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** An executable that prints an inventory. */
record InventoryScript(Path file) {
  private static final int SECONDS = 60;
  private static final int LINES_SHOWN = 5;
  private static final Executor THREADS = Thread::startVirtualThread;

  /**
   * What it prints.
   *
   * @return empty when it prints nothing
   * @throws BadInput when it cannot be started, fails, takes more than a minute, or prints no JSON
   *     object
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
    CompletableFuture<String> out = text(process.getInputStream());
    CompletableFuture<String> errors = text(process.getErrorStream());
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw failed(command, "did not end within " + SECONDS + " s", "");
      }
      if (process.exitValue() != 0) {
        throw failed(command, "ended with exit code " + process.exitValue(), errors.join());
      }
      return out.join();
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

  private static CompletableFuture<String> text(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException cutShort) {
            return "";
          }
        },
        THREADS);
  }
}
