package dev.edgefleet.transport.ssh.hostkey;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was taken out of one known_hosts file, as {@code ssh-keygen -R} does: lines that name the
 * host, be it hashed, with all their names. Lines with wildcards are of other hosts, too, and those
 * of authorities and of revoked keys are no host's: they stay.
 *
 * @param removed each line's place, type and fingerprint
 * @param kept places of lines with wildcards that still hold for the host
 * @param copy the file as it was; empty when nothing was removed
 */
public record ForgottenKeys(List<String> removed, List<String> kept, Optional<Path> copy) {
  /**
   * Takes the keys of a host out of a file; one that does not exist has none.
   *
   * @param name {@code host}, or {@code [host]:port} when the port is not 22
   * @throws BadInput when the file cannot be read or replaced
   */
  public static ForgottenKeys of(Path file, String name) {
    try {
      return Files.isRegularFile(file) ? take(file.toRealPath(), file, name) : nothing();
    } catch (IOException e) {
      throw new BadInput(
          "the known hosts file " + file + " cannot be changed: " + e.getMessage(),
          "make it and its directory writable for the user who runs edgefleet");
    }
  }

  private static ForgottenKeys nothing() {
    return new ForgottenKeys(List.of(), List.of(), Optional.empty());
  }

  private static ForgottenKeys take(Path real, Path shown, String name) throws IOException {
    List<String> removed = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    int number = 0;
    // Split behind each line's end: whatever the last line ends with stays.
    for (String text : Files.readString(real, StandardCharsets.ISO_8859_1).split("(?<=\n)", -1)) {
      Optional<KnownHostsLine> line =
          KnownHostsLine.parse(++number, text)
              .filter(one -> one.marker().isEmpty() && one.hosts().include(name));
      String place = shown + ":" + number;
      if (line.isPresent() && line.get().hosts() instanceof KnownHostsLine.Patterns) {
        kept.add(place);
      } else if (line.isPresent()) {
        HostKey key = line.get().key();
        removed.add(place + ": " + key.type() + " " + key.fingerprint());
        continue;
      }
      rest.append(text);
    }
    if (removed.isEmpty()) {
      return new ForgottenKeys(removed, kept, Optional.empty());
    }
    Path copy = real.resolveSibling(real.getFileName() + ".old");
    byte[] old = Files.readAllBytes(real);
    byte[] left = rest.toString().getBytes(StandardCharsets.ISO_8859_1);
    AtomicFile.replace(copy, out -> out.write(old), AtomicFile.like(real));
    AtomicFile.replace(real, out -> out.write(left), AtomicFile.like(real));
    return new ForgottenKeys(removed, kept, Optional.of(copy));
  }
}
