package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.BecomeFlags;
import dev.edgefleet.remote.BecomeMethod;
import dev.edgefleet.text.ShellQuoting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How each method is called. Nothing secret is in it: sudo and su read the password from standard
 * input once they have asked for it on standard error, doas would take it at a terminal only.
 */
final class BecomeCommand {
  // Its messages are read, so they have to be in English. For sudo LC_ALL stays as it is, for it
  // would reach the commands; su's own question has to be known.
  private static final String SUDO_ENGLISH = "env LC_MESSAGES=C ";
  private static final String SU_ENGLISH = "env LC_ALL= LC_MESSAGES=C ";

  /** What su asks, in every su that there is: Password. */
  private static final String SU_PROMPT = "assword:";

  private BecomeCommand() {}

  /**
   * @param nonce marks where what the program says begins, on both streams
   * @param prompt what sudo is to ask with
   * @param script a program for {@code /bin/sh}, with its arguments, as words of a command line
   */
  static String commandLine(Become as, String nonce, String prompt, String script) {
    String mark = "echo " + nonce + " login;";
    String shell = "/bin/sh " + script;
    return switch (as.method()) {
      case SUDO ->
          mark
              + SUDO_ENGLISH
              + words(as.program())
              + (as.password().isPresent() ? " -S -p " + ShellQuoting.quote(prompt) : " -n")
              + flags(as, List.of("-H"))
              + " -u "
              + ShellQuoting.quote(as.user())
              + (isLogin(as) ? " -- /bin/sh -l " + script : " -- " + shell);
      case SU ->
          "/bin/sh -c 'echo "
              + nonce
              + " login >&2';"
              + mark
              + SU_ENGLISH
              + words(as.program().stream().filter(word -> !word.equals("-")).toList())
              + flags(as, List.of())
              + " -s /bin/sh -c "
              + ShellQuoting.quote("exec " + shell)
              + (isLogin(as) || as.program().contains("-") ? " - " : " ")
              + ShellQuoting.quote(as.user());
      case DOAS ->
          mark
              + words(as.program())
              + " -n"
              + flags(as, List.of())
              + " -u "
              + ShellQuoting.quote(as.user())
              + " -- "
              + shell;
    };
  }

  /** What shows on standard error when the password is wanted. */
  static String prompt(Become as, String ownPrompt) {
    return switch (as.method()) {
      case SUDO, DOAS -> ownPrompt;
      case SU -> SU_PROMPT;
    };
  }

  private static boolean isLogin(Become as) {
    return as.flags().map(BecomeFlags::login).orElse(false);
  }

  private static String flags(Become as, List<String> usual) {
    return as.flags().map(BecomeFlags::words).orElse(usual).stream()
        .map(word -> " " + ShellQuoting.typed(word))
        .collect(Collectors.joining());
  }

  private static String words(List<String> words) {
    return words.stream().map(ShellQuoting::typed).collect(Collectors.joining(" "));
  }

  /** Whether what standard error says counts only behind the mark. */
  static boolean marksErrors(Optional<Become> become) {
    return become.map(Become::method).filter(m -> m == BecomeMethod.SU).isPresent();
  }
}
