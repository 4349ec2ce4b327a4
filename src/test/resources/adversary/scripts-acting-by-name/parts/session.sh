# A program in a session of its own, and its end. Needs $program, a process number.

# exec_program ARGUMENTS: becomes that program.
exec_program() {
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
