# Owner, group and mode of what is there, symlinks followed.
receive set-attributes
need stat chown chgrp chmod
check_attributes
path_of "$p_path"
look "$path" -L
[ "$kind" != absent ] || fail missing "$path"
set_attributes "$path"
say changed "$changed"
end 0
