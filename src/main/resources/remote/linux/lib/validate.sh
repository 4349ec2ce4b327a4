# shellcheck shell=sh disable=SC2034,SC2154
# A program's word on a new file, before it takes the old one's place. In a folder that others may write to
# they could have the program look at another file: what comes into place is what was sent in any case.

# validate: after set_attributes of $new.
validate() {
  valid_path=${folder%/}/${work:+$work/}${new#./}
  set --
  count=1
  while given "valid$count"; do
    if [ "$count" -eq "$p_valid_at" ]; then
      set -- "$@" "$p_valid_before$valid_path$p_valid_after"
    else
      eval "set -- \"\$@\" \"\$p_valid$count\""
    fi
    count=$((count + 1))
  done
  # The last line is the exit code, behind whatever the program prints.
  valid_said=$(validated "$@" 2>&1 | tail -c 8192)
  valid_code=${valid_said##*
}
  [ "$valid_code" != 0 ] || return 0
  say valid_output "${valid_said%
*}"
  case $valid_code in
    late*)
      say valid_late true
      valid_code=${valid_code#late }
      ;;
  esac
  say valid_code "$valid_code"
  fail not-valid "$valid_code"
}

# validated ARGUMENTS: runs it, with nothing of this script's but its time.
validated() {
  cleanup() { :; }
  (
    trap - EXIT HUP INT PIPE TERM
    exec 3<&- 4<&- </dev/null
    cd -- "${HOME:-/}" 2>/dev/null || cd /
    umask "$login_umask"
    if [ "$login_locale" = unset ]; then unset LC_ALL; else LC_ALL=$login_locale; fi
    count=1
    while given "valid_env$count"; do
      eval "export \"\$p_valid_env$count\"" || exit 126
      count=$((count + 1))
    done
    exec_program "$@"
  ) &
  program=$!
  (
    trap - EXIT
    seconds=$p_valid_seconds
    while kill -0 "$program" 2>/dev/null; do
      if [ "$seconds" -eq 0 ]; then
        stop_program
        exit 0
      fi
      sleep 1
      seconds=$((seconds - 1))
    done
    exit 1
  ) >/dev/null 2>&1 &
  watch=$!
  wait "$program"
  code=$?
  late=
  # One that was stopped ended by a signal; the watch knows whether it was by that.
  if [ "$code" -gt 128 ] && wait "$watch"; then late='late '; fi
  printf '\n%s%s' "$late" "$code"
}
