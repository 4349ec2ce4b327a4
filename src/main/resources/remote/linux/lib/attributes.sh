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

# attributes_differ: whether set_attributes would find something to do.
attributes_differ() {
  { given owner && [ "$p_owner" != "$owner" ] && [ "$p_owner" != "$uid" ]; } ||
    { given group && [ "$p_group" != "$group" ] && [ "$p_group" != "$gid" ]; } ||
    { given mode && [ "$want_mode" != "$mode" ]; }
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
  given mode || want_mode=$mode
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
