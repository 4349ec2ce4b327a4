package dev.edgefleet.playbook;

import dev.edgefleet.playbook.read.Keyword;
import dev.edgefleet.playbook.read.StatementKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Ansible has and this does not, each with what to write instead. The table is {@code
 * not-supported.properties}.
 */
public final class UnsupportedKeywords {
  private static final Properties REMEDIES = load();

  private UnsupportedKeywords() {}

  /** For a word of a play, or of anything in a list of tasks. */
  public static Optional<String> forWord(StatementKind statement, String word) {
    String section =
        switch (statement) {
          case PLAY, IMPORT_PLAYBOOK -> "play.";
          case LOOP_CONTROL -> "loop_control.";
          case ROLLOUT, WAVE, GATE -> "rollout.";
          case BLOCK, TASK, HANDLER, IMPORT_TASKS, META -> "task.";
        };
    return remedy(section + word)
        .or(() -> word.startsWith("with_") ? loop(word) : Optional.empty());
  }

  /** For a module of Ansible's. */
  public static Optional<String> forModule(String name) {
    return remedy("module." + name)
        .or(() -> name.startsWith("win_") ? remedy("module.win_*") : Optional.empty());
  }

  /** For a value of a word that Ansible takes. */
  public static Optional<String> forValue(Keyword word, String value) {
    return remedy("value." + word.text() + "." + value).or(() -> remedy("value." + word.text()));
  }

  /** The names of the modules in the table. */
  static Set<String> modules() {
    Set<String> names = new TreeSet<>();
    for (String key : REMEDIES.stringPropertyNames()) {
      if (key.startsWith("module.") && !key.endsWith("*")) {
        names.add(key.substring("module.".length()));
      }
    }
    return names;
  }

  private static Optional<String> loop(String word) {
    return remedy("with." + word.substring("with_".length()))
        .or(() -> Optional.of("write loop: with an expression that gives the list"));
  }

  private static Optional<String> remedy(String key) {
    return Optional.ofNullable(REMEDIES.getProperty(key));
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(
            UnsupportedKeywords.class.getResourceAsStream("/playbook/not-supported.properties"))) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
