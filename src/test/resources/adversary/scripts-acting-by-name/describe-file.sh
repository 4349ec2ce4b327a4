# All that is known of a path. Looks only.
receive describe-file
need stat readlink
path_of "$p_path"
if [ "$p_follow" = true ]; then
  look "$path" -L
else
  look "$path"
fi
case $kind in
  other)
    if [ -b "$path" ]; then
      kind=block-device
    elif [ -c "$path" ]; then
      kind=character-device
    elif [ -p "$path" ]; then
      kind=pipe
    else
      kind=socket
    fi
    ;;
esac
say_state
[ "$kind" != absent ] || end 0
say uid "$uid"
say gid "$gid"
set --
[ "$p_follow" = false ] || set -- -L
more=$(stat "$@" -c '%i %d %h %X %Y %Z' -- "$path" 2>&1) || fail_with "$more"
IFS=' ' read -r inode device links atime mtime ctime <<EOF
$more
EOF
say inode "$inode"
say dev "$device"
say nlink "$links"
say atime "$atime"
say mtime "$mtime"
say ctime "$ctime"

# say_if NAME TEST: TEST is an option of test.
say_if() {
  if test "$2" "$path"; then say "$1" true; else say "$1" false; fi
}
say_if readable -r
say_if writable -w
say_if executable -x
case $kind in
  file)
    if given checksum; then
      case $p_checksum in
        md5 | sha1 | sha224 | sha256 | sha384 | sha512) ;;
        *) fail protocol "checksum $p_checksum" ;;
      esac
      need "${p_checksum}sum"
      if digest=$({ "${p_checksum}sum" <"$path"; } 2>/dev/null); then say digest "${digest%% *}"; fi
    fi
    ;;
  symlink)
    link_target "$path"
    say link_target "$target"
    if source=$(readlink -f -- "$path" && echo .); then
      source=${source%.}
      say link_source "${source%?}"
    fi
    ;;
esac
end 0
