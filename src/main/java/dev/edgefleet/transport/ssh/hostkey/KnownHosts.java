package dev.edgefleet.transport.ssh.hostkey;

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
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An OpenSSH known_hosts file, read once, and the keys accepted since. Lines that cannot be read
 * are passed over, as OpenSSH does: their hosts are unknown. Safe for use by many threads.
 */
public final class KnownHosts {
  // Of the whole program: a file lock is held by the JVM, not by one of these objects.
  private static final ReentrantLock APPENDING = new ReentrantLock();

  private final Path file;
  // A line that names its hosts in full is found by name; only the others are tried one by one.
  private final Map<String, List<KnownHostsLine>> byName = new HashMap<>();
  private final List<KnownHostsLine> byPattern = new ArrayList<>();
  // A hashed line is for one name: once that is found, no other name is tried against it.
  private final Set<KnownHostsLine> byHash = ConcurrentHashMap.newKeySet();
  private final Map<String, List<KnownHostsLine>> found = new ConcurrentHashMap<>();
  private final Map<String, HostKey> accepted = new ConcurrentHashMap<>();

  private KnownHosts(Path file) {
    this.file = file;
  }

  /**
   * Reads a file; one that does not exist is an empty one.
   *
   * @throws BadInput when it exists and cannot be read
   */
  public static KnownHosts read(Path file) {
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
    switch (line.hosts()) {
      case KnownHostsLine.Names full ->
          full.names()
              .forEach(name -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(line));
      case KnownHostsLine.Patterns patterns -> byPattern.add(line);
      case KnownHostsLine.Hashed hashed -> byHash.add(line);
    }
  }

  /** The lines for a name, in the order of the file. */
  List<KnownHostsLine> lines(String name) {
    return found.computeIfAbsent(name, this::search);
  }

  private List<KnownHostsLine> search(String name) {
    List<KnownHostsLine> result = new ArrayList<>(byName.getOrDefault(name, List.of()));
    for (KnownHostsLine line : byPattern) {
      if (line.hosts().include(name)) {
        result.add(line);
      }
    }
    MessageDigest sha1 = KnownHostsLine.Hashed.sha1();
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    List<KnownHostsLine> hashed =
        byHash.stream()
            .filter(
                line -> line.hosts() instanceof KnownHostsLine.Hashed h && h.include(bytes, sha1))
            .toList();
    hashed.forEach(byHash::remove);
    result.addAll(hashed);
    result.sort(Comparator.comparingInt(KnownHostsLine::number));
    return List.copyOf(result);
  }

  /** A key that was accepted in this run. */
  Optional<HostKey> accepted(String name) {
    return Optional.ofNullable(accepted.get(name));
  }

  /**
   * Trusts a host's first key from now on; several connections may race to do so.
   *
   * @return whether this call was the one that added it
   */
  boolean accept(String name, HostKey key) {
    return accepted.putIfAbsent(name, key) == null;
  }

  /**
   * Adds an accepted key to the file, in one write, creating file and directory when missing.
   *
   * @throws Refused when the file cannot be written
   */
  void append(String name, HostKey key) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // /dev/null, as many have it for machines that come and go.
      return;
    }
    APPENDING.lock();
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null && !Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
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
        String line = (endsInLine(channel, end) ? "" : "\n") + name + " ";
        byte[] bytes = (line + key.columns() + "\n").getBytes(StandardCharsets.US_ASCII);
        if (channel.write(ByteBuffer.wrap(bytes), end) != bytes.length) {
          channel.truncate(end);
          throw new IOException("disk full");
        }
        channel.force(true);
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new Refused(
          "The host key of " + name + " could not be added to " + file + ": " + e.getMessage(),
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

  String place(KnownHostsLine line) {
    return file + ":" + line.number();
  }

  Path file() {
    return file;
  }
}
