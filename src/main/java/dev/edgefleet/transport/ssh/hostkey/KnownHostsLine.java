package dev.edgefleet.transport.ssh.hostkey;

import dev.edgefleet.io.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a known_hosts file, read as OpenSSH does (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT").
 * The library has a reader too, but there a pattern without a port never matches a port other than
 * 22, so that {@code @revoked *} would not hold for it.
 *
 * @param number from 1
 * @param marker {@code revoked}, {@code cert-authority} or empty
 * @param hosts the first column, in lower case unless hashed
 * @param key what the host showed once
 */
record KnownHostsLine(int number, String marker, Hosts hosts, HostKey key) {
  /** Which hosts a line is for. */
  sealed interface Hosts {
    /**
     * @param name {@code host}, or {@code [host]:port} when the port is not 22; in lower case
     */
    boolean include(String name);
  }

  /** Hosts in full. */
  record Names(List<String> names) implements Hosts {
    @Override
    public boolean include(String name) {
      return names.contains(name);
    }
  }

  /** Hosts by wildcards; one that excludes the host outweighs all that include it. */
  record Patterns(List<Pattern> including, List<Pattern> excluding) implements Hosts {
    @Override
    public boolean include(String name) {
      return including.stream().anyMatch(pattern -> pattern.matcher(name).matches())
          && excluding.stream().noneMatch(pattern -> pattern.matcher(name).matches());
    }
  }

  /**
   * One host, hashed so that nobody can read its name here.
   *
   * @param inner what HMAC puts before the text: the salt, padded
   * @param outer what it puts before the hash of that
   * @param hash the result
   */
  record Hashed(byte[] inner, byte[] outer, byte[] hash) implements Hosts {
    private static final int BLOCK = 64;

    static Hashed of(byte[] salt, byte[] hash) {
      byte[] inner = Arrays.copyOf(salt, BLOCK);
      byte[] outer = inner.clone();
      for (int i = 0; i < BLOCK; i++) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5c;
      }
      return new Hashed(inner, outer, hash);
    }

    @Override
    public boolean include(String name) {
      return include(name.getBytes(StandardCharsets.UTF_8), sha1());
    }

    // By hand, because setting up a Mac costs several times what it then computes, and a fleet's
    // thousands of names are each tried against thousands of lines.
    boolean include(byte[] name, MessageDigest sha1) {
      sha1.update(inner);
      byte[] first = sha1.digest(name);
      sha1.update(outer);
      return MessageDigest.isEqual(hash, sha1.digest(first));
    }

    static MessageDigest sha1() {
      return Hash.start("SHA-1");
    }
  }

  /** Reads a line; empty for a comment, a blank line, and one that makes no sense. */
  static Optional<KnownHostsLine> parse(int number, String text) {
    if (text.isBlank() || text.startsWith("#")) {
      return Optional.empty();
    }
    boolean marked = text.startsWith("@");
    List<String> words = Arrays.asList(text.strip().split("\\s+", marked ? 5 : 4));
    List<String> columns = words.subList(marked ? 1 : 0, words.size());
    if (columns.size() < 3) {
      return Optional.empty();
    }
    try {
      HostKey key = new HostKey(columns.get(1), Base64.getDecoder().decode(columns.get(2)));
      String marker = marked ? words.getFirst().substring(1) : "";
      return Optional.of(new KnownHostsLine(number, marker, hosts(columns.getFirst()), key));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Hosts hosts(String column) {
    if (column.startsWith("|1|")) {
      String[] parts = column.split("\\|", 4);
      if (parts.length < 4) {
        throw new IllegalArgumentException(column);
      }
      return Hashed.of(Base64.getDecoder().decode(parts[2]), Base64.getDecoder().decode(parts[3]));
    }
    List<String> names = Arrays.asList(column.toLowerCase(Locale.ROOT).split(",", -1));
    if (names.stream().noneMatch(name -> name.startsWith("!") || name.matches(".*[*?].*"))) {
      return new Names(names.stream().map(KnownHostsLine::withoutDefaultPort).toList());
    }
    return new Patterns(
        names.stream().filter(n -> !n.startsWith("!")).map(KnownHostsLine::glob).toList(),
        names.stream().filter(n -> n.startsWith("!")).map(n -> glob(n.substring(1))).toList());
  }

  private static String withoutDefaultPort(String name) {
    return name.startsWith("[") && name.endsWith("]:22")
        ? name.substring(1, name.length() - "]:22".length())
        : name;
  }

  private static Pattern glob(String wildcards) {
    StringBuilder regex = new StringBuilder();
    wildcards
        .chars()
        .forEach(
            c ->
                regex.append(
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    }));
    return Pattern.compile(regex.toString());
  }
}
