#use names
# What is at a path; a symlink at its end is not followed. Looks only.
need stat readlink sha256sum
path_of "$p_path"
reach "$path" stay
say_state
case $kind in
  'file')
    if [ -r "./$base" ]; then
      open_entry
      hash_entry
      say sha256 "$hash"
    fi
    ;;
  symlink)
    link_target "./$base"
    say link_target "$target"
    ;;
esac
end 0
