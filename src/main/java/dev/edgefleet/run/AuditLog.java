package dev.edgefleet.run;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.audit.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where the head of a journal goes at each close, out of the reach of who owns the journal. */
public sealed interface AuditLog {
  /** What the command line says: {@code syslog}, {@code none}, or a file. */
  static AuditLog of(String word) {
    return switch (word) {
      case "syslog" -> new Syslog("logger", Duration.ofSeconds(2));
      case "none" -> new Nowhere();
      case "" -> throw new BadInput("--audit-log is empty", "give syslog, none or a file");
      default -> new Appended(Path.of(word));
    };
  }

  /**
   * Notes a close. What goes wrong is a warning: the journal is whole all the same.
   *
   * @param status how the process left the run, one word
   */
  void note(String run, String status, Seal seal, Consumer<String> warnings);

  /** What is noted, one line; holds no secret. */
  static String line(String run, String status, Seal seal) {
    return "run=%s status=%s records=%d head=%s key=%s"
        .formatted(run, status, seal.sequence(), seal.head(), seal.fingerprint());
  }

  /** Nothing is noted. */
  record Nowhere() implements AuditLog {
    @Override
    public void note(String run, String status, Seal seal, Consumer<String> warnings) {}
  }

  /**
   * The system's log, through the logger program.
   *
   * @param program logger, or where it is
   * @param longest how long it may take
   */
  record Syslog(String program, Duration longest) implements AuditLog {
    @Override
    public void note(String run, String status, Seal seal, Consumer<String> warnings) {
      String why;
      try {
        Process logger =
            new ProcessBuilder(
                    program, "-t", "edgefleet", "-p", "user.notice", "--", line(run, status, seal))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!logger.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
          logger.destroyForcibly();
          why = "logger did not end within " + longest.toMillis() + " ms";
        } else if (logger.exitValue() != 0) {
          why = "logger ended with exit code " + logger.exitValue();
        } else {
          return;
        }
      } catch (IOException e) {
        why = "logger cannot be started: " + e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        why = "interrupted";
      }
      warnings.accept(
          "the head was not noted in the system's log ("
              + why
              + "): keep it yourself, or give"
              + " --audit-log FILE");
    }
  }

  /** One line at the end of a file, on disk when it is noted. */
  record Appended(Path file) implements AuditLog {
    @Override
    public void note(String run, String status, Seal seal, Consumer<String> warnings) {
      String line = seal.at() + " " + line(run, status, seal) + "\n";
      try (FileChannel channel = open()) {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        warnings.accept("the head was not noted in " + file + " (" + e + "): keep it yourself");
      }
    }

    private FileChannel open() throws IOException {
      return Files.exists(file)
          ? FileChannel.open(file, StandardOpenOption.APPEND)
          : FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
