package dev.edgefleet.remote;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.text.ShellWords;
import java.util.ArrayList;
import java.util.List;

/**
 * Options that an operator wants sudo, su or doas called with.
 *
 * @param words in the order they were given, less those that edgefleet itself says
 * @param login whether the other user's login is to be as if at a terminal: start-up files are read
 */
public record BecomeFlags(List<String> words, boolean login) {
  public BecomeFlags {
    words = List.copyOf(words);
  }

  /**
   * @param variable what it was written in, for messages
   * @throws BadInput for options that would make it do something else than run a program
   */
  public static BecomeFlags parse(BecomeMethod method, String variable, String text) {
    Reading reading = new Reading(method, variable, Options.of(method));
    List<String> given = ShellWords.split(text);
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      boolean tookNext =
          word.startsWith("--")
              ? reading.longOption(word)
              : reading.letters(word, i + 1 < given.size() ? given.get(i + 1) : "");
      if (tookNext && ++i < given.size()) {
        reading.words.add(given.get(i));
      }
    }
    return new BecomeFlags(reading.words, reading.login);
  }

  /**
   * What a program's options are.
   *
   * @param alone letters without a value that may be given
   * @param withValue letters with one
   * @param own letters without a value that edgefleet says itself: left out
   * @param login letters and words that mean a login
   * @param longAlone long options without a value in a word of their own that may be given
   */
  private record Options(
      String alone, String withValue, String own, String login, List<String> longAlone) {
    static Options of(BecomeMethod method) {
      return switch (method) {
        case SUDO ->
            new Options(
                "BEHNPk",
                "CDRTagcrt",
                "nSs",
                "i",
                List.of(
                    "--preserve-env",
                    "--set-home",
                    "--preserve-groups",
                    "--bell",
                    "--reset-timestamp",
                    "--no-update"));
        case SU -> new Options("mpPf", "gGw", "", "l", List.of("--preserve-environment", "--pty"));
        case DOAS -> new Options("", "C", "ns", "", List.of());
      };
    }
  }

  /** The words so far. */
  private static final class Reading {
    private final BecomeMethod method;
    private final String variable;
    private final Options options;
    private final List<String> words = new ArrayList<>();
    private boolean login;

    Reading(BecomeMethod method, String variable, Options options) {
      this.method = method;
      this.variable = variable;
      this.options = options;
    }

    boolean longOption(String word) {
      switch (word) {
        case "--login" -> login = true;
        case "--non-interactive", "--stdin", "--shell" -> {
          if (method != BecomeMethod.SUDO) {
            throw refused(word);
          }
        }
        default -> {
          String name = word.replaceFirst("=.*", "");
          if (!options.longAlone().contains(name)
              && !(method == BecomeMethod.SUDO
                  && List.of("--group", "--chdir", "--role", "--type").contains(name)
                  && word.contains("="))) {
            throw refused(word);
          }
          words.add(word);
        }
      }
      return false;
    }

    /** Whether the next word is the last letter's value. */
    boolean letters(String word, String next) {
      if (word.equals("-") && method == BecomeMethod.SU) {
        login = true;
        return false;
      }
      if (!word.startsWith("-") || word.length() < 2) {
        throw refused(word);
      }
      StringBuilder kept = new StringBuilder("-");
      for (int at = 1; at < word.length(); at++) {
        char letter = word.charAt(at);
        if (options.login().indexOf(letter) >= 0) {
          login = true;
        } else if (options.alone().indexOf(letter) >= 0) {
          kept.append(letter);
        } else if (options.withValue().indexOf(letter) >= 0) {
          words.add(kept.append(word.substring(at)).toString());
          boolean apart = at + 1 == word.length();
          if (apart && next.isEmpty()) {
            throw new BadInput(
                variable + ": -" + letter + " of " + method.word() + " has no value", "give one");
          }
          return apart;
        } else if (options.own().indexOf(letter) < 0) {
          throw refused("-" + letter);
        }
      }
      if (kept.length() > 1) {
        words.add(kept.toString());
      }
      return false;
    }

    private BadInput refused(String word) {
      return new BadInput(
          variable + ": '" + word + "' cannot be among the flags of " + method.word(),
          switch (method) {
            case SUDO ->
                "remove it; edgefleet itself says -n, -S, -p and -u, and -i, -E, -H and -g are"
                    + " possible";
            case SU ->
                "remove it; edgefleet itself says -s and -c, and -, -l, -m and -g are possible";
            case DOAS -> "remove it; edgefleet itself says -n and -u";
          });
    }
  }
}
