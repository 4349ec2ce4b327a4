package dev.edgefleet.simulator.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** A device that knows a few commands, and the words for them. */
public final class TestVocabulary implements CommandRunner, Vocabulary {
  private static final int BLOCK = 64 * 1024;

  private final Set<String> lingering = ConcurrentHashMap.newKeySet();

  @Override
  public String emit(String output, String errors, int exitCode) {
    return "emit " + encoded(output) + " " + encoded(errors) + " " + exitCode;
  }

  @Override
  public String say(String text) {
    return "say " + text;
  }

  @Override
  public String echoInputThen(String text) {
    return "echo " + encoded(text);
  }

  @Override
  public String hashInput() {
    return "hash";
  }

  @Override
  public String countInputLate() {
    return "late";
  }

  @Override
  public String closeInputThenSay(String text) {
    return "deaf " + encoded(text);
  }

  @Override
  public String count(int blocks, int lines) {
    return "count " + blocks + " " + lines;
  }

  @Override
  public String floods(int bytes) {
    return "floods " + bytes;
  }

  @Override
  public String linger() {
    return "linger";
  }

  /** Prints nothing for so long, then a text. */
  public String sleep(int millis, String text) {
    return "sleep " + millis + " " + encoded(text);
  }

  @Override
  public boolean isGone(Connection connection, String token) {
    return !lingering.contains(token.strip());
  }

  // With a letter in front: an empty text is a word too.
  private static String encoded(String text) {
    return "b" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static byte[] decoded(String word) {
    return Base64.getDecoder().decode(word.substring(1));
  }

  @Override
  public int run(String commandLine, InputStream in, OutputStream out, OutputStream err)
      throws InterruptedException {
    try {
      return perform(commandLine, in, out, err);
    } catch (IOException ended) {
      return 1;
    }
  }

  private int perform(String commandLine, InputStream in, OutputStream out, OutputStream err)
      throws IOException, InterruptedException {
    String[] words = commandLine.split(" ", -1);
    switch (words[0]) {
      case "emit" -> {
        out.write(decoded(words[1]));
        err.write(decoded(words[2]));
        return Integer.parseInt(words[3]);
      }
      case "say" -> out.write(commandLine.substring(4).getBytes(UTF_8));
      case "echo" -> {
        in.transferTo(out);
        out.write(decoded(words[1]));
      }
      case "hash" -> out.write(hash(in).getBytes(UTF_8));
      case "late" -> {
        Thread.sleep(2000);
        out.write(String.valueOf(in.transferTo(OutputStream.nullOutputStream())).getBytes(UTF_8));
      }
      case "deaf" -> {
        in.close();
        Thread.sleep(1000);
        out.write(decoded(words[1]));
      }
      case "count" -> count(Integer.parseInt(words[1]), Integer.parseInt(words[2]), out);
      case "floods" -> {
        int bytes = Integer.parseInt(words[1]);
        Thread second = Thread.ofVirtual().start(() -> flood(bytes, err));
        flood(bytes, out);
        second.join();
      }
      case "linger" -> linger(out);
      case "sleep" -> {
        Thread.sleep(Long.parseLong(words[1]));
        out.write(decoded(words[2]));
      }
      default -> {
        err.write(("'" + words[0] + "' is not recognized\r\n").getBytes(UTF_8));
        return 9009;
      }
    }
    return 0;
  }

  private void linger(OutputStream out) throws IOException, InterruptedException {
    String token = UUID.randomUUID().toString();
    lingering.add(token);
    try {
      out.write((token + "\n").getBytes(UTF_8));
      Thread.sleep(300_000);
    } finally {
      lingering.remove(token);
    }
  }

  private static void count(int blocks, int lines, OutputStream out) throws IOException {
    for (int i = 0; i < blocks; i++) {
      StringBuilder block = new StringBuilder();
      for (int j = 1; j <= lines; j++) {
        block.append(i).append(' ').append(j).append('\n');
      }
      out.write(block.toString().getBytes(UTF_8));
    }
  }

  private static void flood(int bytes, OutputStream out) {
    try {
      for (int left = bytes; left > 0; left -= BLOCK) {
        out.write(new byte[Math.min(left, BLOCK)]);
      }
    } catch (IOException ended) {
      // Nobody reads it.
    }
  }

  private static String hash(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
