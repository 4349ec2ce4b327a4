package dev.edgefleet.journal.key;

import dev.edgefleet.failure.BadInput;
import java.nio.file.Path;
import java.util.Map;

/**
 * The keys of the user who runs edgefleet.
 *
 * @param store opens what runs keep
 * @param signing seals journals
 */
public record Keyring(StoreKey store, SigningKey signing) {
  /** The environment variable that names another folder for the keys. */
  public static final String FOLDER_VARIABLE = "EDGEFLEET_CONFIG";

  /**
   * The keys in this folder, made at first use.
   *
   * @throws BadInput when a key cannot be read or made, is damaged, or others can read it
   */
  public static Keyring of(Path configFolder) {
    return new Keyring(StoreKey.in(configFolder), SigningKey.in(configFolder));
  }

  /** The keys in {@link #userFolder()}. */
  public static Keyring ofUser() {
    return of(userFolder());
  }

  /**
   * {@code $EDGEFLEET_CONFIG}, else {@code $XDG_CONFIG_HOME/edgefleet}, else {@code
   * ~/.config/edgefleet}.
   *
   * @throws BadInput when there is no home
   */
  public static Path userFolder() {
    return folder(System.getenv(), System.getProperty("user.home", ""));
  }

  static Path folder(Map<String, String> environment, String home) {
    String named = environment.getOrDefault(FOLDER_VARIABLE, "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    // A relative one is to be ignored, says the XDG specification.
    Path xdg = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""));
    if (xdg.isAbsolute()) {
      return xdg.resolve("edgefleet");
    }
    if (!Path.of(home).isAbsolute()) {
      throw new BadInput(
          "this user has no home folder where edgefleet's keys could be",
          "name a folder for them with the environment variable " + FOLDER_VARIABLE);
    }
    return Path.of(home).resolve(".config").resolve("edgefleet");
  }
}
