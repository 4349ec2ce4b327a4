# shellcheck shell=sh disable=SC2034,SC2154,SC2317
# Goes in front of every operation's script. Reads header and parameters from standard input into
# p_<name>, prints frames on standard output. $0 is "edgefleet", $1 the nonce of this exchange.
# SC2034, SC2154, SC2317: what is set here is used in the operation's script, not every script uses
# every function, and parameters come by eval.
set -uf
nonce=$1
login_umask=$(umask)
login_locale=${LC_ALL-unset}
LC_ALL=C
export LC_ALL
PATH=${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin
export PATH
umask 077
begun=

# A trap of its own for every signal: dash runs no EXIT trap when a signal ends it.
cleanup() { :; }
trap 'cleanup' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

# say NAME VALUE: one value of the answer.
say() {
  if [ -z "$begun" ]; then
    begun=yes
    printf '%s begin\n' "$nonce"
  fi
  escape "$2"
  printf '%s %s\n' "$1" "$escaped"
}

# body, after the values: what follows is raw. after_body: values again.
body() { printf '%s body\n' "$nonce"; }
after_body() { printf '\n%s values\n' "$nonce"; }

# end STATUS: the last thing an operation does. Standard error gets its own mark, so that whoever
# reads the two streams knows when both are complete.
end() {
  [ -n "$begun" ] || printf '%s begin\n' "$nonce"
  cleanup
  trap - EXIT
  printf '\n%s end\n' "$nonce" >&2
  printf '\n%s end %s\n' "$nonce" "$1"
  exit 0
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

# escape VALUE: sets $escaped, every unusual byte as \0ooo. No command substitution for the common
# ones: that is a process each.
escape() {
  escaped=
  escape_rest=$1
  while :; do
    escape_plain=${escape_rest%%[!A-Za-z0-9_./:@%+=,-]*}
    escaped=$escaped$escape_plain
    escape_rest=${escape_rest#"$escape_plain"}
    [ -n "$escape_rest" ] || return 0
    escape_tail=${escape_rest#?}
    escape_byte=${escape_rest%"$escape_tail"}
    case $escape_byte in
      ' ') escaped="$escaped\\0040" ;;
      '
') escaped="$escaped\\0012" ;;
      "'") escaped="$escaped\\0047" ;;
      '"') escaped="$escaped\\0042" ;;
      '(') escaped="$escaped\\0050" ;;
      ')') escaped="$escaped\\0051" ;;
      *)
        escape_code=$(printf '%d' "'$escape_byte")
        escaped=$escaped$(printf '\\0%03o' $((escape_code & 255)))
        ;;
    esac
    escape_rest=$escape_tail
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

is_number() {
  case $1 in
    '' | *[!0-9]*) return 1 ;;
  esac
}

# receive OPERATION: header and parameters. Nothing is done on the device before both are whole.
receive() {
  printf '%s ready\n' "$nonce" >&2
  printf '%s ready\n' "$nonce"
  IFS=' ' read -r h_magic h_version h_operation h_run h_step h_lock h_count h_length h_more ||
    fail truncated header
  { [ "$h_magic" = edgefleet ] && [ "$h_version" = 1 ]; } || fail protocol "$h_magic $h_version"
  [ "$h_operation" = "$1" ] || fail protocol "operation $h_operation, not $1"
  { is_number "$h_count" && is_number "$h_length" && [ -z "$h_more" ]; } || fail protocol numbers
  while [ "$h_count" -gt 0 ]; do
    IFS=' ' read -r h_name h_value || fail truncated parameters
    case $h_name in
      '' | *[!a-z0-9_]*) fail protocol "parameter $h_name" ;;
    esac
    unescape "$h_value"
    # Only the name, checked above, is program text here.
    eval "p_$h_name=\$unescaped"
    h_count=$((h_count - 1))
  done
  # The body is read from 3; no command that the script runs finds it, or waits for more of it.
  exec 3<&0 </dev/null
  [ "$h_lock" = - ] || hold_lock
}

# lock_of FILE: sets $held_run $held_process $held_operator $held_since $held_from, as they are
# written there; fails when there is no lock. One that makes no sense is somebody's all the same:
# $held_run is empty then.
lock_of() {
  held_run='' held_process='' held_operator='' held_since='' held_from=''
  if [ -f "$1" ] && [ ! -h "$1" ] && [ -r "$1" ]; then
    {
      IFS=' ' read -r held_run held_process held_operator held_since held_from <"$1" || :
    } 2>/dev/null
  fi
  if is_number "$held_process" && [ -n "$held_since" ]; then return 0; fi
  held_run=
  [ -e "$1" ] || [ -h "$1" ]
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

# write_lock: sets $lock_new to a file beside the lock. Every user of the device may read it.
# cat and not printf writes, here and elsewhere: dash's own calls a full disk an I/O error.
write_lock() {
  need date mkdir chmod sync ln mv rm cat
  make_state_folder
  lock_new=$lock~$nonce
  lock_line="$h_run $lock_process $lock_operator $(date -u +%Y-%m-%dT%H:%M:%SZ)"
  lock_error=$( (umask 022 &&
    printf '%s\n' "$lock_line${held_from:+ $held_from}" | cat >"$lock_new") 2>&1) || {
    rm -f -- "$lock_new" 2>/dev/null
    fail_with "$lock_error"
  }
  lock_error=$(sync -- "$lock_new" 2>&1) || fail_with "$lock_error"
}

# given NAME: whether that parameter was sent.
given() { eval "[ -n \"\${p_$1+x}\" ]"; }

# path_of VALUE: sets $path to the same file, absolute: no command takes it for an option.
path_of() {
  case $1 in
    '') fail bad-path 'it is empty' ;;
    /*) path=$1 ;;
    *) path=$PWD/$1 ;;
  esac
}

# folder_of PATH: sets $folder and $base. PATH is absolute.
folder_of() {
  folder=$1
  while :; do
    case $folder in
      ?*/) folder=${folder%/} ;;
      *) break ;;
    esac
  done
  base=${folder##*/}
  folder=${folder%/*}
  folder=${folder:-/}
}

# four_digits MODE: sets $digits. printf would take a leading zero for octal.
four_digits() {
  digits=000$1
  while [ ${#digits} -gt 4 ]; do digits=${digits#?}; done
}

# look PATH [-L]: sets $kind and, unless absent, $mode $uid $gid $owner $group $size. -L follows
# symlinks. A folder that may not be searched is a failure: there might be a file behind it.
look() {
  if look_found=$(stat ${2+"$2"} -c '%a %u %g %s %U %G' -- "$1" 2>&1); then
    :
  else
    case $look_found in
      *"No such file"* | *"Not a directory"*)
        kind=absent
        return 0
        ;;
      *) fail_with "$look_found" ;;
    esac
  fi
  # Names may hold spaces where they come from a directory service: they stand last, ids first.
  IFS=' ' read -r mode uid gid size owner group <<EOF
$look_found
EOF
  four_digits "$mode"
  mode=$digits
  [ "$owner" != UNKNOWN ] || owner=$uid
  [ "$group" != UNKNOWN ] || group=$gid
  if [ $# -eq 1 ] && [ -h "$1" ]; then
    kind=symlink
  elif [ -f "$1" ]; then
    kind='file'
  elif [ -d "$1" ]; then
    kind=directory
  else
    kind=other
  fi
}

# link_target PATH: sets $target as the symlink spells it.
link_target() {
  target=$(readlink -n -- "$1" && echo .) || fail_with "cannot read the symlink $1"
  target=${target%.}
}

# resolve PATH: sets $real to what the symlinks at the end of it lead to, there or not.
resolve() {
  real=$1
  resolve_left=40
  while [ -h "$real" ]; do
    [ "$resolve_left" -gt 0 ] || fail symlink-loop "$1"
    resolve_left=$((resolve_left - 1))
    link_target "$real"
    case $target in
      /*) real=$target ;;
      *)
        folder_of "$real"
        real=${folder%/}/$target
        ;;
    esac
  done
}

# hash_of PATH: sets $hash.
hash_of() {
  hash=$({ sha256sum <"$1"; } 2>/dev/null) || return 1
  hash=${hash%% *}
}

# say_state: what look found of the path.
say_state() {
  say kind "$kind"
  [ "$kind" != absent ] || return 0
  say mode "$mode"
  say owner "$owner"
  say group "$group"
  say size "$size"
}

# check_attributes: refuses what chown and chmod would misread.
check_attributes() {
  if given mode; then
    case $p_mode in
      *[!0-7]* | '' | ?????*) fail bad-mode "$p_mode" ;;
    esac
    four_digits "$p_mode"
    want_mode=$digits
  fi
  if given owner; then
    # chown takes what follows a colon for a group.
    case $p_owner in
      '' | *:*) fail no-such-user "$p_owner" ;;
    esac
    is_number "$p_owner" || id -u -- "$p_owner" >/dev/null 2>&1 || fail no-such-user "$p_owner"
  fi
  if given group; then
    [ -n "$p_group" ] || fail no-such-group "$p_group"
  fi
}

# set_attributes PATH: owner, group and mode as asked, after look PATH; sets $changed.
set_attributes() {
  changed=false
  if given owner && [ "$p_owner" != "$owner" ] && [ "$p_owner" != "$uid" ]; then
    set_error=$(chown -- "$p_owner" "$1" 2>&1) || fail_with "$set_error"
    changed=true
  fi
  if given group && [ "$p_group" != "$group" ] && [ "$p_group" != "$gid" ]; then
    if set_error=$(chgrp -- "$p_group" "$1" 2>&1); then
      changed=true
    else
      case $set_error in
        *nvalid* | *nknown*) fail no-such-group "$p_group" ;;
        *) fail_with "$set_error" ;;
      esac
    fi
  fi
  given mode || want_mode=$mode
  # A change of owner takes setuid bits away, so the mode comes last and even when it is as asked.
  if [ "$want_mode" != "$mode" ] || [ "$changed" = true ]; then
    set_error=$(chmod -- "$want_mode" "$1" 2>&1) || fail_with "$set_error"
    changed=true
  fi
}

# unit_of SERVICE: sets $unit, without .service, and $unit_name, as systemctl is asked for it.
unit_of() {
  unit=${1%.service}
  case $unit in
    '' | .* | -* | *[!A-Za-z0-9:_.@\\-]*) fail bad-service "$1" ;;
  esac
  case $unit in
    *.socket | *.timer | *.target | *.path | *.mount) unit_name=$unit ;;
    *) unit_name=$unit.service ;;
  esac
}

# notes_of SERVICE STATE_FOLDER: sets $notes, the file with the restarts this service owes.
notes_of() {
  unit_of "$1"
  path_of "$2"
  notes=$path/restart-owed/$unit
}

# need_systemd: fails with what runs the device instead.
need_systemd() {
  init=unknown
  if [ -r /proc/1/comm ]; then read -r init </proc/1/comm; fi
  command -v systemctl >/dev/null 2>&1 || fail no-systemd "$init"
}

# look_at_unit: needs $unit_name; sets $exists $active $sub $enabled $exit_status $main_pid
# $restarts $unit_type $unit_result $unit_start; the last is another after each start.
look_at_unit() {
  exists=true active=unknown sub=unknown enabled=unknown exit_status=0
  main_pid='' restarts='' unit_type='' unit_result='' unit_invocation='' unit_entered=''
  unit_shown=$(systemctl show -p LoadState -p ActiveState -p SubState -p UnitFileState \
    -p ExecMainStatus -p MainPID -p NRestarts -p Type -p Result -p InvocationID \
    -p ActiveEnterTimestampMonotonic -- "$unit_name" 2>&1)
  unit_code=$?
  while IFS='=' read -r unit_key unit_value; do
    case $unit_key in
      LoadState) [ "$unit_value" != not-found ] || exists=false ;;
      ActiveState) active=$unit_value ;;
      SubState) sub=$unit_value ;;
      UnitFileState) enabled=${unit_value:-unknown} ;;
      ExecMainStatus) exit_status=${unit_value:-0} ;;
      MainPID) main_pid=$unit_value ;;
      NRestarts) restarts=$unit_value ;;
      Type) unit_type=$unit_value ;;
      Result) unit_result=$unit_value ;;
      InvocationID) unit_invocation=$unit_value ;;
      ActiveEnterTimestampMonotonic) unit_entered=$unit_value ;;
    esac
  done <<EOF
$unit_shown
EOF
  # systemd before 232 numbers no starts.
  unit_start=${unit_invocation:-pid-${main_pid:-0}-${unit_entered:-0}}
  if [ "$active" = unknown ]; then
    case $unit_shown in
      *"not been booted with systemd"* | *"connect to bus"*) fail no-systemd "$init" ;;
      *) fail failed "systemctl show ended with $unit_code: $unit_shown" ;;
    esac
  fi
}

say_unit() {
  say exists "$exists"
  say active "$active"
  say sub "$sub"
  say enabled "$enabled"
  say exit_status "$exit_status"
}

# state_folder: sets $state, where this device remembers what runs did to it.
state_folder() {
  if [ -n "${EDGEFLEET_STATE-}" ]; then
    state=$EDGEFLEET_STATE
  elif [ -w /var/lib/edgefleet ] || { [ ! -e /var/lib/edgefleet ] && [ -w /var/lib ]; }; then
    state=/var/lib/edgefleet
  else
    state=${HOME-}/.local/state/edgefleet
  fi
}

# make_state_folder: after state_folder. Its lock is for every user's eyes, so all may go in.
make_state_folder() {
  if [ ! -d "$state" ]; then
    state_error=$(mkdir -p -- "$state" 2>&1) || fail_with "$state_error"
  fi
  chmod a+x "$state" 2>/dev/null || :
}

# note_of WHAT: sets $note, the file in which this very step notes what it saw before it did WHAT;
# empty for an operation of no step. Coming again, after a crash of the controller, it finds it.
note_of() {
  note=
  [ "$h_step" != - ] || return 0
  state_folder
  note=
  note_rest=$h_step/$1
  # One file name: no escaped text holds this character.
  while :; do
    case $note_rest in
      */*)
        note=$note${note_rest%%/*}~
        note_rest=${note_rest#*/}
        ;;
      *) break ;;
    esac
  done
  note=$note$note_rest
  if [ ${#note} -gt 200 ]; then
    note=$(printf '%s' "$note" | sha256sum)
    note=${note%% *}
  fi
  note=$state/steps/$h_run/$note
}

# noted: sets $noted_start and $noted_size from the note; fails when there is none, or not a whole
# one.
noted() {
  noted_start='' noted_size='' noted_end=''
  { [ -n "$note" ] && [ -f "$note" ]; } || return 1
  IFS=' ' read -r noted_start noted_size noted_end <"$note" || :
  [ "$noted_end" = whole ]
}

# take_note START [SIZE]: on disk before anything is done. Forgets the notes of other runs that are
# older than 14 days; a run's folder is as old as its last note.
take_note() {
  [ -n "$note" ] || return 0
  need mkdir sync mv
  make_state_folder
  note_error=$(mkdir -p -- "${note%/*}" 2>&1) || fail_with "$note_error"
  note_error=$( (printf '%s %s whole\n' "$1" "${2:-0}" | cat >"$note+$nonce") 2>&1) ||
    fail_with "$note_error"
  note_error=$(sync -- "$note+$nonce" 2>&1) || fail_with "$note_error"
  note_error=$(mv -f -- "$note+$nonce" "$note" 2>&1) || fail_with "$note_error"
  note_error=$(sync -- "${note%/*}" 2>&1) || fail_with "$note_error"
  if command -v find >/dev/null 2>&1; then
    find "$state/steps" -mindepth 1 -maxdepth 1 -type d -mtime +14 -exec rm -rf -- {} + \
      >/dev/null 2>&1 || :
  fi
}
