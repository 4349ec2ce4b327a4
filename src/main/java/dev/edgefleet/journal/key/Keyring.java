package dev.edgefleet.journal.key;

import dev.edgefleet.failure.BadInput;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of the user who runs edgefleet.
 *
 * @param store opens what runs keep
 * @param signing seals journals
 */
public record Keyring(StoreKey store, SigningKey signing) {
  /** The environment variable that names another directory for the keys. */
  public static final String DIRECTORY_VARIABLE = "EDGEFLEET_CONFIG";

  /**
   * The keys in this directory, made at first use.
   *
   * @throws BadInput when a key cannot be read or made, is damaged, or others can read it
   */
  public static Keyring of(Path configDirectory) {
    return new Keyring(StoreKey.in(configDirectory), SigningKey.in(configDirectory));
  }

  /** The keys in {@link #userDirectory()}. */
  public static Keyring ofUser() {
    return of(userDirectory());
  }

  /**
   * {@code $EDGEFLEET_CONFIG}, else {@code $XDG_CONFIG_HOME/edgefleet}, else {@code
   * ~/.config/edgefleet}.
   *
   * @throws BadInput when there is no home
   */
  public static Path userDirectory() {
    return directory(System.getenv(), System.getProperty("user.home", ""));
  }

  static Path directory(Map<String, String> environment, String home) {
    return findDirectory(environment, home)
        .orElseThrow(
            () ->
                new BadInput(
                    "this user has no home directory where edgefleet's keys could be",
                    "name a directory for them with the environment variable "
                        + DIRECTORY_VARIABLE));
  }

  /** As {@link #userDirectory()}, for any user; empty when there is no home. */
  public static Optional<Path> findDirectory(Map<String, String> environment, String home) {
    String named = environment.getOrDefault(DIRECTORY_VARIABLE, "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    // A relative one is to be ignored, says the XDG specification.
    Path xdg = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
    if (xdg.isAbsolute()) {
      return Optional.of(xdg.resolve("edgefleet"));
    }
    return Optional.of(Path.of(home).resolve(".config").resolve("edgefleet"))
        .filter(Path::isAbsolute);
  }
}
