# Runs a program. Its output is the body; its exit code follows.
receive run-command

# skip: the guards say that there is nothing to do.
skip() {
  say skipped true
  say exit_code 0
  end 0
}
if given chdir; then
  path_of "$p_chdir"
  look "$path" -L
  case $kind in
    directory) ;;
    absent) fail no-folder "$path" ;;
    *) fail not-a-directory "$path" ;;
  esac
  cd -- "$path" 2>/dev/null || fail not-permitted "$path"
fi
if given creates; then
  path_of "$p_creates"
  look "$path"
  [ "$kind" = absent ] || skip
fi
if given removes; then
  path_of "$p_removes"
  look "$path"
  [ "$kind" != absent ] || skip
fi

set --
count=1
while given "arg$count"; do
  eval "set -- \"\$@\" \"\$p_arg$count\""
  count=$((count + 1))
done
[ $# -gt 0 ] || fail protocol 'no program'

# feed RUNNER: hands the body on, then waits until standard input ends, which is when nobody
# listens any more. That, or a body cut short, ends the program: it must not take a part for the
# whole, and sees no end of its input before, because 4, its pipe, is still open here.
feed() {
  # By exec: a redirection of a function keeps a copy of what it replaces.
  exec >/dev/null 2>&1 5<&-
  trap - EXIT HUP INT TERM
  trap '' PIPE
  fed=$(head -c "$h_length" <&3 | tee /proc/self/fd/4 | wc -c)
  if [ "$fed" -eq "$h_length" ]; then
    exec 4>&-
    cat <&3
  fi
  # The fourth field is the parent: once that is another, the number may be anybody's.
  read -r feed_stat </proc/self/stat
  feed_stat=${feed_stat##*) ? }
  if [ "${feed_stat%% *}" = "$1" ]; then kill -USR1 "$1"; fi
  sleep 5
}

# program ARGUMENTS: as the login shell would have run it, with nothing of this script's.
program() {
  exec <&5 3<&- 4>&- 5<&-
  trap - EXIT HUP INT PIPE TERM USR1
  umask "$login_umask"
  if [ "$login_locale" = unset ]; then unset LC_ALL; else LC_ALL=$login_locale; fi
  # A session of its own, so that what it starts can be ended with it.
  if command -v setsid >/dev/null 2>&1 && command -v -- "$1" >/dev/null 2>&1; then
    exec setsid -- "$@"
  fi
  exec "$@"
}

# stop_program: no "--" before the group: dash and busybox take it for a number.
stop_program() {
  gone=yes
  kill -TERM "-$program" 2>/dev/null || kill -TERM "$program" 2>/dev/null
  sleep 1
  kill -KILL "-$program" 2>/dev/null || kill -KILL "$program" 2>/dev/null
}

say skipped false
body
# The pipe is there for its reading end; Linux opens the other end anew by the same name. With
# "feed | program &" the shells would wait for both.
: | {
  exec 4>/proc/self/fd/0 5<&0 </dev/null
  read -r runner runner_more </proc/self/stat
  gone=
  program "$@" &
  program=$!
  trap stop_program HUP INT PIPE TERM USR1
  feed "$runner" &
  feed=$!
  exec 3<&- 4>&- 5<&-
  while :; do
    wait "$program"
    code=$?
    # A signal cuts the wait short; the next one is for the program's end.
    if [ -z "$gone" ] || ! kill -0 "$program" 2>/dev/null; then break; fi
  done
  kill "$feed" 2>/dev/null
  after_body
  [ -z "$gone" ] || fail truncated 'the program was ended'
  say exit_code "$code"
  end 0
}
trap - EXIT
