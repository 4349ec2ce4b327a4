# Removes a file, a symlink, or a folder with all it holds.
receive remove
need stat rm
path_of "$p_path"
# The slash at the end of "link/" would make rm follow the link.
folder_of "$path"
case $base in
  '' | . | ..) fail refused-path "$path" ;;
esac
path=${folder%/}/$base
look "$path"
case $kind in
  absent)
    say changed false
    end 0
    ;;
  directory)
    [ "$p_recursive" = true ] || fail is-directory "$path"
    error=$(rm -rf -- "$path" 2>&1) || fail_with "$error"
    ;;
  *) error=$(rm -f -- "$path" 2>&1) || fail_with "$error" ;;
esac
look "$path"
[ "$kind" = absent ] || fail failed "it is still there"
say changed true
end 0
