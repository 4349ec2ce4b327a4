package dev.edgefleet.transport.ssh.config;

import dev.edgefleet.failure.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The configuration of OpenSSH's client, as ssh_config(5) tells: of each word the first value that
 * holds for a host is taken, {@code IdentityFile} and {@code CertificateFile} add up. Immutable.
 */
public final class SshConfig {
  /** Says nothing of any host. */
  public static final SshConfig NONE = new SshConfig(List.of(), "");

  private static final Path SYSTEM = Path.of("/etc/ssh");

  private final List<ConfigFile> files;
  private final String localUser;

  private SshConfig(List<ConfigFile> files, String localUser) {
    this.files = files;
    this.localUser = localUser;
  }

  /**
   * Reads {@code ~/.ssh/config} and {@code /etc/ssh/ssh_config}, where they exist.
   *
   * @throws BadInput with every mistake in them
   */
  public static SshConfig ofUser(Path home, String localUser) {
    Path directory = home.resolve(".ssh");
    return new SshConfig(
        List.of(
            ConfigReader.read(directory.resolve("config"), directory, home, true),
            ConfigReader.read(SYSTEM.resolve("ssh_config"), SYSTEM, home, false)),
        localUser);
  }

  /**
   * Reads one file and nothing else.
   *
   * @throws BadInput when it does not exist, and with every mistake in it
   */
  public static SshConfig ofFile(Path file, Path home, String localUser) {
    if (!Files.exists(file)) {
      throw new BadInput("the ssh configuration " + file + " does not exist", "correct its path");
    }
    return new SshConfig(
        List.of(ConfigReader.read(file, home.resolve(".ssh"), home, false)), localUser);
  }

  /**
   * What holds for a host.
   *
   * @param name the host as in {@code ssh NAME}
   * @param arguments what wins over the files
   * @throws BadInput when a value that holds for it makes no sense
   */
  public HostOptions of(String name, SshArguments arguments) {
    Search search = new Search(name);
    arguments.settings().forEach(search.found::add);
    search.pass(false);
    if (search.wantsFinal) {
      search.pass(true);
    }
    return search.found.options();
  }

  private final class Search {
    private final String name;
    private final Collected found;
    private boolean wantsFinal;

    Search(String name) {
      this.name = name;
      this.found = new Collected(name);
    }

    void pass(boolean last) {
      files.forEach(file -> read(file, true, last));
    }

    private void read(ConfigFile file, boolean reached, boolean last) {
      boolean active = reached;
      for (ConfigLine line : file.lines()) {
        switch (line) {
          case ConfigLine.Host host ->
              // The second time OpenSSH looks at where the host is, and not at its name.
              active = reached && Globs.anyOf(last ? found.hostName() : name, host.patterns());
          case ConfigLine.Match match -> active = holds(match, reached, last);
          case ConfigLine.Include include -> {
            for (ConfigFile included : include.files()) {
              read(included, active, last);
            }
          }
          case ConfigLine.Setting setting -> {
            if (active) {
              found.add(setting);
            }
          }
        }
      }
    }

    // All are looked at even when the block cannot be reached: final asks for a second pass.
    private boolean holds(ConfigLine.Match match, boolean reached, boolean last) {
      boolean result = reached;
      for (ConfigLine.Criterion criterion : match.criteria()) {
        if (criterion.kind().equals("final")) {
          wantsFinal |= reached;
        }
        if (result && holds(criterion, match.source(), last) == criterion.negated()) {
          result = false;
        }
      }
      return result;
    }

    private boolean holds(ConfigLine.Criterion criterion, Source source, boolean last) {
      String argument = criterion.argument();
      return switch (criterion.kind()) {
        case "all" -> true;
        case "final", "canonical" -> last;
        case "host" -> Globs.anyOfIgnoringCase(found.hostName(), argument);
        case "originalhost" -> Globs.anyOfIgnoringCase(name, argument);
        case "user" -> Globs.anyOf(found.user().orElse(localUser), argument);
        case "localuser" -> Globs.anyOf(localUser, argument);
        default ->
            throw source.error(
                "whether this block holds for "
                    + name.toLowerCase(Locale.ROOT)
                    + " hangs on Match exec, which is not supported",
                "write Match host or Match originalhost instead, or give edgefleet a file of its"
                    + " own with --ssh-config FILE");
      };
    }
  }
}
