package dev.edgefleet.remote;

import dev.edgefleet.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The shells a device may have, each with the programs it would have beside it. */
public enum Shells {
  DASH("dash", "dash"),
  BASH("bash", "bash"),
  /** With its own applets and nothing of coreutils. */
  BUSYBOX("busybox", "busybox-static");

  private static final Set<String> NEVER =
      Set.of("systemctl", "journalctl", "iotedge", "sudo", "selinuxenabled", "restorecon");

  private final String program;
  private final String debianPackage;

  Shells(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /** As it stands in a command line. */
  public String command() {
    Path path = Peer.require(program, debianPackage);
    return this == BUSYBOX ? path + " sh" : path.toString();
  }

  /**
   * Fills a directory with links to the programs of such a device.
   *
   * @param without names to leave out
   */
  public void fill(Path directory, List<String> without) {
    try {
      Files.createDirectories(directory);
      if (this == BUSYBOX) {
        Path busybox = Peer.require(program, debianPackage);
        Process install =
            new ProcessBuilder(busybox.toString(), "--install", "-s", directory.toString()).start();
        if (install.waitFor() != 0) {
          throw new IllegalStateException("busybox --install failed");
        }
      } else {
        for (String from : List.of("/usr/bin", "/bin")) {
          try (Stream<Path> programs = Files.list(Path.of(from))) {
            for (Path found : (Iterable<Path>) programs::iterator) {
              Path link = directory.resolve(found.getFileName());
              if (!NEVER.contains(found.getFileName().toString())
                  && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, found);
              }
            }
          }
        }
      }
      for (String name : without) {
        Files.deleteIfExists(directory.resolve(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the shell runs its own program of that name, whatever PATH holds. */
  public boolean bringsItself(Path programs, String name) {
    return this == BUSYBOX && Files.exists(programs.resolve(name));
  }

  /** Removes a directory with all it holds. */
  public static void removeTree(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
