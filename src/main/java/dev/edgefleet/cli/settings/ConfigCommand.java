package dev.edgefleet.cli.settings;

import dev.edgefleet.cli.Edgefleet;
import dev.edgefleet.progress.Json;
import dev.edgefleet.terminal.Messages;
import dev.edgefleet.terminal.Style;
import dev.edgefleet.terminal.Table;
import dev.edgefleet.terminal.TerminalText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code edgefleet config}. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the settings in force, and where each is from.",
    footer = {
      "",
      "Each setting stands for the option of its name: known_hosts for --known-hosts. It counts, from"
          + " strong to weak: what is given on the command line; EDGEFLEET_KNOWN_HOSTS in the"
          + " environment; edgefleet.yml beside the playbook, for runs, inventory and concurrency;"
          + " your own edgefleet.yml."
    })
public final class ConfigCommand implements Callable<Integer> {
  private static final String BY_DEFAULT = "default";

  @Option(
      names = "--playbook-dir",
      paramLabel = "DIR",
      description = "A playbook's directory, for edgefleet.yml there (default: the current one).")
  private Path playbookDirectory = Path.of("");

  @Option(names = "--json", description = "Print a JSON document, for machines.")
  private boolean json;

  @ParentCommand private Edgefleet program = new Edgefleet();

  /** One setting as it is printed; {@code value} is a text, a list, or null when there is none. */
  record Shown(String name, @Nullable Object value, String from) {}

  @Override
  public Integer call() {
    SettingsContext context = program.settingsContext();
    SettingsInForce settings = SettingsInForce.read(context, playbookDirectory);
    Optional<AnsibleConfig> ansible = AnsibleConfig.find(context, playbookDirectory);
    List<Shown> shown = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      shown.add(shown(setting, Optional.ofNullable(settings.values().get(setting))));
    }
    if (json) {
      Json.print(document(shown, settings, ansible), System.out);
    } else {
      print(shown, settings, ansible);
    }
    return 0;
  }

  private static Shown shown(Setting setting, Optional<SettingValue> value) {
    return value
        .map(
            set ->
                new Shown(
                    setting.key(),
                    setting.kind().several() ? set.values() : set.values().getFirst(),
                    set.origin().shown()))
        .orElseGet(
            () ->
                new Shown(
                    setting.key(),
                    setting.byDefault().isEmpty() ? null : setting.byDefault(),
                    BY_DEFAULT));
  }

  private static Map<String, Object> document(
      List<Shown> shown, SettingsInForce settings, Optional<AnsibleConfig> ansible) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("settings", shown);
    document.put(
        "files",
        settings.files().stream()
            .map(file -> Map.of("file", file.file().toString(), "found", file.found()))
            .toList());
    document.put("warnings", settings.warnings());
    document.put(
        "ansible_cfg",
        ansible
            .map(
                config ->
                    Map.of(
                        "file",
                        config.file().toString(),
                        "matters",
                        config.lines().stream().map(AnsibleConfig.Line::text).toList()))
            .orElse(Map.of()));
    return document;
  }

  private static void print(
      List<Shown> shown, SettingsInForce settings, Optional<AnsibleConfig> ansible) {
    List<List<String>> rows = new ArrayList<>(List.of(List.of("SETTING", "VALUE", "FROM")));
    for (Shown setting : shown) {
      rows.add(List.of(setting.name(), text(setting.value()), setting.from()));
    }
    Table.print(rows, System.out, Style.automatic());
    System.out.println();
    List<List<String>> files = new ArrayList<>(List.of(List.of("FILE", "FOUND")));
    settings.files().forEach(file -> files.add(List.of(file.file().toString(), file.found())));
    ansible.ifPresent(
        config -> files.add(List.of(config.file().toString(), "Ansible's, not followed")));
    Table.print(files, System.out, Style.automatic());
    Messages messages = new Messages(System.out, Style.automatic());
    ansible.stream()
        .flatMap(config -> config.lines().stream())
        .forEach(line -> System.out.println("  " + TerminalText.line(line.text())));
    settings.warnings().forEach(messages::warning);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "-";
      case List<?> several -> String.join(" ", several.stream().map(String::valueOf).toList());
      default -> String.valueOf(value);
    };
  }
}
