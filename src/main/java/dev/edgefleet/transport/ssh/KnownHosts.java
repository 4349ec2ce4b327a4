package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.config.hosts.KnownHostHashValue;
import org.jspecify.annotations.Nullable;

/**
 * An OpenSSH known_hosts file, read once, and the keys accepted since. Lines that cannot be read
 * are passed over, as OpenSSH does: their hosts are unknown. Safe for use by many threads.
 */
final class KnownHosts {
  private record Line(int number, String marker, KnownHostEntry hosts, HostKey key) {}

  // Of the whole program: a file lock is held by the JVM, not by one of these objects.
  private static final ReentrantLock APPENDING = new ReentrantLock();

  private final Path file;
  // A line that names its hosts in full is found by name; only the others are tried one by one.
  private final Map<String, List<Line>> byName = new HashMap<>();
  private final List<Line> byPattern = new ArrayList<>();
  private final Map<String, HostKey> accepted = new ConcurrentHashMap<>();

  private KnownHosts(Path file) {
    this.file = file;
  }

  /**
   * Reads a file; one that does not exist is an empty one.
   *
   * @throws BadInput when it exists and cannot be read
   */
  static KnownHosts read(Path file) {
    KnownHosts result = new KnownHosts(file);
    try {
      int number = 0;
      for (String text : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
        result.add(++number, text.strip());
      }
    } catch (NoSuchFileException e) {
      return result;
    } catch (IOException e) {
      throw new BadInput(
          "The known hosts file " + file + " cannot be read",
          "Make it readable for the user who runs edgefleet, or name another one.");
    }
    return result;
  }

  private void add(int number, String text) {
    Line line = parse(number, text);
    if (line == null) {
      return;
    }
    String hosts = text.split("\\s+", 3)[line.marker.isEmpty() ? 0 : 1];
    if (hosts.startsWith("|") || hosts.matches(".*[*?!].*")) {
      byPattern.add(line);
      return;
    }
    for (String host : hosts.toLowerCase(Locale.ROOT).split(",", -1)) {
      String name = host.matches("\\[.*]:22") ? host.substring(1, host.length() - 4) : host;
      byName.computeIfAbsent(name, n -> new ArrayList<>()).add(line);
    }
  }

  private static @Nullable Line parse(int number, String text) {
    try {
      KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(text);
      if (entry == null) {
        return null;
      }
      String marker = entry.getMarker() == null ? "" : entry.getMarker();
      HostKey key = new HostKey(entry.getKeyEntry().getKeyType(), entry.getKeyEntry().getKeyData());
      return new Line(number, marker, entry, key);
    } catch (RuntimeException unreadable) {
      return null;
    }
  }

  /** What is on record for the key that this host showed. */
  HostKeyVerdict check(String host, int port, HostKey shown) {
    List<Line> lines = linesFor(host, port);
    for (Line line : lines) {
      if (line.marker.equals("revoked") && line.key.equals(shown)) {
        return new HostKeyVerdict.Revoked(place(line));
      }
    }
    List<Line> keys = lines.stream().filter(line -> line.marker.isEmpty()).toList();
    if (keys.stream().anyMatch(line -> line.key.equals(shown))) {
      return new HostKeyVerdict.Known();
    }
    if (!keys.isEmpty()) {
      Line line =
          keys.stream()
              .filter(one -> one.key.type().equals(shown.type()))
              .findFirst()
              .orElse(keys.getFirst());
      return new HostKeyVerdict.Changed(place(line), line.key);
    }
    HostKey before = accepted.get(name(host, port));
    if (before != null) {
      return before.equals(shown)
          ? new HostKeyVerdict.Known()
          : new HostKeyVerdict.Changed(file.toString(), before);
    }
    if (port != 22 && portless(host, shown)) {
      return new HostKeyVerdict.Known();
    }
    return new HostKeyVerdict.Unknown(
        lines.stream()
            .filter(line -> line.marker.equals("cert-authority"))
            .map(this::place)
            .findFirst());
  }

  // As OpenSSH: a server on another port may show a key that is on record for its host.
  private boolean portless(String host, HostKey shown) {
    return linesFor(host, 22).stream()
        .anyMatch(line -> line.marker.isEmpty() && line.key.equals(shown));
  }

  /** Types of the keys on record for a host, in the order of the file. */
  Set<String> keyTypes(String host, int port) {
    Set<String> types = new LinkedHashSet<>();
    for (Line line : linesFor(host, port)) {
      if (line.marker.isEmpty()) {
        types.add(line.key.type());
      }
    }
    HostKey key = accepted.get(name(host, port));
    if (key != null) {
      types.add(key.type());
    }
    return types;
  }

  /**
   * Trusts a host's first key from now on; several connections may race to do so.
   *
   * @return whether this call was the one that added it
   */
  boolean accept(String host, int port, HostKey key) {
    return accepted.putIfAbsent(name(host, port), key) == null;
  }

  /**
   * Adds an accepted key to the file, in one write, creating file and folder when missing.
   *
   * @throws Refused when the file cannot be written
   */
  void append(String host, int port, HostKey key) {
    APPENDING.lock();
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        // Other programs append to this file too; the lock is released with the channel.
        channel.lock();
        long end = channel.size();
        String line = (endsInLine(channel, end) ? "" : "\n") + name(host, port) + " ";
        byte[] bytes = (line + key.columns() + "\n").getBytes(StandardCharsets.US_ASCII);
        if (channel.write(ByteBuffer.wrap(bytes), end) != bytes.length) {
          channel.truncate(end);
          throw new IOException("disk full");
        }
        channel.force(true);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new Refused(
          "The host key of " + host + " could not be added to " + file + ": " + e.getMessage(),
          "Make the file writable for the user who runs edgefleet.",
          e);
    } finally {
      APPENDING.unlock();
    }
  }

  private static boolean endsInLine(FileChannel channel, long end) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return end == 0 || (channel.read(last, end - 1) == 1 && last.get(0) == '\n');
  }

  private List<Line> linesFor(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    List<Line> result = new ArrayList<>(byName.getOrDefault(name(host, port), List.of()));
    for (Line line : byPattern) {
      if (line.hosts.isHostMatch(name, port)) {
        result.add(line);
      }
    }
    return result;
  }

  private static String name(String host, int port) {
    return KnownHostHashValue.createHostPattern(host.toLowerCase(Locale.ROOT), port);
  }

  private String place(Line line) {
    return file + ":" + line.number;
  }

  Path file() {
    return file;
  }
}
