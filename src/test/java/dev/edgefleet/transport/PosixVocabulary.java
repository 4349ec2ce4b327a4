package dev.edgefleet.transport;

/** In the words of a POSIX shell. */
final class PosixVocabulary implements Vocabulary {
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  @Override
  public String emit(String output, String errors, int exitCode) {
    return say(output) + "; " + say(errors) + " >&2; exit " + exitCode;
  }

  @Override
  public String say(String text) {
    return "printf %s " + quoted(text);
  }

  @Override
  public String echoInputThen(String text) {
    return "cat; " + say(text);
  }

  @Override
  public String hashInput() {
    return "sha256sum";
  }

  @Override
  public String countInputLate() {
    return "sleep 2; wc -c";
  }

  @Override
  public String closeInputThenSay(String text) {
    return "exec <&-; sleep 1; " + say(text);
  }

  @Override
  public String count(int blocks, int lines) {
    return "i=0; while [ $i -lt "
        + blocks
        + " ]; do seq -f \"$i %.0f\" 1 "
        + lines
        + "; i=$((i+1)); done";
  }

  @Override
  public String floods(int bytes) {
    return "head -c %1$d /dev/zero & head -c %1$d /dev/zero >&2; wait".formatted(bytes);
  }

  @Override
  public String linger() {
    return "sleep 300 & echo $$ $!; wait; echo survived";
  }

  @Override
  public boolean isGone(Connection connection, String token) {
    for (String pid : token.split(" ", -1)) {
      // A zombie is gone too: in a container nobody may collect it.
      String alive = "grep -q '^State:[[:space:]]*[^Z[:space:]]' /proc/" + pid + "/status";
      if (ConnectionContract.run(connection, alive + " 2>/dev/null").exitCode() == 0) {
        return false;
      }
    }
    return true;
  }
}
