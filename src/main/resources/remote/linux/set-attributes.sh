#use names
#use attributes
# Owner, group and mode of what is there.
need stat readlink chown chgrp chmod
check_attributes
path_of "$p_path"
reach "$path"
[ "$kind" != absent ] || fail missing "$path"
set_entry_attributes
say changed "$changed"
say_real
end 0
