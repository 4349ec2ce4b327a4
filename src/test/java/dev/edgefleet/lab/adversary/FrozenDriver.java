package dev.edgefleet.lab.adversary;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.RemoteProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Drives the scripts that act by name, as the version did that had them: a shell for each
 * operation, header, parameters and body on its standard input. Only that the script goes there as
 * well, in front, for the transport takes no command line of that length any more. They are kept to
 * show that the adversary can win.
 */
final class FrozenDriver implements Driver {
  private static final String DIRECTORY = "/adversary/scripts-acting-by-name/";
  private static final String PART = "#+ ";
  private static final long LIMIT_SECONDS = 20;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Connection connection;
  private final SecureRandom random = new SecureRandom();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private int step;

  FrozenDriver(Connection connection) {
    this.connection = connection;
  }

  @Override
  public String perform(Deed deed) {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    String nonce = HexFormat.of().formatHex(bytes);
    byte[] script = text(deed.script()).getBytes(StandardCharsets.UTF_8);
    String take = "dd bs=%d count=1 iflag=fullblock 2>/dev/null".formatted(script.length);
    String line =
        "env LC_MESSAGES=C sudo -n -H -u root -- /bin/sh -c 'eval \"$(%s)\"' edgefleet %s"
            .formatted(take, nonce);
    RemoteProcess process = connection.start(line);
    ScheduledFuture<?> end = clock.schedule(process::close, LIMIT_SECONDS, TimeUnit.SECONDS);
    try (process) {
      Thread.startVirtualThread(() -> drain(process.errors()));
      process.input().write(script);
      process.input().write(request(deed));
      process.input().flush();
      String answer = answer(process.output(), nonce);
      process.input().close();
      awaitExit(process);
      return answer;
    } catch (IOException e) {
      return "no answer: " + e.getMessage();
    } finally {
      end.cancel(false);
    }
  }

  private static void awaitExit(RemoteProcess process) {
    try {
      process.await(GRACE);
    } catch (Failure e) {
      // The answer is whole.
    }
  }

  // Standard input stays open until the answer is there: its end would end the operation.
  private static String answer(InputStream output, String nonce) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (true) {
      int size = output.read(buffer);
      if (size > 0) {
        answer.write(buffer, 0, size);
      }
      String text = answer.toString(StandardCharsets.ISO_8859_1);
      if (size < 0 || text.contains("\n" + nonce + " end ")) {
        return text;
      }
    }
  }

  private static void drain(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The process is gone.
    }
  }

  private byte[] request(Deed deed) {
    StringBuilder head =
        new StringBuilder(
            "edgefleet 1 %s adversary step%d 1/tester %d %d\n"
                .formatted(deed.script(), step++, deed.parameters().size(), deed.body().length));
    deed.parameters().forEach((name, value) -> head.append(name + ' ' + encode(value) + '\n'));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(deed.body());
    return bytes.toByteArray();
  }

  private static String encode(String text) {
    return text.chars()
        .mapToObj(
            c ->
                Character.isLetterOrDigit(c) || "_./:@%+=,-".indexOf(c) >= 0
                    ? Character.toString(c)
                    : String.format(Locale.ROOT, "\\0%03o", c))
        .collect(Collectors.joining());
  }

  private static String text(String script) {
    return withoutComments(load("prelude") + load(script));
  }

  private static String withoutComments(String source) {
    return source
        .lines()
        .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String load(String name) {
    try (InputStream in = FrozenDriver.class.getResourceAsStream(DIRECTORY + name + ".sh")) {
      if (in == null) {
        throw new IllegalStateException("no such script: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.startsWith(PART) ? part(line.substring(PART.length())) : line)
          .collect(Collectors.joining("\n", "", "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String part(String wanted) {
    int equals = wanted.indexOf('=');
    String text = load("parts/" + wanted.substring(equals + 1));
    return equals < 0
        ? text
        : wanted.substring(0, equals + 1) + quote(withoutComments(text).strip());
  }

  private static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
