# shellcheck shell=sh disable=SC2154,SC2034
# The lock of a device: it is for one run at a time.

# lock_of FILE: sets $held_run $held_process $held_operator $held_since $held_from, as they are
# written there; fails when there is no lock. One that makes no sense is somebody's all the same:
# $held_run is empty then. It may go away, and another come, between two calls of one look, and on
# a busy device again and again: looks start no process.
lock_of() {
  lock_looks=50
  while [ "$lock_looks" -gt 0 ]; do
    held_run='' held_process='' held_operator='' held_since='' held_from=''
    if [ -f "$1" ] && [ ! -h "$1" ] && [ -r "$1" ]; then
      {
        IFS=' ' read -r held_run held_process held_operator held_since held_from <"$1" || :
      } 2>/dev/null
    fi
    if is_number "$held_process" && [ -n "$held_since" ]; then return 0; fi
    held_run=
    [ -e "$1" ] || [ -h "$1" ] || return 1
    lock_looks=$((lock_looks - 1))
  done
}

# other_lock: sets $other to where another user of the same run would have put the lock; empty when
# nobody would.
other_lock() {
  other=
  [ -z "${EDGEFLEET_STATE-}" ] || return 0
  if [ "$state" != /var/lib/edgefleet ]; then
    other=/var/lib/edgefleet/lock
    return 0
  fi
  case ${SUDO_USER-} in
    '' | root | *[!A-Za-z0-9_.-]*) ;;
    *) eval "other=~$SUDO_USER/.local/state/edgefleet/lock" ;;
  esac
}

# admit: fails when the lock that lock_of found keeps this operation out.
admit() {
  if [ "$held_run" = "$h_run" ]; then
    [ "$held_process" -le "$lock_process" ] || fail fenced "$held_process"
    return 0
  fi
  # A process that the device was taken from does not take it back.
  if [ -n "$lock_breaks" ] && [ "$held_from" != "$h_run/$lock_process" ]; then return 0; fi
  if [ -n "$held_run" ]; then
    unescape "$held_run"
    say holder_run "$unescaped"
    unescape "$held_operator"
    say holder_operator "$unescaped"
    say holder_since "$held_since"
    say device_time "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  fi
  fail locked "$1"
}

# hold_lock: this device is for one run at a time. Takes the lock, or finds that the run has it
# already, which is the common case and starts no process; fails otherwise.
hold_lock() {
  lock_token=$h_lock
  lock_breaks=
  case $lock_token in
    # An exclamation mark, escaped.
    '\0041'*)
      lock_breaks=yes
      lock_token=${lock_token#?????}
      ;;
  esac
  lock_process=${lock_token%%/*}
  lock_operator=${lock_token#*/}
  { is_number "$lock_process" && [ -n "$lock_operator" ]; } || fail protocol "lock $h_lock"
  state_folder
  lock=$state/lock
  other_lock
  if [ -n "$other" ] && lock_of "$other"; then admit "$other"; fi
  lock_tries=0
  while :; do
    if lock_of "$lock"; then
      admit "$lock"
      if [ "$held_run" = "$h_run" ]; then
        [ "$held_process" -ne "$lock_process" ] || return 0
      else
        held_from=${held_run:--}/${held_process:-0}
      fi
      write_lock
      lock_error=$(mv -f -- "$lock_new" "$lock" 2>&1) || fail_with "$lock_error"
    else
      held_from=
      write_lock
      # In one step, or not at all. What came of it is seen in the next turn.
      lock_error=$(ln -- "$lock_new" "$lock" 2>&1) ||
        (set -C && umask 022 && cat <"$lock_new" >"$lock") 2>/dev/null || :
      rm -f -- "$lock_new"
    fi
    lock_tries=$((lock_tries + 1))
    [ "$lock_tries" -lt 9 ] || fail failed "the lock $lock cannot be taken: $lock_error"
  done
}

# lock_is_ours: whether this process of the run has the lock already; looks only, and starts no process.
lock_is_ours() {
  state_folder
  lock_of "$state/lock" && [ "$held_run" = "$h_run" ] && [ "${h_lock%%/*}" = "$held_process" ]
}

# write_lock: sets $lock_new to a file beside the lock. Every user of the device may read it.
# cat and not printf writes, here and elsewhere: dash's own calls a full disk an I/O error.
write_lock() {
  need date mkdir chmod sync ln mv rm cat
  make_state_folder
  # Whoever may write to a new file here by a default ACL must not write to this one.
  fresh_file "$lock~$h_token"
  lock_new=$fresh
  lock_line="$h_run $lock_process $lock_operator $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  lock_error=$({
    printf '%s\n' "$lock_line${held_from:+ $held_from}" | cat >"$lock_new" && chmod 0644 "$lock_new"
  } 2>&1) || {
    rm -f -- "$lock_new" 2>/dev/null
    fail_with "$lock_error"
  }
  lock_error=$(sync -- "$lock_new" 2>&1) || fail_with "$lock_error"
}

