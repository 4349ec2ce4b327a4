# A folder and those above it that are missing.
receive make-directory
need stat mkdir chown chgrp chmod
check_attributes
path_of "$p_path"
look "$path" -L
case $kind in
  absent) ;;
  directory)
    set_attributes "$path"
    say changed "$changed"
    end 0
    ;;
  *) fail not-a-directory "$path" ;;
esac
[ ! -h "$path" ] || fail dangling-symlink "$path"

# Outermost first, into the positional parameters: the one list that holds any name.
set --
missing=$path
while [ "$kind" = absent ]; do
  set -- "$missing" "$@"
  folder_of "$missing"
  missing=$folder
  look "$missing" -L
done
[ "$kind" = directory ] || fail not-a-directory "$missing"
given mode || { p_mode=0755; want_mode=0755; }
for path in "$@"; do
  # A name such as a/./b or a/../b can make one of them exist meanwhile.
  [ ! -d "$path" ] || continue
  error=$(mkdir -- "$path" 2>&1) || fail_with "$error"
  look "$path"
  set_attributes "$path"
done
say changed true
end 0
