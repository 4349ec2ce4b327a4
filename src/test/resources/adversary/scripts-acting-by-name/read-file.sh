# A whole file, symlinks followed. Looks only.
receive read-file
need stat sha256sum cat
path_of "$p_path"
look "$path" -L
case $kind in
  absent)
    say_state
    end 0
    ;;
  file) ;;
  directory) fail is-directory "$path" ;;
  *) fail not-a-file "$path" ;;
esac
[ "$size" -le "$p_limit" ] || fail too-large "$size"
[ -r "$path" ] || fail not-permitted "owner $owner, mode $mode"
hash_of "$path" || fail_with "cannot read $path"
say_state
say sha256 "$hash"
body
cat <"$path"
end 0
