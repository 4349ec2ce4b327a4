#use names
#use work
#use attributes
# An empty file where there is none, and its times set to now.
need stat readlink touch chown chgrp chmod rm
check_attributes
path_of "$p_path"
reach "$path"
need_folder
if [ "$kind" = absent ]; then
  new_mode 0644 'file'
  made=false
  if [ "$safe" = true ]; then
    remove_leftovers
    cleanup() { end_work; }
    begin_work
    begin_file
    # A second name and no move: what is there by now stays.
    if ln -- "$new" "./$base" 2>/dev/null; then made=true; fi
    end_work
  fi
  if [ "$made" = false ]; then
    # Fails when something is there by now, and follows no link.
    error=$( (umask 022 && set -C && : >"./$base") 2>&1) || fail_with "$error"
  fi
  reach "$path"
  [ "$kind" = 'file' ] || fail changed-meanwhile "$real"
fi
case $kind in
  'file')
    open_entry
    error=$(touch -- /proc/self/fd/4 2>&1) || fail_with "$error"
    set_attributes /proc/self/fd/4
    ;;
  directory)
    go_into_entry
    error=$(touch -- . 2>&1) || fail_with "$error"
    set_attributes .
    ;;
  *) fail not-a-file "$real" ;;
esac
say changed true
say_real
end 0
