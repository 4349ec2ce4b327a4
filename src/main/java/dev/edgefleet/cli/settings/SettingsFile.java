package dev.edgefleet.cli.settings;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.failure.Nearest;
import dev.edgefleet.failure.Problem;
import dev.edgefleet.secret.Secret;
import dev.edgefleet.secret.Vault;
import dev.edgefleet.yaml.YamlFile;
import dev.edgefleet.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one {@code edgefleet.yml}. */
final class SettingsFile {
  static final String NAME = "edgefleet.yml";

  private final Path file;
  private final Setting.Scope scope;
  private final SettingsContext context;
  private final List<Problem> problems = new ArrayList<>();

  private SettingsFile(Path file, Setting.Scope scope, SettingsContext context) {
    this.file = file;
    this.scope = scope;
    this.context = context;
  }

  /**
   * What it sets.
   *
   * @param scope whose file it is
   * @throws BadInput with every mistake in it
   */
  static Map<Setting, SettingValue> read(Path file, Setting.Scope scope, SettingsContext context) {
    return new SettingsFile(file, scope, context).read();
  }

  private Map<Setting, SettingValue> read() {
    if (!Files.isRegularFile(file)) {
      throw new BadInput(file + " is not a file", "write settings into a file, or remove it");
    }
    Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
    Optional<YamlNode> root = YamlFile.read(file, Vault.of(List.of(), secret -> {}));
    switch (root.orElse(null)) {
      case null -> {}
      case YamlNode.Mapping mapping ->
          mapping
              .entries()
              .forEach(entry -> entry(entry).ifPresent(v -> values.put(v.setting(), v)));
      case YamlNode other ->
          problems.add(
              Problem.at(
                  other.place(),
                  NAME + " holds settings, name: value; found " + other.kind(),
                  "a playbook or inventory needs another name"));
    }
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
    return values;
  }

  private Optional<SettingValue> entry(YamlNode.Entry entry) {
    Optional<Setting> known = Setting.of(entry.key());
    if (known.isEmpty()) {
      problems.add(
          Problem.at(
              entry.keyPlace(),
              "'" + entry.key() + "' is no setting",
              Nearest.remedy(entry.key(), Setting.keys(scope))));
      return Optional.empty();
    }
    Setting setting = known.get();
    if (scope == Setting.Scope.PLAYBOOK && setting.scope() == Setting.Scope.USER) {
      problems.add(
          Problem.at(
              entry.keyPlace(),
              "'"
                  + setting.key()
                  + "' may not be set beside a playbook: what comes with a playbook names no programs"
                  + " and nobody to trust",
              "set it in "
                  + context.userFile().map(Path::toString).orElse("your own " + NAME)
                  + ", in "
                  + setting.variable()
                  + ", or with "
                  + setting.option()));
      return Optional.empty();
    }
    try {
      return Optional.of(
          SettingValue.of(
              setting,
              texts(setting, entry.value()),
              new SettingOrigin.InFile(
                  entry.value().place(), context.absolute(file.resolveSibling("")), scope),
              context.home()));
    } catch (BadInput e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private static List<String> texts(Setting setting, YamlNode value) {
    if (setting.kind().several() && value instanceof YamlNode.Items items) {
      if (items.items().isEmpty()) {
        throw wrong(setting, value, "an empty list");
      }
      return items.items().stream().map(item -> text(setting, item)).toList();
    }
    return List.of(text(setting, value));
  }

  private static String text(Setting setting, YamlNode node) {
    boolean number = setting.kind() == Setting.Kind.NUMBER;
    if (node instanceof YamlNode.Scalar scalar
        && (number ? scalar.value() instanceof Number : scalar.value() instanceof String)) {
      return number ? String.valueOf(scalar.value()) : scalar.text();
    }
    throw wrong(setting, node, node.kind());
  }

  private static BadInput wrong(Setting setting, YamlNode node, String found) {
    boolean secret = node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Secret;
    String wanted =
        switch (setting.kind()) {
          case NUMBER -> "a number";
          case PATH -> "a path";
          case SSH_ARGUMENTS -> "a text";
          case INVENTORIES -> "a path or a list of them";
          case VAULT_IDS -> "a text or a list of them";
        };
    return new BadInput(
        Problem.at(
            node.place(),
            "'" + setting.key() + "' is " + wanted + ", found " + found,
            secret
                ? "settings hold no secrets: name a file or a program that has it"
                : found.equals("a number") || found.equals("a boolean")
                    ? "put it in quotes"
                    : "write " + wanted));
  }
}
