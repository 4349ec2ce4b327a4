# shellcheck shell=sh disable=SC2034,SC2154
# Where a device remembers what runs did to it.

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
  own_state_folder
  [ $((bits & 0111)) -eq $((0111)) ] || chmod a+x "$state" 2>/dev/null || :
}

# own_state_folder: sees that $state is there, that nobody else made it, and that nobody can put anything
# in it or in its place.
own_state_folder() {
  path_of "$state"
  state=$path
  state_made=
  while :; do
    reach "$state/." still
    case $manner in
      open) fail foreign-folder "$guard belongs to $guard_owner (mode $guard_mode)" ;;
      sticky) [ "$kind" = absent ] || fail foreign-folder "$state (mode $guard_mode)" ;;
    esac
    [ -z "$blocked" ] || fail not-a-directory "$blocked"
    [ "$kind" = absent ] || break
    [ -z "$state_made" ] || fail failed "$state cannot be made"
    state_made=yes
    # shellcheck disable=SC2174 # Those above are looked at in the next turn.
    state_error=$(mkdir -p -m 0700 -- "$state" 2>&1) || fail_with "$state_error"
  done
}

# make_in_state PATH: makes that folder below $state. The first one on the way is closed to all others: where
# $state has a default ACL the umask counts for nothing.
make_in_state() {
  state_first=${1#"$state"/}
  if [ "$state_first" = "$1" ]; then
    state_first=
  else
    state_first=$state/${state_first%%/*}
  fi
  if [ -n "$state_first" ] && [ ! -d "$state_first" ]; then
    # Another step may be at it.
    state_error=$(mkdir -m 0700 -- "$state_first" 2>&1) || [ -d "$state_first" ] || fail_with "$state_error"
  fi
  [ -d "$1" ] || state_error=$(mkdir -p -- "$1" 2>&1) || fail_with "$state_error"
}

# apart COMMAND...: in a shell of its own, so that nothing changes here, not even the folder. It answers
# nothing; its failure is this operation's.
apart() {
  apart_failure=$(
    fail() {
      printf '%s\n%s' "$1" "$2"
      exit 1
    }
    "$@"
  ) && return
  fail "${apart_failure%%
*}" "${apart_failure#*
}"
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
  make_in_state "${note%/*}"
  note_error=$( (printf '%s %s whole\n' "$1" "${2:-0}" | cat >"$note+$h_token") 2>&1) ||
    fail_with "$note_error"
  note_error=$(sync -- "$note+$h_token" 2>&1) || fail_with "$note_error"
  note_error=$(mv -f -- "$note+$h_token" "$note" 2>&1) || fail_with "$note_error"
  note_error=$(sync -- "${note%/*}" 2>&1) || fail_with "$note_error"
  if command -v find >/dev/null 2>&1; then
    find "$state/steps" -mindepth 1 -maxdepth 1 -type d -mtime +14 -exec rm -rf -- {} + \
      >/dev/null 2>&1 || :
  fi
}
