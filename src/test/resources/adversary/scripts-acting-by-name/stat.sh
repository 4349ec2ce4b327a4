# What is at a path; a symlink at its end is not followed. Looks only.
receive stat
need stat readlink sha256sum
path_of "$p_path"
look "$path"
say_state
case $kind in
  file) if hash_of "$path"; then say sha256 "$hash"; fi ;;
  symlink)
    link_target "$path"
    say link_target "$target"
    ;;
esac
end 0
