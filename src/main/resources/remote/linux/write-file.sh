#use names
#use work
#use attributes
#use state
#use units
#use validate
# Puts content into a file in one step: readers see the old file or the new one. With put a file that has
# the content already only gets its attributes, and the answer begins with what was there.
#+ session
need stat readlink sha256sum head dd mv ln cp rm mkdir rmdir sync date chown chgrp chmod
check_attributes
path_of "$p_path"
case $path in
  */) fail is-directory "$path" ;;
esac
asked=$path
put=false
if given put; then put=$p_put; fi

# look_at_old: what is to be replaced, opened as 4 where it may be read.
look_at_old() {
  reach "$asked"
  if [ "$put" = true ] && [ -n "$beyond$blocked" ]; then
    say kind absent
    say folder_missing true
    end 0
  fi
  need_folder
  opened=false
  case $kind in
    absent) ;;
    'file')
      # One that may not be read can be replaced all the same, where nothing has to be known of it.
      if [ "$put$safe" != falsetrue ] || given expected || [ -r "./$base" ]; then
        open_entry
        opened=true
      fi
      if [ "$put" = true ]; then hash_entry; fi
      ;;
    directory)
      [ "$put" = true ] || fail is-directory "$real"
      say_state
      end 0
      ;;
    *) fail not-a-file "$real" ;;
  esac
  was=$kind
}

# is_as_asked: after look_at_old with put.
is_as_asked() { [ "$was" = 'file' ] && [ "$hash" = "$p_sha256" ] && ! attributes_differ; }

# note_owed: the service owes a restart once the file has this content.
note_owed() {
  notes_of "$p_service" "$p_state_folder"
  state=${notes%/restart-owed/*}
  own_state_folder
  make_in_state "${notes%/*}"
  escape "$asked"
  # The newline in front ends a line that a power failure cut.
  error=$({ printf '\n%s %s\n' "$p_sha256" "$escaped" | cat >>"$notes"; } 2>&1) || fail_with "$error"
  error=$(sync -- "$notes" "${notes%/*}" 2>&1) || fail_with "$error"
}

put_lock=no
if [ "$put" = true ] && [ "$h_lock" != - ]; then
  put_lock=due
  if lock_is_ours; then
    hold_lock
    put_lock=held
  fi
fi
look_at_old
if [ "$put_lock" = due ] && ! is_as_asked; then
  # Who had the device until now may have changed it.
  hold_lock
  look_at_old
fi
if [ "$put" = true ]; then
  say_state
  if [ "$was" = 'file' ]; then
    say sha256 "$hash"
    p_expected=$hash
    if [ "$hash" = "$p_sha256" ]; then
      set_entry_attributes
      say written false
      say changed "$changed"
      say_real
      end 0
    fi
  else
    p_expected=absent
  fi
fi

if [ "$was" = 'file' ]; then
  given owner || p_owner=$uid
  given group || p_group=$gid
  new_mode "$mode" 'file'
  old_uid=$uid
else
  new_mode "${p_new_mode-0644}" 'file'
fi

remove_leftovers
cleanup() { end_work; }
begin_work
# The entry of the folder, from here.
there=./$base
if [ -n "$work" ]; then there=../$base; fi
begin_file
error=$({ take_body >"$new"; } 2>&1) || {
  body_left=0
  fail_with "$error"
}
body_left=0
error=$(stat -c "$entry_format" -- "$new" 2>&1) || fail_with "$error"
# shellcheck disable=SC2086 # These are words.
entry_of $error
[ "$size" -eq "$h_length" ] || fail truncated "$size of $h_length bytes"
hash_of "$new" || fail failed "cannot read $new"
[ "$hash" = "$p_sha256" ] || fail damaged "$hash"
if [ "$was" = 'file' ] && command -v selinuxenabled >/dev/null 2>&1 && selinuxenabled; then
  label=$there
  if [ "$opened" = true ]; then label=/proc/self/fd/4; fi
  error=$(chcon --reference="$label" -- "$new" 2>&1) || fail_with "$error"
fi
set_attributes "$new" -h
error=$(sync -- "$new" 2>&1) || fail_with "$error"
if given valid1; then validate; fi
if given service; then apart note_owed; fi

# is_old PATH: whether that is the file that was opened.
is_old() { [ "$opened" = false ] || [ "$1" -ef /proc/self/fd/4 ]; }

if [ "$was" = 'file' ] && [ "$p_backup" = true ]; then
  while :; do
    kept=$base.edgefleet-$(date -u +%Y%m%dT%H%M%SZ)
    { [ -e "${there%/*}/$kept" ] || [ -h "${there%/*}/$kept" ]; } || break
    # One was made in this very second.
    sleep 1
  done
  # Another name of the very file that was opened, where the file system has such.
  if ! { ln -- "$there" "./$kept" && [ ! -h "./$kept" ] && is_old "./$kept"; } 2>/dev/null; then
    rm -f -- "./$kept"
    [ "$opened" = true ] || fail not-permitted "$real (owner $owner, mode $mode)"
    error=$(cp -p -- /proc/self/fd/4 "./$kept" 2>&1) || {
      rm -f -- "./$kept"
      fail_with "$error"
    }
    error=$(sync -- "./$kept" 2>&1) || fail_with "$error"
  fi
  if [ -z "$work" ]; then
    cleanup() {
      # While the new file is there the old one was not replaced: its backup is not needed.
      if [ -e "$new" ]; then rm -f -- "./$kept"; fi
      end_work
    }
  fi
fi

if [ -n "${kept-}" ]; then
  # For prune-backups. One that is not in the list only stays for good: no reason to fail.
  backup=${folder%/}/$kept
  state_folder
  escape "$backup"
  (
    cleanup() { :; }
    make_state_folder
    if [ ! -e "$state/backups" ]; then
      # Born closed, whatever default ACL there is; another step may be at it.
      fresh_file "$state/backups~$h_token"
      ln -- "$fresh" "$state/backups" || :
      rm -f -- "$fresh"
    fi
    printf '%s %s\n' "$escaped" "$old_uid" >>"$state/backups" && sync -- "$state/backups"
  ) >/dev/null 2>&1
fi

# What the decision was made on has to be what is replaced.
if [ "$was" = absent ]; then
  { [ ! -e "$there" ] && [ ! -h "$there" ]; } || fail changed-meanwhile "$real"
  { ! given expected || [ "$p_expected" = absent ]; } || fail changed-meanwhile absent
else
  { [ ! -h "$there" ] && [ -f "$there" ] && is_old "$there"; } || fail changed-meanwhile "$real"
  if given expected; then
    hash_entry
    [ "$hash" = "$p_expected" ] || fail changed-meanwhile "$hash"
  fi
fi
if [ -n "${kept-}" ] && [ -n "$work" ]; then
  error=$(mv -f -- "./$kept" .. 2>&1) || fail_with "$error"
fi
error=$(place) || fail_with "$error"
if [ -n "$work" ]; then
  end_work
fi
new=
if [ "$was" = absent ] && command -v restorecon >/dev/null 2>&1; then
  restorecon -- "./$base" >/dev/null 2>&1 || :
fi
# The new file is in place: a folder that cannot be synced by itself is no failure any more.
sync -- . 2>/dev/null || sync
if [ "$put" = true ]; then
  say written true
  say changed true
else
  say sha256 "$p_sha256"
fi
if [ -n "${kept-}" ]; then say backup "$backup"; fi
say_real
end 0
