package dev.edgefleet.remote.sh;

import dev.edgefleet.remote.Become;
import dev.edgefleet.text.ShellQuoting;
import java.util.Optional;

/**
 * The command line that starts a worker: it says that it runs, reads its program from standard
 * input in counted bytes and becomes it. Every login shell reads it alike: it is one line of
 * single-quoted words without an exclamation mark (csh) and without a backslash before a quote or
 * another backslash (fish). Nothing secret is in it, and it stays far below the 9,000 bytes that
 * dropbear takes.
 */
final class ShBootstrap {
  // dd waits for all bytes in one read where it can; where it cannot it fails at once, having read
  // nothing. A program that did not arrive whole is not run.
  private static final String LOADER =
      "printf \"%s ready\\n\" \"$1\";printf \"%s ready\\n\" \"$1\" >&2;read -r n||exit 65;"
          + "dd_whole=true;p=$(dd bs=\"$n\" count=1 iflag=fullblock 2>/dev/null)||"
          + "{ dd_whole=false;p=$(dd bs=1 count=\"$n\");};"
          + "[ ${#p} -eq \"$n\" ]||exit 65;eval \"$p\"";

  private ShBootstrap() {}

  /**
   * @param nonce marks the lines by which the login shell, where sudo, su or doas is between, and
   *     then the worker say that they run
   * @param prompt what sudo prints when it wants the password
   */
  static String commandLine(String nonce, Optional<Become> become, String prompt) {
    String script = "-c " + ShellQuoting.quote(LOADER) + " edgefleet " + nonce;
    return become
        .map(as -> BecomeCommand.commandLine(as, nonce, prompt, script))
        .orElse("/bin/sh " + script);
  }
}
