#use names
#use work
#use attributes
# An empty file where there is none, and its times set to now.
need stat readlink touch chown chgrp chmod mktemp mv rm mkdir rmdir
check_attributes
path_of "$p_path"
reach "$path"
need_folder
if [ "$kind" = absent ]; then
  given mode || { p_mode=0644; want_mode=0644; }
  cleanup() { end_work; }
  begin_work
  begin_file
  error=$(place) || fail_with "$error"
  end_work
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
