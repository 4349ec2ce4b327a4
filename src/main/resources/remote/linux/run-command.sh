# Runs a program, a shell text or a file that comes as the body. Its output is the body of the answer;
# its exit code follows.
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
# any_there PATTERN: sets $kind to absent when nothing is there.
any_there() {
  path_of "$1"
  case $path in
    *[*?[]*)
      kind=absent
      set +f
      IFS=
      # shellcheck disable=SC2086 # It is a pattern.
      for match in $path; do
        if [ -e "$match" ] || [ -h "$match" ]; then kind=other; fi
      done
      unset IFS
      set -f
      ;;
    *) look "$path" ;;
  esac
}
if given creates; then
  any_there "$p_creates"
  [ "$kind" = absent ] || skip
fi
if given removes; then
  any_there "$p_removes"
  [ "$kind" != absent ] || skip
fi

# Words for eval: these are names of variables and nothing else.
variables=
count=1
while given "env$count"; do
  variables="$variables \"\$p_env$count\""
  count=$((count + 1))
done

# set_environment NAME=VALUE...: without a variable of its own, which one of them might be.
set_environment() {
  while [ $# -gt 0 ]; do
    # shellcheck disable=SC2163
    export "$1" || return 1
    shift
  done
}
if [ -n "$variables" ]; then
  error=$( (eval "set_environment $variables") 2>&1) || fail bad-environment "$error"
fi

if given text; then
  need cat
  cat=$(command -v cat)
fi
set --
count=1
while given "arg$count"; do
  eval "set -- \"\$@\" \"\$p_arg$count\""
  count=$((count + 1))
done
if given file; then
  case $p_file in
    '' | . | .. | */*) fail bad-path "$p_file" ;;
  esac
  need head mkdir chmod rm
  own=${TMPDIR:-/tmp}/edgefleet-$nonce
  error=$(mkdir -- "$own" 2>&1) || fail_with "$error"
  cleanup() { rm -rf -- "$own"; }
  own_file=$own/$p_file
  error=$({ head -c "$h_length" <&3 >"$own_file"; } 2>&1) || fail_with "$error"
  look "$own_file"
  [ "$size" -eq "$h_length" ] || fail truncated "$size of $h_length bytes"
  h_length=0
  chmod 0700 "$own_file"
  set -- "$own_file" "$@"
  if given interpreter1; then
    count=1
    words=
    while given "interpreter$count"; do
      words="$words \"\$p_interpreter$count\""
      count=$((count + 1))
    done
    eval "set -- $words \"\$@\""
  elif [ "$(head -c 2 <"$own_file" | tr -d '\000')" = '#!' ]; then
    # Here and not by the kernel: the folder may allow no programs.
    IFS= read -r words <"$own_file" || :
    words=${words#'#!'}
    words=${words#"${words%%[! 	]*}"}
    words=${words%"${words##*[! 	]}"}
    case $words in
      *[\ \	]*)
        word=${words#*[ 	]}
        set -- "${words%%[ 	]*}" "${word#"${word%%[! 	]*}"}" "$@"
        ;;
      ?*) set -- "$words" "$@" ;;
    esac
  fi
fi
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
  if given text; then
    # By a pipe, which cat empties and the shell closes before it runs any of it: the text stands on
    # no command line, and nothing that it starts can read it.
    exec 3<<EOF
$p_text
EOF
    # shellcheck disable=SC2016 # That shell is to expand it.
    set -- "$1" -c 'edgefleet_text=$("$1" <&3); exec 3<&-; shift
eval "unset edgefleet_text; $edgefleet_text"' "$1" "$cat"
  fi
  # From here on no variable of this script's is looked at: one of them might be among these.
  eval "set_environment $variables"
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
