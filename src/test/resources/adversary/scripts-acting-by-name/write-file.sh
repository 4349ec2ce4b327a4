# Puts content into a file in one step: readers see the old file or the new one.
receive write-file
need stat readlink sha256sum head dd mv ln cp rm sync date chown chgrp chmod
temporary=
made_backup=
# While the temporary file is there, the old one was not replaced: its backup is not needed.
cleanup() {
  if [ -n "$temporary" ] && [ -e "$temporary" ]; then
    if [ -n "$made_backup" ]; then rm -f -- "$made_backup"; fi
    rm -f -- "$temporary"
  fi
}

check_attributes
path_of "$p_path"
case $path in
  */) fail is-directory "$path" ;;
esac
noted_path=$path
if given service; then notes_of "$p_service" "$p_state_folder"; fi
resolve "$noted_path"
folder_of "$real"
look "$folder" -L
case $kind in
  directory) ;;
  absent) fail no-folder "$folder" ;;
  *) fail not-a-directory "$folder" ;;
esac

# check_expected: refuses a file that is not the one the operator's decision was made on.
check_expected() {
  given expected || return 0
  if [ "$kind" = absent ]; then
    hash=absent
  else
    hash_of "$real" || fail not-permitted "cannot read $real"
  fi
  [ "$hash" = "$p_expected" ] || fail changed-meanwhile "$hash"
}

look "$real" -L
case $kind in
  absent | file) ;;
  directory) fail is-directory "$real" ;;
  *) fail not-a-file "$real" ;;
esac
check_expected
was=$kind
old_uid=${uid-} old_gid=${gid-} old_mode=${mode-}

# remove_leftovers: what a write to this file left that was cut off with its power or its process. The
# device's lock keeps everybody else who could be writing it away.
remove_leftovers() {
  [ "$h_lock" != - ] || return 0
  set +f
  for left in "${folder%/}/.$base.edgefleet-"*; do
    set -f
    left_nonce=${left##*.edgefleet-}
    case $left_nonce in
      *[!0-9a-f]*) continue ;;
    esac
    if [ ${#left_nonce} -eq ${#nonce} ] && [ -f "$left" ] && [ ! -h "$left" ]; then
      rm -f -- "$left" 2>/dev/null || :
    fi
  done
  set -f
}
remove_leftovers

# The new file, readable for nobody else from its birth on.
new=${folder%/}/.$base.edgefleet-$nonce
error=$( (set -C && : >"$new") 2>&1) || fail_with "$error"
temporary=$new
if [ "$h_length" -gt 0 ]; then
  # dd and not head writes: busybox's head calls a full disk an I/O error.
  error=$(head -c "$h_length" <&3 | dd bs=65536 of="$temporary" 2>&1) || fail_with "$error"
fi
look "$temporary"
[ "$size" -eq "$h_length" ] || fail truncated "$size of $h_length bytes"
hash_of "$temporary" || fail failed "cannot read $temporary"
[ "$hash" = "$p_sha256" ] || fail damaged "$hash"

if [ "$was" = file ]; then
  given owner || p_owner=$old_uid
  given group || p_group=$old_gid
  given mode || { p_mode=$old_mode; want_mode=$old_mode; }
  if command -v selinuxenabled >/dev/null 2>&1 && selinuxenabled; then
    error=$(chcon --reference="$real" -- "$temporary" 2>&1) || fail_with "$error"
  fi
else
  given mode || { p_mode=0644; want_mode=0644; }
fi
set_attributes "$temporary"
error=$(sync -- "$temporary" 2>&1) || fail_with "$error"

if given service; then
  error=$(mkdir -p -- "${notes%/*}" 2>&1) || fail_with "$error"
  escape "$noted_path"
  # The newline in front ends a line that a power failure cut.
  error=$({ printf '\n%s %s\n' "$p_sha256" "$escaped" | cat >>"$notes"; } 2>&1) || fail_with "$error"
  error=$(sync -- "$notes" "${notes%/*}" 2>&1) || fail_with "$error"
fi

if [ "$was" = file ] && [ "$p_backup" = true ]; then
  while :; do
    backup=$real.edgefleet-$(date -u +%Y%m%dT%H%M%SZ)
    { [ -e "$backup" ] || [ -h "$backup" ]; } || break
    # One was made in this very second.
    sleep 1
  done
  if ! ln -- "$real" "$backup" 2>/dev/null; then
    made_backup=$backup
    error=$(cp -p -- "$real" "$backup" 2>&1) || fail_with "$error"
    error=$(sync -- "$backup" 2>&1) || fail_with "$error"
  fi
  made_backup=$backup
  # For prune-backups. One that is not in the list only stays for good: no reason to fail.
  state_folder
  escape "$backup"
  {
    [ -d "$state" ] || mkdir -p -- "$state"
    printf '%s %s\n' "$escaped" "$old_uid" >>"$state/backups" && sync -- "$state/backups"
  } 2>/dev/null
fi

look "$real" -L
[ "$kind" = "$was" ] || fail changed-meanwhile "$kind"
check_expected
error=$(mv -f -- "$temporary" "$real" 2>&1) || fail_with "$error"
if [ "$was" = absent ] && command -v restorecon >/dev/null 2>&1; then
  restorecon -- "$real" >/dev/null 2>&1 || :
fi
# The new file is in place: a folder that cannot be synced by itself is no failure any more.
sync -- "$folder" 2>/dev/null || sync
say sha256 "$p_sha256"
if [ -n "${backup-}" ]; then say backup "$backup"; fi
end 0
