#use names
#use work
# A symlink at a path, in place of another symlink or of what may be replaced.
need stat readlink ln mv rm mkdir rmdir
path_of "$p_path"
reach "$path" stay
need_folder
case $base in
  . | ..) fail bad-path "$path" ;;
esac
case $kind in
  absent) ;;
  symlink)
    link_target "./$base"
    if [ "$target" = "$p_target" ]; then
      say changed false
      end 0
    fi
    ;;
  directory)
    [ "$p_force" = true ] || fail is-directory "$real"
    error=$(rmdir -- "./$base" 2>&1) || fail_with "$error"
    ;;
  *) [ "$p_force" = true ] || fail is-file "$real" ;;
esac
cleanup() { end_work; }
begin_work
error=$(ln -s -- "$p_target" "$new" 2>&1) || fail_with "$error"
error=$(place) || fail_with "$error"
say changed true
end 0
