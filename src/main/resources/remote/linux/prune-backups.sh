#use names
#use work
#use state
# Removes old backups that write-file made and noted, but for the newest of each file. What holds a
# private key is overwritten first.
{ is_number "$p_older_than" && is_number "$p_keep"; } || fail protocol numbers
need stat date sort head tail wc grep dd chmod mkdir rmdir mv rm sync id
state_folder
list=$state/backups
removed=0 wiped=0 kept=0 bytes=0
cleanup() {
  set +f
  rm -f -- "$list~$h_token"*
}

answer() {
  say removed "$removed"
  say wiped "$wiped"
  say kept "$kept"
  say bytes "$bytes"
  end 0
}
if [ ! -f "$list" ] || [ -h "$list" ]; then answer; fi

# wipe: overwrites and removes ./$base. Where others may write to its folder they could put a link to
# another file in its place: so it is moved first to where nobody else can write.
wipe() {
  wiped_base=$base
  safe=false base=old
  look_here .
  here=$ident
  begin_work
  # A file that is out of its place and not gone would stay for good.
  trap '' HUP INT PIPE TERM
  wiped_code=1
  if mv -f -- "../$wiped_base" ./old; then
    if [ -f ./old ] && [ ! -h ./old ] && [ "$(stat -c '%u %h' ./old)" = "$1 1" ] && chmod u+w ./old &&
      head -c "$(stat -c %s ./old)" /dev/zero | dd bs=65536 conv=notrunc of=./old && sync ./old; then
      rm -f ./old
      wiped_code=0
    else
      mv -f -- ./old "./$wiped_base" && mv -f -- "./$wiped_base" ..
    fi
  fi
  end_work
  return "$wiped_code"
}

# drop PATH UID: removes the backup; prints how and its size. Fails, and prints nothing, when it stays.
drop() {
  # What fails here only keeps this one.
  fail() { exit 1; }
  cleanup() { :; }
  exec 5>&1 >/dev/null 2>&1
  reach "$1" stay
  { [ "$kind" = 'file' ] && [ "$uid" = "$2" ]; } || exit 1
  dropped_size=$size
  how=removed
  # With a second name it is still in use, or the file itself: its content is not ours to destroy.
  if [ "$nlink" -eq 1 ] && open_entry && grep -q -e 'PRIVATE KEY-----' <&4; then how=wiped; fi
  if [ "$p_check" = false ]; then
    if [ "$how" = wiped ]; then
      wipe "$2" || exit 1
    else
      rm -f -- "./$base" || exit 1
    fi
  fi
  printf '%s %s\n' "$how" "$dropped_size" >&5
}

list_size=$(wc -c <"$list") || fail_with "$list: Permission denied"
before=$(date -u -d "@$(($(date -u +%s) - p_older_than * 86400))" +%Y%m%d%H%M%S) ||
  fail failed 'date cannot tell what is old'
# Backwards, so that the newest backup of each file comes first.
entries=$(head -c "$list_size" <"$list" | sort -ru)
fresh_file "$list~$h_token"
rest=$fresh
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
  if [ "$newer" -gt "$p_keep" ] && [ "${stamp%T*}${stamp#*T}" -lt "$before" ] &&
    dropped=$(drop "$backup" "$entry_uid") && [ -n "$dropped" ]; then
    removed=$((removed + 1))
    [ "${dropped% *}" = removed ] || wiped=$((wiped + 1))
    bytes=$((bytes + ${dropped#* }))
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
