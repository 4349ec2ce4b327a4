#use names
#use work
#use attributes
# A folder and those above it that are missing.
need stat readlink mkdir mv rmdir chown chgrp chmod
check_attributes
path_of "$p_path"
made=false
cleanup() { end_folder; }

# end_folder: takes a folder away that was not put in its place.
end_folder() {
  if [ -n "${work-}" ]; then
    rmdir -- "./$base" 2>/dev/null
    end_work
  fi
}

# make_one: the folder ./$base. Where somebody else could put another in its place, it gets its
# attributes before it comes there. One that was made meanwhile is looked at anew.
make_one() {
  if [ "$safe" = true ]; then
    # With a mode of its own: in a folder with a default ACL the umask counts for nothing.
    if error=$(mkdir -m "$want_mode" -- "./$base" 2>&1); then
      look_here "$base"
      set_attributes "./$base" -h
    elif [ ! -d "./$base" ]; then
      fail_with "$error"
    fi
    return 0
  fi
  begin_work
  error=$(mkdir -- "$new" 2>&1) || fail_with "$error"
  look_here "$base"
  set_attributes "$new" -h
  place >/dev/null || :
  end_folder
}

tries=100
while :; do
  reach "$path"
  [ -z "$blocked" ] || fail not-a-directory "$blocked"
  case $kind in
    absent) [ -z "$followed" ] || [ -n "$beyond" ] || fail dangling-symlink "$path" ;;
    directory) break ;;
    *) fail not-a-directory "$real" ;;
  esac
  [ "$tries" -gt 0 ] || fail failed "$real cannot be made"
  tries=$((tries - 1))
  new_mode 0755 directory
  make_one
  made=true
done
if [ "$made" = false ]; then
  set_entry_attributes
else
  changed=true
fi
say changed "$changed"
say_real
end 0
