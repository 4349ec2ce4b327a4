package dev.edgefleet.transport.ssh.hostkey;

import dev.edgefleet.transport.ssh.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * What several known_hosts files say of one server. They are searched when this is made, because
 * keys are checked where nothing may take long.
 */
public final class TrustedKeys {
  private record Found(KnownHosts file, KnownHostsLine line) {
    String place() {
      return file.place(line);
    }
  }

  private final String name;
  private final List<KnownHosts> userFiles;
  private final boolean acceptNew;
  private final List<Found> records;
  private final List<Found> withoutPort;

  /**
   * @param userFiles at least one; new keys are added to the first
   */
  public TrustedKeys(Endpoint endpoint, List<KnownHosts> userFiles, List<KnownHosts> globalFiles) {
    this.name = endpoint.keyName();
    this.userFiles = userFiles;
    this.acceptNew = endpoint.knownHosts().acceptNew();
    List<KnownHosts> all = new ArrayList<>(userFiles);
    all.addAll(globalFiles);
    this.records = records(all, name);
    this.withoutPort = endpoint.keyNameWithoutPort().map(n -> records(all, n)).orElse(List.of());
  }

  private static List<Found> records(List<KnownHosts> files, String name) {
    return files.stream()
        .flatMap(file -> file.lines(name).stream().map(line -> new Found(file, line)))
        .toList();
  }

  /** What is on record for the key that this server showed. */
  HostKeyVerdict check(HostKey shown) {
    Optional<String> revoked = placeOfRevoked(shown::equals);
    if (revoked.isPresent()) {
      return new HostKeyVerdict.Revoked(revoked.get());
    }
    List<Found> keys = plain(records);
    if (keys.stream().anyMatch(one -> one.line().key().equals(shown))) {
      return new HostKeyVerdict.Known();
    }
    if (!keys.isEmpty()) {
      Found one =
          keys.stream()
              .filter(key -> key.line().key().type().equals(shown.type()))
              .findFirst()
              .orElse(keys.getFirst());
      return new HostKeyVerdict.Changed(one.place(), one.file().file(), one.line().key());
    }
    Optional<HostKey> before = acceptedBefore();
    if (before.isPresent()) {
      return before.get().equals(shown)
          ? new HostKeyVerdict.Known()
          : new HostKeyVerdict.Changed(file().toString(), file(), before.get());
    }
    if (plain(withoutPort).stream().anyMatch(one -> one.line().key().equals(shown))) {
      return new HostKeyVerdict.Known();
    }
    return new HostKeyVerdict.Unknown(authorities().map(Found::place));
  }

  /** What is on record for the authority that signed a valid certificate for this server. */
  HostKeyVerdict check(OpenSshCertificate shown) {
    HostKey authority = HostKey.of(shown.getCaPubKey());
    HostKey key = HostKey.of(shown.getCertPubKey());
    Optional<String> revoked = placeOfRevoked(one -> one.equals(authority) || one.equals(key));
    if (revoked.isPresent()) {
      return new HostKeyVerdict.Revoked(revoked.get());
    }
    return records.stream()
            .anyMatch(
                one ->
                    one.line().marker().equals("cert-authority")
                        && one.line().key().equals(authority))
        ? new HostKeyVerdict.Known()
        : check(key);
  }

  private Optional<String> placeOfRevoked(Predicate<HostKey> isIt) {
    List<Found> all = new ArrayList<>(records);
    all.addAll(withoutPort);
    return all.stream()
        .filter(one -> one.line().marker().equals("revoked") && isIt.test(one.line().key()))
        .map(Found::place)
        .findFirst();
  }

  private static List<Found> plain(List<Found> records) {
    return records.stream().filter(one -> one.line().marker().isEmpty()).toList();
  }

  private Optional<Found> authorities() {
    return records.stream().filter(one -> one.line().marker().equals("cert-authority")).findFirst();
  }

  /** Whether certificates by some authority are accepted from this server. */
  public boolean hasAuthority() {
    return authorities().isPresent();
  }

  /** Types of the keys on record, in the order of the files. */
  public Set<String> keyTypes() {
    Set<String> types = new LinkedHashSet<>();
    plain(records).forEach(one -> types.add(one.line().key().type()));
    acceptedBefore().ifPresent(key -> types.add(key.type()));
    return types;
  }

  private Optional<HostKey> acceptedBefore() {
    return userFiles.getFirst().accepted(name);
  }

  /** Whether a key that is not on record is to be trusted. */
  boolean acceptsNew() {
    return acceptNew;
  }

  /**
   * Trusts a first key from now on; several connections may race to do so.
   *
   * @return whether this call was the one that added it
   */
  boolean accept(HostKey key) {
    return userFiles.getFirst().accept(name, key);
  }

  /** Writes an accepted key down. */
  public void append(HostKey key) {
    userFiles.getFirst().append(name, key);
  }

  /** Where a new key belongs. */
  Path file() {
    return userFiles.getFirst().file();
  }
}
