# Runs a program, a shell text or a file that comes as the body. Its output is the body of the answer;
# its exit code follows.
receive run-command

#+ guards
own=${TMPDIR:-/tmp}/edgefleet-$nonce
#+ program
#+ session

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
  as_login
  if given text; then
    exec 3<<EOF
$p_text
EOF
  fi
  # From here on no variable of this script's is looked at: one of them might be among these.
  eval "set_environment $variables"
  exec_program "$@"
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
