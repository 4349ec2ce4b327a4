package dev.edgefleet.cli.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code ansible.cfg} that Ansible would read here. Nothing in it holds for edgefleet: it is
 * read to tell what of it matters, and what to write instead.
 *
 * @param lines what matters, in the order written
 */
public record AnsibleConfig(Path file, List<Line> lines) {
  static final String NAME = "ansible.cfg";

  private static final long LARGEST = 1 << 20;
  private static final int SHOWN = 80;
  private static final Pattern SECTION = Pattern.compile("\\[([^]]+)].*");
  private static final Pattern VALUE = Pattern.compile("([^\\s=:#;][^=:]*?)\\s*[=:]\\s*(.*)");

  /**
   * One setting of Ansible's.
   *
   * @param number of the line, from 1
   */
  public record Line(int number, AnsibleKey key, String value) {
    /** {@code line 4: forks = 20 -> concurrency: 20 in edgefleet.yml, or -f 20}. */
    String text() {
      return "line " + number + ": " + key.word() + " = " + shown() + " -> " + key.instead();
    }

    private String shown() {
      return value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value;
    }
  }

  /** The first that is there, in Ansible's order, and also beside the playbook. */
  public static Optional<AnsibleConfig> find(SettingsContext context, Path besidePlaybook) {
    return Stream.of(
            context
                .variable("ANSIBLE_CONFIG")
                .map(Path::of)
                .map(context::absolute)
                .map(named -> Files.isDirectory(named) ? named.resolve(NAME) : named),
            // Ansible reads none in a directory that everybody may write to.
            Optional.of(context.directory())
                .filter(directory -> !isWorldWritable(directory))
                .map(directory -> directory.resolve(NAME)),
            Optional.of(context.absolute(besidePlaybook).resolve(NAME)),
            Optional.of(context.home().resolve(".ansible.cfg")),
            Optional.of(Path.of("/etc/ansible").resolve(NAME)))
        .flatMap(Optional::stream)
        .filter(Files::isRegularFile)
        .filter(Files::isReadable)
        .findFirst()
        .map(AnsibleConfig::read);
  }

  private static boolean isWorldWritable(Path directory) {
    try {
      return Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return true;
    }
  }

  static AnsibleConfig read(Path file) {
    List<Line> found = new ArrayList<>();
    String section = "";
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      // What is indented goes on with the value before.
      String line = lines.get(i).stripTrailing();
      Matcher heading = SECTION.matcher(line);
      Matcher value = VALUE.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (value.matches()) {
        int number = i + 1;
        String text = value.group(2).replaceFirst("\\s;.*", "").strip();
        AnsibleKey.of(section, value.group(1).toLowerCase(Locale.ROOT))
            .filter(key -> key.matters(text))
            .ifPresent(key -> found.add(new Line(number, key, text)));
      }
    }
    return new AnsibleConfig(file, found);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.size(file) > LARGEST
          ? List.of()
          : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      // It would only have been told of.
      return List.of();
    }
  }

  /**
   * What to tell whoever starts this command; empty when all that matters has its answer here.
   *
   * <p>What has a setting is answered by it or by its option. What has none is, once there is an
   * {@code edgefleet.yml}: who wrote one knows that it is what counts.
   */
  public Optional<String> note(SettingWords command, SettingsInForce settings) {
    List<String> open =
        lines.stream()
            .filter(line -> line.key().isOpen(command, settings))
            .map(line -> "\n  " + line.text())
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            file + " is Ansible's and not followed here; of it matters:" + String.join("", open));
  }
}
