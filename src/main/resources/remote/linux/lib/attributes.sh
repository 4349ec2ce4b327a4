# shellcheck shell=sh disable=SC2034,SC2154
# Owner, group and mode.

# four_digits MODE: sets $digits. printf would take a leading zero for octal.
four_digits() {
  digits=000$1
  while [ ${#digits} -gt 4 ]; do digits=${digits#?}; done
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
  if given mode_sum; then
    case $p_mode_sum in
      *[!0-9mdk'&|~()*<>']*) fail bad-mode "$p_mode_sum" ;;
    esac
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

# mode_by_sum MODE KIND: sets $want_mode to what a symbolic mode makes of these bits: an expression of the
# bits that are there, of 1 where X means x, and of the bits that the umask leaves.
mode_by_sum() {
  m=$((0$1)) d=0 k=$((~0$login_umask & 0777))
  if [ "$2" = directory ] || [ $((m & 0111)) -ne 0 ]; then d=1; fi
  # shellcheck disable=SC2004 # It is an expression, which dash looks for in no variable.
  sum=$(($p_mode_sum))
  want_mode=$((sum >> 9 & 7))$((sum >> 6 & 7))$((sum >> 3 & 7))$((sum & 7))
}

# wanted_mode: sets $want_mode for what entry_of told of.
wanted_mode() {
  if given mode; then
    :
  elif given mode_sum; then
    mode_by_sum "$mode" "$kind"
  else
    want_mode=$mode
  fi
}

# new_mode MODE KIND: sets $p_mode and $want_mode for what is new and has that mode where none is asked for.
new_mode() {
  given mode && return
  want_mode=$1
  if given mode_sum; then mode_by_sum "$1" "$2"; fi
  p_mode=$want_mode
}

# attributes_differ: whether set_attributes would find something to do.
attributes_differ() {
  { given owner && [ "$p_owner" != "$owner" ] && [ "$p_owner" != "$uid" ]; } ||
    { given group && [ "$p_group" != "$group" ] && [ "$p_group" != "$gid" ]; } ||
    { wanted_mode && [ "$want_mode" != "$mode" ]; }
}

# set_attributes PATH [-h]: as asked, after entry_of told what they are; sets $changed. PATH is what
# nobody can replace meanwhile: an open file, the folder this is in, or an entry of a closed one.
set_attributes() {
  changed=false
  if given owner && [ "$p_owner" != "$owner" ] && [ "$p_owner" != "$uid" ]; then
    set_error=$(chown ${2+"$2"} -- "$p_owner" "$1" 2>&1) || fail_with "$set_error"
    changed=true
  fi
  if given group && [ "$p_group" != "$group" ] && [ "$p_group" != "$gid" ]; then
    if set_error=$(chgrp ${2+"$2"} -- "$p_group" "$1" 2>&1); then
      changed=true
    else
      case $set_error in
        *nvalid* | *nknown*) fail no-such-group "$p_group" ;;
        *) fail_with "$set_error" ;;
      esac
    fi
  fi
  wanted_mode
  # A change of owner takes setuid bits away, so the mode comes last and even when it is as asked.
  if [ "$want_mode" != "$mode" ] || [ "$changed" = true ]; then
    set_error=$(chmod -- "$want_mode" "$1" 2>&1) || fail_with "$set_error"
    changed=true
  fi
}

# set_entry_attributes: of what reach found at ./$base.
set_entry_attributes() {
  if [ "$kind" = directory ]; then
    go_into_entry
    set_attributes .
  elif [ "$safe" = true ]; then
    set_attributes "./$base"
  elif [ "$kind" = 'file' ]; then
    open_entry
    set_attributes /proc/self/fd/4
  else
    # A pipe, socket or device cannot be opened without a trace, and so not be held on to.
    fail not-a-file "$real"
  fi
}

# go_into_entry: into the folder that reach found at ./$base.
go_into_entry() {
  if [ "$safe" = true ]; then
    cd -P -- "./$base" 2>/dev/null || fail not-permitted "$real"
  else
    go_into "$base"
  fi
}
