package dev.edgefleet.transport.ssh.config;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.text.ShellWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Arguments of the {@code ssh} command that say how to reach a host.
 *
 * @param settings what they set; of each word the first holds
 * @param configFile of {@code -F}: read instead of the user's and the system's; {@code none} for
 *     none at all
 */
public record SshArguments(List<ConfigLine.Setting> settings, Optional<String> configFile) {
  public static final SshArguments NONE = new SshArguments(List.of(), Optional.empty());

  private static final String SUPPORTED =
      "supported are -o Keyword=Value, -J, -i, -l, -p and -F; -A -a -C -q -v -x -X -Y -T -t -n -N"
          + " -4 -6 are let pass";
  private static final String WITH_VALUE = "oJilpF";
  private static final String FORWARDS = "RLDW";
  private static final String BESIDE =
      "remove it, and keep the port open with an ssh of your own while edgefleet runs: ssh -N with"
          + " the same option";
  private static final String LET_PASS = "AaCqvxXYTtnN46kK";

  public SshArguments {
    settings = List.copyOf(settings);
  }

  /** One setting, such as {@code Port} and {@code 2222}. */
  public static SshArguments of(String origin, String keyword, String value) {
    return new SshArguments(
        List.of(
            new ConfigLine.Setting(
                SshConfigKeyword.of(keyword).orElseThrow(), List.of(value), Source.of(origin))),
        Optional.empty());
  }

  /** The way through these hosts, the nearest first. */
  public static SshArguments jump(List<JumpHost> hops) {
    return of(
        "ProxyJump",
        "ProxyJump",
        hops.stream().map(JumpHost::toString).collect(Collectors.joining(",")));
  }

  /**
   * Reads what would stand between {@code ssh} and the host's name.
   *
   * @param origin the variable or option it was written in, for messages
   * @throws BadInput when it holds anything that is neither supported nor harmless
   */
  public static SshArguments parse(String origin, String text) {
    Source source = Source.of(origin);
    List<String> words;
    try {
      words = ShellWords.split(text);
    } catch (BadInput e) {
      throw source.error("a quote is not closed", "close it");
    }
    List<ConfigLine.Setting> settings = new ArrayList<>();
    Optional<String> file = Optional.empty();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.length() < 2 || word.charAt(0) != '-') {
        throw source.error("'" + word + "' is no option of ssh", SUPPORTED);
      }
      for (int at = 1; at < word.length(); at++) {
        char letter = word.charAt(at);
        if (WITH_VALUE.indexOf(letter) < 0) {
          if (FORWARDS.indexOf(letter) >= 0) {
            throw source.error("-" + letter + " is not supported: no ports are forwarded", BESIDE);
          }
          if (LET_PASS.indexOf(letter) < 0) {
            throw source.error("-" + letter + " is not supported", SUPPORTED);
          }
          continue;
        }
        boolean attached = at + 1 < word.length();
        if (!attached && i + 1 == words.size()) {
          throw source.error("-" + letter + " has no value", "give one");
        }
        String value = attached ? word.substring(at + 1) : words.get(++i);
        if (letter == 'F') {
          file = file.or(() -> Optional.of(value));
        } else {
          setting(letter, value, source).ifPresent(settings::add);
        }
        break;
      }
    }
    return new SshArguments(settings, file);
  }

  private static Optional<ConfigLine.Setting> setting(char letter, String value, Source source) {
    SshConfigKeyword keyword =
        switch (letter) {
          case 'J' -> SshConfigKeyword.PROXY_JUMP;
          case 'i' -> SshConfigKeyword.IDENTITY_FILE;
          case 'l' -> SshConfigKeyword.USER;
          case 'p' -> SshConfigKeyword.PORT;
          default -> null;
        };
    if (keyword != null) {
      return Optional.of(new ConfigLine.Setting(keyword, List.of(value), source));
    }
    String[] parts = value.strip().split("\\s*=\\s*|\\s+", 2);
    if (parts[0].toLowerCase(Locale.ROOT).matches("(remote|local|dynamic)forward")) {
      throw source.error("-o " + parts[0] + " is not supported: no ports are forwarded", BESIDE);
    }
    if (parts[0].toLowerCase(Locale.ROOT).equals("include") || parts.length < 2) {
      throw source.error("-o " + value + " cannot be used", "write -o Keyword=Value");
    }
    return Settings.read(parts[0], parts[1], source, List.of());
  }

  /** These, then the others: where both say something, these hold. */
  public SshArguments then(SshArguments others) {
    return new SshArguments(
        Stream.concat(settings.stream(), others.settings.stream()).toList(),
        configFile.or(others::configFile));
  }
}
