#use names
#use attributes
#use tree
# Owner, group and mode of a folder and of all it holds; no symlink in it is followed.
need stat readlink find head wc sort chown chgrp chmod
check_attributes
path_of "$p_path"
reach "$path"
case $kind in
  directory) ;;
  absent) fail missing "$path" ;;
  *) fail not-a-directory "$real" ;;
esac
go_into_entry
changed=false

# differs TEST VALUE: whether anything here fails the test.
differs() {
  error=$({ find . ! -type l ! "$1" "$2" -print | head -n 1 | wc -l; } 2>&1) || fail_with "$error"
  [ "${error##* }" = 0 ] || changed=true
}
if given owner; then differs -user "$p_owner"; fi
if given group; then differs -group "$p_group"; fi
if given mode; then differs -perm "$want_mode"; fi
if given mode_sum; then
  # What differs is looked for among the few modes that there are.
  error=$({ find . ! -type l -exec stat -c '%f 0 0 0 0 0 0 0' -- {} + | sort -u; } 2>&1) || fail_with "$error"
  while IFS= read -r entry; do
    # shellcheck disable=SC2086 # These are words.
    entry_of $entry
    wanted_mode
    [ "$want_mode" = "$mode" ] || changed=true
  done <<EOF
$error
EOF
fi
if [ "$changed" = true ] && [ "$p_check" = false ]; then
  led=$real
  set_tree_attributes
  real=$led
  changed=true
fi
say changed "$changed"
say_real
end 0
