# Owner, group and mode of a folder and of all it holds; no symlink is followed.
receive set-tree-attributes
need stat find chown chgrp chmod
check_attributes
path_of "$p_path"
look "$path" -L
case $kind in
  directory) ;;
  absent) fail missing "$path" ;;
  *) fail not-a-directory "$path" ;;
esac
changed=false

# each TEST VALUE PROGRAM ARGUMENT: runs the program on whatever fails the test.
each() {
  error=$({ find "$path/" ! -type l ! "$1" "$2" -print | head -n 1 | wc -l; } 2>&1) ||
    fail_with "$error"
  [ "${error##* }" != 0 ] || return 0
  changed=true
  [ "$p_check" = false ] || return 0
  error=$(find "$path/" ! -type l ! "$1" "$2" -exec "$3" -- "$4" {} + 2>&1) || fail_with "$error"
}
if given owner; then each -user "$p_owner" chown "$p_owner"; fi
if given group; then each -group "$p_group" chgrp "$p_group"; fi
if given mode; then each -perm "$want_mode" chmod "$want_mode"; fi
say changed "$changed"
end 0
