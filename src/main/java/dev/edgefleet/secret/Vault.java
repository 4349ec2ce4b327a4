package dev.edgefleet.secret;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens and makes Ansible vault envelopes, {@code $ANSIBLE_VAULT;1.1;AES256} and {@code 1.2}. Safe
 * for use by many threads.
 */
public final class Vault {
  private static final byte[] START = VaultEnvelope.START.getBytes(StandardCharsets.US_ASCII);

  private final List<VaultPassword> passwords;
  private final boolean checks;
  private final Consumer<Secret> opened;
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();
  private final Set<String> checkedIds = ConcurrentHashMap.newKeySet();

  private Vault(List<VaultPassword> passwords, boolean checks, Consumer<Secret> opened) {
    this.passwords = List.copyOf(passwords);
    this.checks = checks;
    this.opened = opened;
  }

  /**
   * A vault for those who want to know what is written and not what is in the envelopes: one is
   * refused only when its content is asked for.
   */
  public static Vault locked() {
    return new Vault(List.of(), false, secret -> {});
  }

  /**
   * A vault that these passwords open, or none if there are none.
   *
   * @param opened is told of everything that was in an envelope
   */
  public static Vault of(List<VaultPassword> passwords, Consumer<Secret> opened) {
    return new Vault(passwords, true, opened);
  }

  /** Whether this is an envelope. */
  public static boolean isEnvelope(String text) {
    return text.startsWith(VaultEnvelope.START);
  }

  /** Whether a file with this content is encrypted. */
  public static boolean isEnvelope(byte[] content) {
    return content.length >= START.length
        && Arrays.equals(content, 0, START.length, START, 0, START.length);
  }

  /** A file's content as it is meant: decrypted when it is an envelope. */
  public byte[] content(byte[] content) {
    return isEnvelope(content) ? decrypt(new String(content, StandardCharsets.US_ASCII)) : content;
  }

  /**
   * What is in an envelope. Deriving a key costs thousands of hash rounds, so each envelope is
   * opened once.
   *
   * @throws BadInput without a place when it is damaged, or no password opens it
   */
  public byte[] decrypt(String envelope) {
    return plain(VaultEnvelope.parse(envelope), Optional.empty()).clone();
  }

  /**
   * The text in an envelope. Its shape is checked at once, and the first envelope of each vault id
   * is opened at once, so that a wrong password is found before a device is touched; the others are
   * opened when first asked for, since most devices of a large inventory take no part in a run.
   *
   * @param place where the envelope stands
   * @throws BadInput with the place when it is damaged, or no password opens it
   */
  public Secret secret(String envelope, Place place) {
    try {
      VaultEnvelope parsed = VaultEnvelope.parse(envelope);
      if (checks && !checkedIds.contains(parsed.id())) {
        plain(parsed, Optional.of(place));
        checkedIds.add(parsed.id());
      }
      return Secret.lazily(() -> text(parsed, place)).from(place.toString());
    } catch (BadInput e) {
      throw e.at(place);
    }
  }

  /** Has {@code secret}, which was in an encrypted file, masked as what is in an envelope is. */
  public void tell(Secret secret) {
    opened.accept(secret);
  }

  /**
   * An envelope around these bytes, with a line feed at the end.
   *
   * @param id of the password to use
   * @throws BadInput when there is no password of this id
   */
  public String encrypt(byte[] plain, String id) {
    VaultPassword password =
        passwords.stream()
            .filter(candidate -> candidate.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new BadInput(
                        "there is no vault password with the id '" + id + "'; there is " + given(),
                        "give it with --vault-id " + id + "@FILE"));
    return VaultCipher.seal(plain, password).text();
  }

  /** The vault ids of the passwords, in the order given. */
  public List<String> ids() {
    return passwords.stream().map(VaultPassword::id).distinct().toList();
  }

  private String text(VaultEnvelope envelope, Place place) {
    try {
      return new String(plain(envelope, Optional.of(place)), StandardCharsets.UTF_8);
    } catch (BadInput e) {
      throw e.at(place);
    }
  }

  private byte[] plain(VaultEnvelope envelope, Optional<Place> place) {
    byte[] before = known.get(envelope.fingerprint());
    if (before != null) {
      return before;
    }
    // The password of the envelope's own id first; then the others, since ids are but names.
    byte[] plain =
        Stream.concat(
                passwords.stream().filter(password -> password.id().equals(envelope.id())),
                passwords.stream().filter(password -> !password.id().equals(envelope.id())))
            .flatMap(password -> VaultCipher.open(envelope, password.password()).stream())
            .findFirst()
            .orElseThrow(() -> refused(envelope.id()));
    known.put(envelope.fingerprint(), plain);
    Secret text = Secret.of(new String(plain, StandardCharsets.UTF_8));
    opened.accept(place.map(Place::toString).map(text::from).orElse(text));
    return plain;
  }

  private BadInput refused(String id) {
    boolean labelled = !id.equals(VaultPassword.DEFAULT);
    String option =
        labelled
            ? "--vault-id " + id + "@FILE (or " + id + "@prompt)"
            : "--vault-password-file FILE or --ask-vault-pass";
    String of = labelled ? " under the vault id '" + id + "'" : "";
    if (passwords.isEmpty()) {
      return new BadInput(
          "it is encrypted with Ansible Vault" + of + ", and no vault password is given",
          "give the password with " + option);
    }
    return new BadInput(
        "it is encrypted with Ansible Vault" + of + ", and no password given opens it: " + given(),
        ids().contains(id)
            ? "check that the password is the one it was encrypted with, and that it is whole"
            : "give the password with " + option);
  }

  private String given() {
    return passwords.isEmpty()
        ? "none"
        : ids().stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
  }
}
