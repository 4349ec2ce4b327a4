# shellcheck shell=bash
# What the lab's commands share. Sourced, never run.
# shellcheck disable=SC2034 # used by those that source it

lab_home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
registry=/run/edgefleet-lab
# A root shell does not always have these, and half of what is needed is there.
PATH=$PATH:/usr/sbin:/sbin

say() {
  printf 'lab: %s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

# Sets name, folder and id from --name and --folder; words that are no options are left in the array rest.
read_place() {
  name=lab
  folder=
  rest=()
  while [ $# -gt 0 ]; do
    case $1 in
      --name | --folder)
        [ $# -ge 2 ] || die "$1 needs a value"
        [ "$1" = --name ] && name=$2
        [ "$1" = --folder ] && folder=$2
        shift 2
        ;;
      -*) die "unknown option $1 (--help says more)" ;;
      *)
        rest+=("$1")
        shift
        ;;
    esac
  done
  [[ $name =~ ^[A-Za-z0-9][A-Za-z0-9-]{0,30}$ ]] \
    || die "a lab's name has letters, digits and hyphens (31 at most), not '$name'"
  if [ -z "$folder" ]; then
    folder=$lab_home/run
    [ "$name" = lab ] || folder=$lab_home/run-$name
  fi
  folder=$(realpath -m -- "$folder")
  # Interfaces have names of 15 bytes at most, so the folder's path is hashed: ef123456, ef123456n7.
  id=ef$(printf '%s' "$folder" | sha256sum | cut -c1-6)
}

# When the process began, in clock ticks since boot; nothing when it is gone.
started_at() {
  local stat
  { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
  # The name in parentheses may hold blanks: count from behind it.
  # shellcheck disable=SC2086 # one word each
  set -- ${stat##*) }
  printf '%s' "${20}"
}

need_root() {
  [ "$(id -u)" = 0 ] || die "$1 needs root: it makes network namespaces and boots devices. Run it with sudo."
}
