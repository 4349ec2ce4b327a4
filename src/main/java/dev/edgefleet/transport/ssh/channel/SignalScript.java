package dev.edgefleet.transport.ssh.channel;

/**
 * A command that sends a signal to another command of the same connection, where the server cannot
 * or will not. Only /proc and the shell's own words: a device may have no ps.
 */
public enum SignalScript {
  /** Each command has a session of its own, begun by the server's process for the connection. */
  SESSION_EACH(
      """
      stat "$session"
      server=$parent
      leaders=" "
      for entry in /proc/[0-9]*; do
        stat "${entry#/proc/}" && [ "$parent" = "$server" ] && [ "$pid" != "$own" ] &&
          leaders="$leaders$pid "
      done
      for entry in /proc/[0-9]*; do
        stat "${entry#/proc/}" || continue
        case $leaders in *" $session "*) kill -s "$1" "$pid" ;; esac
      done
      """),
  /**
   * As dropbear: all commands are in the session of the server's process for the connection, and
   * its signals reach the first process of a command alone.
   */
  SESSION_SHARED(
      """
      spared=" $own "
      while [ "$pid" != "$own" ]; do
        spared="$spared$pid "
        stat "$parent" || exit
      done
      for entry in /proc/[0-9]*; do
        stat "${entry#/proc/}" && [ "$session" = "$own" ] || continue
        case $spared in *" $pid "*) ;; *) kill -s "$1" "$pid" ;; esac
      done
      """);

  // $1 is the signal.
  private static final String BEGIN =
      """
      stat() {
        pid=$1
        read -r line <"/proc/$pid/stat" || return 1
        set -- ${line##*) }
        parent=$2 session=$4
      } 2>/dev/null
      stat $$
      own=$session
      """;

  private final String script;

  SignalScript(String script) {
    this.script = script;
  }

  /** By how a server names itself. */
  public static SignalScript of(String version) {
    return version.contains("dropbear") ? SESSION_SHARED : SESSION_EACH;
  }

  /**
   * @param signal without SIG, such as {@code TERM}
   */
  public String commandLine(String signal) {
    return "/bin/sh -c '" + BEGIN + script + "' edgefleet " + signal;
  }
}
