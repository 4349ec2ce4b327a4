# Removes old backups that write-file made and noted, but for the newest of each file. What holds a
# private key is overwritten first.
receive prune-backups
{ is_number "$p_older_than" && is_number "$p_keep"; } || fail protocol numbers
need stat date sort head tail wc grep dd chmod mkdir rmdir mv rm sync id
state_folder
list=$state/backups
removed=0 wiped=0 kept=0 bytes=0
rest=
cleanup() { if [ -n "$rest" ]; then rm -f -- "$rest"; fi; }

answer() {
  say removed "$removed"
  say wiped "$wiped"
  say kept "$kept"
  say bytes "$bytes"
  end 0
}
if [ ! -f "$list" ] || [ -h "$list" ]; then answer; fi
me=$(id -u)

# wipe PATH UID: overwrites and removes it. Where others may write to its folder they could put a
# link to another file in its place: so it is moved first to where nobody else can write.
wipe() {
  folder_of "$1"
  own=${folder%/}/.edgefleet-$nonce
  mkdir -- "$own" 2>/dev/null || return 1
  (
    # A file that is out of its place and not gone would stay for good.
    trap '' HUP INT PIPE TERM
    cd -P -- "$own" || exit 1
    case $(stat -c '%u %a' .) in
      "$me 700" | "$me "?700) ;;
      *) exit 1 ;;
    esac
    mv -- "$1" old || exit 1
    if [ ! -f old ] || [ -h old ] || [ "$(stat -c '%u %h' old)" != "$2 1" ]; then
      mv -- old "$1"
      exit 1
    fi
    chmod u+w old
    if head -c "$(stat -c %s old)" /dev/zero | dd bs=65536 conv=notrunc of=old && sync old; then
      rm -f old
    else
      mv -- old "$1"
      exit 1
    fi
  ) >/dev/null 2>&1
  wipe_code=$?
  rmdir -- "$own" 2>/dev/null || :
  return "$wipe_code"
}

# drop PATH UID: removes it; sets $how to wiped or removed.
drop() {
  how=removed
  # With a second name it is still in use, or the file itself: its content is not ours to destroy.
  if [ "$(stat -c %h -- "$1")" = 1 ] && grep -q -e 'PRIVATE KEY-----' <"$1" 2>/dev/null; then
    how=wiped
  fi
  [ "$p_check" = false ] || return 0
  if [ "$how" = wiped ]; then
    wipe "$1" "$2"
  else
    rm -f -- "$1" 2>/dev/null
  fi
}

list_size=$(wc -c <"$list") || fail_with "$list: Permission denied"
before=$(date -u -d "@$(($(date -u +%s) - p_older_than * 86400))" +%Y%m%d%H%M%S) ||
  fail failed 'date cannot tell what is old'
# Backwards, so that the newest backup of each file comes first.
entries=$(head -c "$list_size" <"$list" | sort -ru)
rest=$list~$nonce
error=$({ : >"$rest"; } 2>&1) || fail_with "$error"
previous='' newer=0
while IFS=' ' read -r entry entry_uid entry_more; do
  { is_number "$entry_uid" && [ -z "$entry_more" ]; } || continue
  unescape "$entry"
  backup=$unescaped
  stamp=${backup##*.edgefleet-}
  case $backup-$stamp in
    /*.edgefleet-*-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z) ;;
    *) continue ;;
  esac
  [ -e "$backup" ] || [ -h "$backup" ] || continue
  original=${backup%.edgefleet-*}
  if [ "$original" != "$previous" ]; then
    previous=$original
    newer=0
  fi
  newer=$((newer + 1))
  stamp=${stamp%Z}
  look "$backup"
  if [ "$newer" -gt "$p_keep" ] && [ "${stamp%T*}${stamp#*T}" -lt "$before" ] &&
    [ "$kind" = file ] && [ "$uid" = "$entry_uid" ] && drop "$backup" "$entry_uid"; then
    removed=$((removed + 1))
    [ "$how" = removed ] || wiped=$((wiped + 1))
    bytes=$((bytes + size))
  else
    kept=$((kept + 1))
    printf '%s %s\n' "$entry" "$entry_uid" >>"$rest" || fail disk-full "$rest"
  fi
done <<EOF
$entries
EOF
if [ "$p_check" = false ]; then
  # What was added meanwhile.
  error=$({ tail -c "+$((list_size + 1))" <"$list" >>"$rest"; } 2>&1) || fail_with "$error"
  error=$(sync -- "$rest" 2>&1) || fail_with "$error"
  error=$(mv -f -- "$rest" "$list" 2>&1) || fail_with "$error"
fi
cleanup
answer
