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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * An OpenSSH known_hosts file, read once, and the keys accepted since. Lines that cannot be read
 * are passed over, as OpenSSH does: their hosts are unknown. Safe for use by many threads.
 */
final class KnownHosts {
  // Of the whole program: a file lock is held by the JVM, not by one of these objects.
  private static final ReentrantLock APPENDING = new ReentrantLock();

  private final Path file;
  // A line that names its hosts in full is found by name; only the others are tried one by one.
  private final Map<String, List<KnownHostsLine>> byName = new HashMap<>();
  private final List<KnownHostsLine> byPattern = new ArrayList<>();
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
        KnownHostsLine.parse(++number, text).ifPresent(result::add);
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

  private void add(KnownHostsLine line) {
    if (line.hosts() instanceof KnownHostsLine.Names full) {
      for (String name : full.names()) {
        byName.computeIfAbsent(name, n -> new ArrayList<>()).add(line);
      }
    } else {
      byPattern.add(line);
    }
  }

  /** What is on record for the key that this host showed. */
  HostKeyVerdict check(String host, int port, HostKey shown) {
    List<KnownHostsLine> lines = linesFor(name(host, port));
    // As OpenSSH: a server on another port may show a key that is on record for its host.
    List<KnownHostsLine> ofHost = port == 22 ? List.of() : linesFor(name(host, 22));
    Optional<KnownHostsLine> revoked =
        Stream.concat(lines.stream(), ofHost.stream())
            .filter(line -> line.marker().equals("revoked") && line.key().equals(shown))
            .findFirst();
    if (revoked.isPresent()) {
      return new HostKeyVerdict.Revoked(place(revoked.get()));
    }
    List<KnownHostsLine> keys = lines.stream().filter(line -> line.marker().isEmpty()).toList();
    if (keys.stream().anyMatch(line -> line.key().equals(shown))) {
      return new HostKeyVerdict.Known();
    }
    if (!keys.isEmpty()) {
      KnownHostsLine line =
          keys.stream()
              .filter(one -> one.key().type().equals(shown.type()))
              .findFirst()
              .orElse(keys.getFirst());
      return new HostKeyVerdict.Changed(place(line), line.key());
    }
    HostKey before = accepted.get(name(host, port));
    if (before != null) {
      return before.equals(shown)
          ? new HostKeyVerdict.Known()
          : new HostKeyVerdict.Changed(file.toString(), before);
    }
    if (ofHost.stream().anyMatch(line -> line.marker().isEmpty() && line.key().equals(shown))) {
      return new HostKeyVerdict.Known();
    }
    return new HostKeyVerdict.Unknown(
        lines.stream()
            .filter(line -> line.marker().equals("cert-authority"))
            .map(this::place)
            .findFirst());
  }

  /** Types of the keys on record for a host, in the order of the file. */
  Set<String> keyTypes(String host, int port) {
    Set<String> types = new LinkedHashSet<>();
    for (KnownHostsLine line : linesFor(name(host, port))) {
      if (line.marker().isEmpty()) {
        types.add(line.key().type());
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

  private List<KnownHostsLine> linesFor(String name) {
    List<KnownHostsLine> result = new ArrayList<>(byName.getOrDefault(name, List.of()));
    for (KnownHostsLine line : byPattern) {
      if (line.hosts().include(name)) {
        result.add(line);
      }
    }
    return result;
  }

  private static String name(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    return port == 22 ? name : "[" + name + "]:" + port;
  }

  private String place(KnownHostsLine line) {
    return file + ":" + line.number();
  }

  Path file() {
    return file;
  }
}
