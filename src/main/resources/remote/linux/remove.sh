#use names
#use tree
# Removes a file, a symlink, or a folder with all it holds.
need stat rm rmdir
path_of "$p_path"
reach "$path" stay
case $base in
  . | ..) fail refused-path "$path" ;;
esac
case $kind in
  absent)
    say changed false
    end 0
    ;;
  directory)
    [ "$p_recursive" = true ] || fail is-directory "$real"
    remove_tree "$base"
    ;;
  *) error=$(rm -f -- "./$base" 2>&1) || fail_with "$error" ;;
esac
look_here "$base"
[ "$kind" = absent ] || fail failed "it is still there"
say changed true
end 0
