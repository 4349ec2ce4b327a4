package dev.edgefleet.transport.ssh.config;

import dev.edgefleet.failure.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one {@code Keyword value} pair, wherever it was written. */
final class Settings {
  private Settings() {}

  /**
   * @param ignoreUnknown patterns of words that may be unknown
   * @return empty when the word is one that is let pass
   * @throws dev.edgefleet.failure.BadInput when it is unknown, or its value is not of its kind
   */
  static Optional<ConfigLine.Setting> read(
      String word, String rest, Source source, List<String> ignoreUnknown) {
    Optional<SshConfigKeyword> found = SshConfigKeyword.of(word);
    if (found.isEmpty()) {
      pass(word, rest, source, ignoreUnknown);
      return Optional.empty();
    }
    SshConfigKeyword keyword = found.get();
    List<String> values = keyword.takesWholeLine() ? whole(rest) : words(rest, source);
    if (values.isEmpty() || values.contains("")) {
      throw source.error(keyword.written + " has no value", "give one, or remove the line");
    }
    if (values.size() > 1 && !keyword.takesSeveral()) {
      throw source.error(
          keyword.written + " has " + values.size() + " values",
          "give one; put a value with blanks into double quotes");
    }
    return Optional.of(new ConfigLine.Setting(keyword, values, source));
  }

  private static void pass(String word, String rest, Source source, List<String> ignoreUnknown) {
    if (SshConfigKeyword.isIgnored(word) || Globs.anyOf(word, ignoreUnknown)) {
      return;
    }
    if (SshConfigKeyword.isRefused(word)) {
      List<String> values = words(rest, source);
      if (values.size() == 1 && (values.contains("no") || values.contains("none"))) {
        return;
      }
      throw source.error(
          word + " is not supported, and without it edgefleet could talk to another host than ssh",
          "remove it, or give edgefleet a file of its own with --ssh-config FILE");
    }
    List<String> known = new ArrayList<>(SshConfigKeyword.words());
    known.addAll(List.of("Host", "Match", "Include", "IgnoreUnknown"));
    throw source.error(
        "'" + word + "' is not a word of ssh_config",
        Nearest.to(word, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("remove the line, or name the word in IgnoreUnknown above it"));
  }

  private static List<String> whole(String rest) {
    return rest.isBlank() ? List.of() : List.of(rest.strip());
  }

  static List<String> words(String rest, Source source) {
    try {
      return Words.of(rest);
    } catch (Words.Unbalanced e) {
      throw source.error("a quote is not closed", "close it");
    }
  }
}
