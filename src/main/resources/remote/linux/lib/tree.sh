# shellcheck shell=sh disable=SC2034,SC2154
# A folder with all it holds. Each folder is gone into in a subshell of its own and checked to be a child
# of the one before; nothing is reached by a path of more than one name, and no link is followed.

# each_here FUNCTION: calls it with the name of each entry of this folder.
each_here() {
  each_function=$1
  set +f
  set -- ./* ./.[!.]* ./..?*
  set -f
  for each_entry in "$@"; do
    if [ -e "$each_entry" ] || [ -h "$each_entry" ]; then "$each_function" "${each_entry#./}"; fi
  done
}

# remove_tree NAME: the folder ./NAME. GNU's rm goes through a tree as safely as this, and faster; others
# follow whatever a path leads to by then.
remove_tree() {
  case $(rm --version 2>/dev/null) in
    *GNU* | *uutils*)
      error=$(rm -rf -- "./$1" 2>&1) || fail_with "$error"
      return
      ;;
  esac
  look_here .
  here=$ident
  tree_error=$(remove_folder "$1" 2>&1) || fail_with "$tree_error"
}

# remove_folder NAME: fails after saying why.
remove_folder() {
  (
    # A failure is told by whoever called.
    fail() {
      printf '%s\n' "${2:-$1}"
      exit 1
    }
    trap - EXIT
    go_into "$1"
    each_here remove_entry
  ) || return 1
  rmdir -- "./$1"
}

remove_entry() {
  if [ -d "./$1" ] && [ ! -h "./$1" ]; then
    remove_folder "$1" || exit 1
  else
    rm -f -- "./$1" || exit 1
  fi
}

# set_tree_attributes: of this folder and of what it holds, the folder last: until then nobody gets in
# who could not before.
set_tree_attributes() {
  look_here .
  here=$ident
  folder_manner
  tree_manner=$manner
  each_here set_one
  look_here .
  set_attributes .
}

# set_one NAME
set_one() {
  if [ -h "./$1" ]; then return 0; fi
  if [ -d "./$1" ]; then
    tree_said=$(
      # What it says goes to the answer, what it fails with too.
      go_into "$1"
      set_tree_attributes
    )
    [ -z "$tree_said" ] || {
      printf '%s\n' "$tree_said"
      exit 0
    }
    return 0
  fi
  look_here "$1"
  case $kind in
    symlink | absent) return 0 ;;
  esac
  if [ "$tree_manner" = closed ]; then
    set_attributes "./$1" -h
  elif [ "$kind" = 'file' ]; then
    base=$1 real=$PWD/$1 safe=false
    open_entry
    set_attributes /proc/self/fd/4
    exec 4<&-
  fi
  # Pipes, sockets and devices cannot be held on to: where others could swap them they stay as they are.
}
