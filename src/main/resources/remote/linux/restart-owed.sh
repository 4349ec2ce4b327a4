# Whether a service owes a restart: any noted path has a noted hash now. Looks only.
receive restart-owed
need stat sha256sum
notes_of "$p_service" "$p_state_folder"
look "$notes" -L
owed=false
if [ "$kind" = file ]; then
  [ -r "$notes" ] || fail not-permitted "$notes"
  while IFS=' ' read -r noted_hash noted_path more; do
    { [ ${#noted_hash} -eq 64 ] && [ -n "$noted_path" ] && [ -z "$more" ]; } || continue
    unescape "$noted_path"
    look "$unescaped" -L
    [ "$kind" = file ] || continue
    hash_of "$unescaped" || fail not-permitted "$unescaped"
    if [ "$hash" = "$noted_hash" ]; then
      owed=true
      break
    fi
  done <"$notes"
fi
say owed "$owed"
end 0
