#use names
#use state
#use look
#use units
# Whether a service owes a restart: any noted path has a noted hash now, or this very step began a
# restart before and asks again, because nobody knows how it went. Looks only.
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
if [ "$owed" = false ]; then
  note_of "restart-$unit"
  if noted; then owed=true; fi
fi
say owed "$owed"
end 0
