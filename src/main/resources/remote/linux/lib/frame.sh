# shellcheck shell=sh disable=SC2034,SC2154,SC2317,SC3013
# The worker: one program on a device that serves operation after operation. Requests come on standard
# input, answers go to standard output in frames; docs/wire.md has both. An operation is a
# function op_<name>, which comes with the first request for it and runs in a subshell: whatever it
# sets, traps or leaves undone is gone after it.
# SC2034, SC2154, SC2317: what is set here is used in operations, not every operation uses every
# function, and parameters come by eval. SC3013: -ef is known to dash, bash and busybox.
set -uf
login_umask=$(umask)
login_locale=${LC_ALL-unset}
LC_ALL=C
export LC_ALL
PATH=${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin
export PATH
umask 077
# Who this runs as; without a process where the kernel tells.
me=
if [ -r /proc/self/status ]; then
  while read -r me_key me_real me me_more; do
    [ "$me_key" != Uid: ] || break
    me=
  done </proc/self/status
fi
me=${me:-$(id -u)}
# Set by what loaded this.
dd_whole=${dd_whole-false}

# serve: until standard input ends. An empty line asks for nothing: it is how the controller tells
# an operation, if one still listens, that nobody waits for it any more.
serve() {
  while IFS=' ' read -r h_magic h_mark h_token h_operation h_run h_step h_lock h_count h_program h_length h_more; do
    [ -n "$h_magic" ] || continue
    { [ "$h_magic" = edgefleet2 ] && is_number "$h_count" && is_number "$h_program" &&
      is_number "$h_length" && [ -z "$h_more" ]; } || exit 65
    if [ "$h_program" -gt 0 ]; then
      receive_program "$h_program" || exit 65
      eval "$program"
    fi
    (operate)
    code=$?
    # Only "end" ends an operation with 0.
    if [ "$code" -ne 0 ]; then
      printf '\n%s end\n' "$h_mark" >&2
      printf '\n%s died %s\n' "$h_mark" "$code"
      # How much of its body is still to come only it knew. Not 65: it had begun.
      [ "$h_length" -eq 0 ] || exit "$code"
    fi
  done
}

# operate: parameters, lock, operation. Nothing is done on the device before all parameters are here.
operate() {
  body_left=$h_length
  # A trap of its own for every signal: dash runs no EXIT trap when a signal ends it.
  trap 'cleanup' EXIT
  trap 'cut_off 129' HUP
  trap 'cut_off 130' INT
  trap 'cut_off 141' PIPE
  trap 'cut_off 143' TERM
  printf '%s begin\n' "$h_mark" >&2
  printf '%s begin\n' "$h_mark"
  while [ "$h_count" -gt 0 ]; do
    IFS=' ' read -r h_parameter h_value || fail truncated parameters
    case $h_parameter in
      '' | *[!a-z0-9_]*) fail protocol "parameter $h_parameter" ;;
    esac
    unescape "$h_value"
    # Only the name, checked above, is program text here.
    eval "p_$h_parameter=\$unescaped"
    h_count=$((h_count - 1))
  done
  # The body is read from 3; no command that the operation runs finds it, or waits for more of it.
  exec 3<&0 </dev/null
  # What compares first takes the lock itself, when there is something to do.
  [ "$h_lock" = - ] || [ "${p_put-}" = true ] || hold_lock
  "op_$h_operation"
}

# cut_off CODE: by a signal. A second one, which bash sends to its group, must not end what cleans up.
cut_off() {
  trap '' HUP INT PIPE TERM
  exit "$1"
}

cleanup() { :; }

# say NAME VALUE: one value of the answer.
say() {
  escape "$2"
  printf '%s %s\n' "$1" "$escaped"
}

# body, after the values: what follows is raw. after_body: values again.
body() { printf '%s body\n' "$h_mark"; }
after_body() { printf '\n%s values\n' "$h_mark"; }

# end STATUS: the last thing an operation does. Standard error gets its own mark, so that whoever
# reads the two streams knows when both are complete.
end() {
  cleanup
  trap - EXIT
  [ "$body_left" -eq 0 ] || take_body >/dev/null 2>&1
  marks "$1"
  exit 0
}

# marks STATUS: the ends of both streams.
marks() {
  printf '\n%s end\n' "$h_mark" >&2
  printf '\n%s end %s\n' "$h_mark" "$1"
}

# fail WORD DETAIL
fail() {
  say error "$1"
  say detail "$2"
  end 1
}

# fail_with TEXT: fails with the word for what a command printed.
fail_with() {
  case $1 in
    *"No space left"* | *"quota exceeded"*) fail disk-full "$1" ;;
    *"Read-only file system"*) fail read-only "$1" ;;
    *"ermission denied"* | *"not permitted"*) fail not-permitted "$1" ;;
    *"Not a directory"*) fail not-a-directory "$1" ;;
    *"File name too long"*) fail name-too-long "$1" ;;
    *"levels of symbolic links"*) fail symlink-loop "$1" ;;
    *"No such file or directory"*) fail no-folder "$1" ;;
    *"resource busy"*) fail busy "$1" ;;
    *"not empty"*) fail not-empty "$1" ;;
    *) fail failed "$1" ;;
  esac
}

need() {
  for needed in "$@"; do
    command -v "$needed" >/dev/null 2>&1 || fail no-program "$needed"
  done
}

# escape VALUE: sets $escaped, every unusual byte as \0ooo. The common ones without a process.
escape() {
  escaped=
  escape_rest=$1
  while :; do
    escape_plain=${escape_rest%%[!A-Za-z0-9_./:@%+=,-]*}
    escaped=$escaped$escape_plain
    escape_rest=${escape_rest#"$escape_plain"}
    [ -n "$escape_rest" ] || return 0
    case $escape_rest in
      ' '*) escaped="$escaped\\0040" ;;
      '
'*) escaped="$escaped\\0012" ;;
      "'"*) escaped="$escaped\\0047" ;;
      '"'*) escaped="$escaped\\0042" ;;
      '('*) escaped="$escaped\\0050" ;;
      ')'*) escaped="$escaped\\0051" ;;
      *)
        for escape_byte in $(printf %s "$escape_rest" | od -An -v -to1); do
          escaped=$escaped\\0$escape_byte
        done
        return 0
        ;;
    esac
    escape_rest=${escape_rest#?}
  done
}

# unescape TEXT: sets $unescaped. The dot keeps newlines at the end, which $( ) would drop.
unescape() {
  case $1 in
    *\\*)
      unescaped=$(printf '%b.' "$1")
      unescaped=${unescaped%.}
      ;;
    # Most values hold nothing to unescape, and a command substitution is a process.
    *) unescaped=$1 ;;
  esac
}

# receive_program LENGTH: sets $program to so many bytes of standard input, and takes none more: no
# shell and no head may read ahead into what follows. $dd_whole: whether dd can wait for all of them.
receive_program() {
  if [ "$dd_whole" = true ]; then
    program=$(dd bs="$1" count=1 iflag=fullblock 2>/dev/null)
  else
    program=$(dd bs=1 count="$1" 2>/dev/null)
  fi
  [ ${#program} -eq "$1" ]
}

# take_body: the body, to standard output; what dd or head say of trouble to standard error. dd and
# not head writes where it can: busybox's head calls a full disk an I/O error.
take_body() {
  body_left=0
  if [ "$h_length" -eq 0 ]; then
    return 0
  elif [ "$dd_whole" = true ] && [ "$h_length" -le 1048576 ]; then
    dd bs="$h_length" count=1 iflag=fullblock <&3
  else
    # What dd leaves when it fails has to be taken as well.
    head -c "$h_length" <&3 | {
      dd bs=65536
      body_code=$?
      cat >/dev/null
      exit "$body_code"
    }
  fi
}

is_number() {
  case $1 in
    '' | *[!0-9]*) return 1 ;;
  esac
}

# given NAME: whether that parameter was sent.
given() { eval "[ -n \"\${p_$1+x}\" ]"; }
