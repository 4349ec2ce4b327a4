#use names
#use look
# Runs a program, a shell text or a file that comes as the body. Its output is the body of the answer;
# its exit code follows. The program has none of the worker's own descriptors: pipes of its own carry what
# it prints, so that what it leaves running cannot speak into a later answer.

#+ guards
own=
#+ program
#+ session

# feed RUNNER: hands a body on that is too large to wait in the pipe, then listens for the line or the end
# of standard input by which the controller says that nobody waits any more, and has the runner told. A body
# cut short ends the program too: it must not take a part for the whole, and sees no end of its input
# before, because 9, its pipe, is still open here.
feed() {
  # By exec: a redirection of a function keeps a copy of what it replaces.
  exec >/dev/null 2>&1 4>&- 5>&- 8<&-
  trap - EXIT HUP INT TERM USR1
  trap '' PIPE
  if [ "$body_left" -gt 0 ]; then
    fed=$(head -c "$body_left" <&3 | tee /proc/self/fd/9 | wc -c)
    exec 9>&-
    [ "$fed" -eq "$body_left" ] || tell "$1"
  fi
  IFS= read -r knock <&3
  tell "$1"
}

# tell RUNNER: the fourth field is the parent; once that is another, the number may be anybody's.
tell() {
  read -r feed_stat </proc/self/stat
  feed_stat=${feed_stat##*) ? }
  if [ "${feed_stat%% *}" = "$1" ]; then kill -USR1 "$1"; fi
}

# program ARGUMENTS: as the login shell would have run it, with nothing of this script's.
program() {
  exec <&8 >&4 2>&5 3<&- 4>&- 5>&- 8<&- 9>&-
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

# copy FROM: what comes from there goes to standard output until it ends.
copy() {
  exec 3<&- 4>&- 5>&-
  trap - EXIT HUP INT PIPE TERM USR1
  exec cat <&"$1"
}

# run ARGUMENTS: with pipes for input on 8, output on 6 and errors on 7. Each pipe is there for its reading
# end; Linux opens the other end anew by the same name, and nobody outside has one, so that its end is
# seen. With "program | cat &" the shells would wait for both.
run() {
  exec 4>/proc/self/fd/6 5>/proc/self/fd/7
  copy 6 7<&- 8<&- &
  output=$!
  copy 7 >&2 6<&- 8<&- &
  errors=$!
  exec 6<&- 7<&-
  if [ "$body_left" -gt 0 ]; then exec 9>/proc/self/fd/8; fi
  # What fits into a pipe of any size is there before the program is.
  if [ "$body_left" -gt 0 ] && [ "$body_left" -le 4096 ]; then
    body_taken=$(take_body 2>/dev/null | tee /proc/self/fd/9 | wc -c)
    body_left=0
    exec 9>&-
    [ "$body_taken" -eq "$h_length" ] || gone=yes
  fi
  read -r runner runner_more </proc/self/stat
  gone=${gone-} woken='' program='' code=0
  trap 'woken=yes; stop_program' HUP INT PIPE TERM USR1
  if [ -z "$gone" ]; then
    program "$@" &
    program=$!
  fi
  feed "$runner" &
  feed=$!
  exec 9>&-
  while [ -n "$program" ]; do
    woken=
    wait "$program"
    code=$?
    [ -n "$woken" ] || break
    # A signal cut the wait short, or came when it was over: then there is nothing more to wait for.
    kill -0 "$program" 2>/dev/null && continue
    wait "$program"
    again=$?
    [ "$again" -eq 127 ] || code=$again
    break
  done
  # A program may end without having read all that is still on its way.
  [ "$body_left" -eq 0 ] || [ -n "$gone" ] || cat <&8 >/dev/null 2>&1 3<&- 4>&- 5>&-
  body_left=0
  cleanup
  trap 'exit 143' HUP INT PIPE TERM
  if [ -n "$gone" ]; then
    # Nothing that the program printed is for anybody.
    trap '' USR1
    kill "$output" "$errors" 2>/dev/null
    wait "$output" "$errors"
    exec 4>&- 5>&- 8<&-
    after_body
    say error truncated
    say detail 'the program was ended'
    marks 1
  else
    # What the program left running may hold the pipes, but the next request ends the wait for it. Set before
    # the answer, which may bring that request at once.
    trap 'kill "$output" "$errors" 2>/dev/null' USR1
    # Behind everything that the program printed.
    exec >&4 2>&5 4>&- 5>&- 8<&-
    after_body
    say exit_code "$code"
    marks 0
  fi
  exec >/dev/null 2>&1
  for copier in "$output" "$errors"; do
    while kill -0 "$copier" 2>/dev/null; do wait "$copier"; done
  done
  kill "$feed" 2>/dev/null
  wait
  exit 0
}

# with_pipes ARGUMENTS: the pipe for output is closed here, for as long as anybody can read it nobody who
# writes to it learns that its copier is gone.
with_pipes() {
  : | {
    exec 6<&0 </dev/null
    : | {
      exec 7<&0 </dev/null
      run "$@"
    } &
    inner=$!
    exec 6<&-
    wait "$inner"
  }
}

say skipped false
body
trap - EXIT
if [ "$body_left" -eq 0 ]; then
  exec 8</dev/null
  with_pipes "$@"
else
  : | {
    exec 8<&0 </dev/null
    with_pipes "$@"
  }
fi
