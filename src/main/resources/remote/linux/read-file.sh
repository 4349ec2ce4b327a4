#use names
# A whole file. Looks only.
need stat readlink sha256sum cat
path_of "$p_path"
reach "$path"
case $kind in
  absent)
    say_state
    end 0
    ;;
  'file') ;;
  directory) fail is-directory "$real" ;;
  *) fail not-a-file "$real" ;;
esac
[ "$size" -le "$p_limit" ] || fail too-large "$size"
open_entry
hash_entry
say_state
say sha256 "$hash"
say_real
body
cat <&4
end 0
