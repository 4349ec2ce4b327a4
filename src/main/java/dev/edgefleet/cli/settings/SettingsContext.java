package dev.edgefleet.cli.settings;

import dev.edgefleet.io.Ownership;
import dev.edgefleet.journal.key.Keyring;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings are looked for.
 *
 * @param environment variables
 * @param directory the current one
 * @param home of the user
 * @param user id of the user
 */
public record SettingsContext(
    Map<String, String> environment, Path directory, Path home, int user) {
  /** That of this process. */
  public static SettingsContext ofProcess() {
    return new SettingsContext(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home", "")),
        Ownership.myself());
  }

  /** The user's own file; empty for a user without a home. */
  Optional<Path> userFile() {
    return Keyring.findDirectory(environment, home.toString())
        .map(found -> absolute(found).resolve(SettingsFile.NAME));
  }

  /** Of a path as it is meant in the current directory. */
  Path absolute(Path path) {
    return directory.resolve(path).normalize();
  }

  /** The text of a variable; empty when it is not set, or to nothing. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
  }
}
