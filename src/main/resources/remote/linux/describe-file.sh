#use names
# All that is known of a path. Looks only.
need stat readlink
path_of "$p_path"
if [ "$p_follow" = true ]; then
  reach "$path"
else
  reach "$path" stay
fi
case $kind in
  other)
    if [ -b "./$base" ]; then
      kind=block-device
    elif [ -c "./$base" ]; then
      kind=character-device
    elif [ -p "./$base" ]; then
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
more=$(stat -c '%i %d %h %X %Y %Z' -- "./$base" 2>&1) || fail_with "$more"
IFS=' ' read -r inode device links_now atime mtime ctime <<EOF
$more
EOF
say inode "$inode"
say dev "$device"
say nlink "$links_now"
say atime "$atime"
say mtime "$mtime"
say ctime "$ctime"

# say_if NAME TEST: TEST is an option of test.
say_if() {
  if test "$2" "./$base"; then say "$1" true; else say "$1" false; fi
}
say_if readable -r
say_if writable -w
say_if executable -x
case $kind in
  'file')
    if given checksum; then
      case $p_checksum in
        md5 | sha1 | sha224 | sha256 | sha384 | sha512) ;;
        *) fail protocol "checksum $p_checksum" ;;
      esac
      need "${p_checksum}sum"
      if [ -r "./$base" ]; then
        open_entry
        if digest=$({ "${p_checksum}sum" <&4; } 2>/dev/null); then say digest "${digest%% *}"; fi
      fi
    fi
    ;;
  symlink)
    link_target "./$base"
    say link_target "$target"
    if source=$(readlink -f -- "./$base" && echo .); then
      source=${source%.}
      say link_source "${source%?}"
    fi
    ;;
esac
say_real
end 0
