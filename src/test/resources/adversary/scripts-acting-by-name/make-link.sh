# A symlink at a path, in place of another symlink or of what may be replaced.
receive make-link
need stat readlink ln mv rm
path_of "$p_path"
folder_of "$path"
[ -n "$base" ] || fail bad-path "$path"
path=${folder%/}/$base
look "$path"
case $kind in
  absent) ;;
  symlink)
    link_target "$path"
    if [ "$target" = "$p_target" ]; then
      say changed false
      end 0
    fi
    ;;
  directory)
    [ "$p_force" = true ] || fail is-directory "$path"
    error=$(rmdir -- "$path" 2>&1) || fail_with "$error"
    ;;
  *) [ "$p_force" = true ] || fail is-file "$path" ;;
esac
new=${folder%/}/.$base.edgefleet-$nonce
error=$(ln -s -- "$p_target" "$new" 2>&1) || fail_with "$error"
cleanup() { rm -f -- "$new"; }
# Only -T keeps mv from moving it into the folder that an old link leads to.
if ! mv -fT -- "$new" "$path" 2>/dev/null; then
  rm -f -- "$new"
  error=$(ln -sfn -- "$p_target" "$path" 2>&1) || fail_with "$error"
fi
say changed true
end 0
