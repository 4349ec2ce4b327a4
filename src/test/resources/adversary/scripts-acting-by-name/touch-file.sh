# An empty file where there is none, and its times set to now.
receive touch-file
need stat touch chown chgrp chmod
check_attributes
path_of "$p_path"
error=$( (umask 022 && touch -- "$path") 2>&1) || fail_with "$error"
look "$path" -L
set_attributes "$path"
say changed true
end 0
