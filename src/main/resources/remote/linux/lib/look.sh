# shellcheck shell=sh disable=SC2034,SC2154
# Looks by path, for what only looks: nothing is done there.

# folder_of PATH: sets $folder and $base. PATH is absolute.
folder_of() {
  folder=$1
  while :; do
    case $folder in
      ?*/) folder=${folder%/} ;;
      *) break ;;
    esac
  done
  base=${folder##*/}
  folder=${folder%/*}
  folder=${folder:-/}
}

# look PATH [-L]: sets $kind and, unless absent, $mode $uid $gid $owner $group $size. -L follows
# symlinks. A folder that may not be searched is a failure: there might be a file behind it.
look() {
  if look_found=$(stat ${2+"$2"} -c "$entry_format" -- "$1" 2>&1); then
    :
  else
    case $look_found in
      *"No such file"* | *"Not a directory"*)
        kind=absent
        return 0
        ;;
      *) fail_with "$look_found" ;;
    esac
  fi
  # shellcheck disable=SC2086 # These are words.
  entry_of $look_found
}
