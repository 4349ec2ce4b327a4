# shellcheck shell=sh
# From a path to what stands there, on ground where other users of the device may make links, move
# folders and put other things in place while an operation works.
#
# A folder is closed when it belongs to root or to the user this runs as, and nobody else may write to
# it. What stands in a closed folder is what it was a moment ago, so on a way of closed folders paths
# may be used as they are. From the first open folder on, each folder is gone into and then checked to
# be the child of the one before, by its parent's number; and what is opened there is checked to be
# what stands there. A sticky folder such as /tmp is closed for what belongs to root or to this user.

# path_of VALUE: sets $path to the same file, absolute: no command takes it for an option.
path_of() {
  case $1 in
    '') fail bad-path 'it is empty' ;;
    /*) path=$1 ;;
    *) path=$PWD/$1 ;;
  esac
}

# entry_of RAW UID GID NLINK SIZE IDENT OWNER GROUP: sets $kind and the rest of what is known of an
# entry, from the numbers of stat. Names may hold spaces where they come from a directory service.
entry_of() {
  uid=$2 gid=$3 nlink=$4 size=$5 ident=$6 owner=$7 group=$8
  [ "$owner" != UNKNOWN ] || owner=$uid
  [ "$group" != UNKNOWN ] || group=$gid
  bits=$((0x$1 & 07777))
  mode=$((bits >> 9 & 7))$((bits >> 6 & 7))$((bits >> 3 & 7))$((bits & 7))
  case $((0x$1 >> 12)) in
    4) kind=directory ;;
    8) kind='file' ;;
    10) kind=symlink ;;
    *) kind=other ;;
  esac
}
entry_format='%f %u %g %h %s %d:%i %U %G'

# is_trusted UID: root, or who this runs as.
is_trusted() { [ "$1" -eq 0 ] || [ "$1" -eq "$me" ]; }

# folder_manner: of the folder that entry_of was given, sets $manner: closed, sticky or open.
folder_manner() {
  manner=open
  is_trusted "$uid" || return 0
  if [ $((bits & 022)) -eq 0 ]; then
    manner=closed
  elif [ $((bits & 01000)) -ne 0 ]; then
    manner=sticky
  fi
}

# look_here NAME: what stands there in this folder; a link is not followed. Sets $kind and the rest.
look_here() {
  if here_found=$(stat -c "$entry_format" -- "./$1" 2>&1); then
    # shellcheck disable=SC2086 # These are words.
    entry_of $here_found
    return 0
  fi
  case $here_found in
    *"No such file"*) kind=absent ;;
    *) fail_with "$here_found" ;;
  esac
}

# link_target PATH: sets $target as the symlink spells it.
link_target() {
  target=$(readlink -n -- "$1" && echo .) || fail_with "cannot read the symlink $1"
  target=${target%.}
}

# follow_asked: whether the playbook wants links to be followed, whosever they are.
follow_asked() { given follow && [ "$p_follow" = true ]; }

# refuse_link LINK: one that somebody put there who could lead this astray. Needs what entry_of told of
# it, and $guard, its folder, with $guard_owner and $guard_mode where that is open.
refuse_link() {
  if ! is_trusted "$uid"; then
    fail foreign-link "$1 belongs to $owner"
  fi
  fail foreign-link "$1 is in $guard, which others may change (owner $guard_owner, mode $guard_mode)"
}

# reach PATH [stay|still]: goes into the folder that holds the absolute PATH. With stay a link at its end
# is itself what is meant; with still it goes nowhere, and $manner says whether the way is open. Sets $folder, where this is now, as a path without links; $base, the name in it;
# $real, both together; $safe, whether nobody else can change what stands there; $followed, whether
# a link was at the end; $kind and, unless absent, $mode $uid $gid $owner $group $size $nlink $ident.
# $beyond is not empty when folders on the way are missing: $base is then the first of them. $blocked
# is what stands in the way and is no folder. One process where all folders are closed.
reach() {
  reach_from=$1
  reach_stay=${2-}
  reach_left=40
  followed='' base=''
  until reach_once; do
    [ "$reach_left" -gt 0 ] || fail symlink-loop "$1"
    reach_left=$((reach_left - 1))
  done
  real=${folder%/}/$base
}

# lead_on LINK REST: the way goes on where the link leads to.
lead_on() {
  link_target "$1"
  case $target in
    /*) reach_from=$target$2 ;;
    *) reach_from=${1%/*}/$target$2 ;;
  esac
}

# reach_once: fails when a link was met, after setting where the way goes on.
reach_once() {
  set -- /
  way_prefix=''
  way_rest=$reach_from
  while :; do
    while :; do
      case $way_rest in
        /*) way_rest=${way_rest#/} ;;
        *) break ;;
      esac
    done
    [ -n "$way_rest" ] || break
    way_step=${way_rest%%/*}
    way_rest=${way_rest#"$way_step"}
    way_prefix=$way_prefix/$way_step
    set -- "$@" "$way_prefix"
  done
  way_found=$(stat -c "$entry_format" -- "$@" 2>/dev/null)
  safe=true beyond='' blocked='' folder=/ manner=closed
  kind=directory
  while IFS=' ' read -r way_raw way_more; do
    [ -n "$way_raw" ] || break
    # shellcheck disable=SC2086 # These are words.
    entry_of "$way_raw" $way_more
    if [ "$manner" = sticky ] && ! is_trusted "$uid"; then
      # Anybody's: it may be something else by now.
      manner=open
      break
    fi
    way_entry=$1
    shift
    case $kind in
      symlink)
        if [ $# -eq 0 ] && [ "$reach_stay" = stay ]; then break; fi
        guard=$folder guard_owner='' guard_mode=''
        is_trusted "$uid" || follow_asked || refuse_link "$way_entry"
        [ $# -gt 0 ] || followed=yes
        way_rest=
        if [ $# -gt 0 ]; then
          # What is left of the way, behind this entry's own path.
          for way_rest in "$@"; do :; done
          way_rest=${way_rest#"$way_entry"}
        fi
        lead_on "$way_entry" "$way_rest"
        return 1
        ;;
      directory)
        [ $# -gt 0 ] || break
        folder=$way_entry
        folder_manner
        here=$ident
        guard=$folder guard_owner=$owner guard_mode=$mode
        [ "$manner" != open ] || break
        ;;
      *)
        if [ $# -gt 0 ]; then
          blocked=$way_entry
          break
        fi
        ;;
    esac
  done <<EOF
$way_found
EOF
  if [ -n "$blocked" ]; then
    kind=absent
    base=${1##*/}
    return 0
  fi
  if [ "$reach_stay" = still ]; then
    [ $# -eq 0 ] || kind=absent
    return 0
  fi
  cd -P -- "$folder" 2>/dev/null || fail not-permitted "$folder"
  if [ "$manner" = open ]; then
    safe=false
    reach_on "$@"
    return
  fi
  base=${way_prefix##*/}
  base=${base:-.}
  if [ $# -gt 0 ]; then
    kind=absent
    base=${1##*/}
    shift
    beyond=${1-}
  fi
}

# reach_on PATH...: the rest of the way, from an open folder on: this one, whose number is $here.
reach_on() {
  while [ $# -gt 1 ]; do
    way_step=${1##*/}
    if [ -h "./$way_step" ]; then
      look_here "$way_step"
      [ "$kind" = symlink ] || fail changed-meanwhile "$1"
      follow_asked || refuse_link "${folder%/}/$way_step"
      for way_rest in "$@"; do :; done
      lead_on "${folder%/}/$way_step" "${way_rest#"$1"}"
      return 1
    fi
    if [ ! -d "./$way_step" ]; then
      look_here "$way_step"
      case $kind in
        absent)
          base=$way_step
          beyond=$2
          ;;
        *)
          blocked=$1
          kind=absent
          base=${2##*/}
          ;;
      esac
      return 0
    fi
    go_into "$way_step"
    folder=${folder%/}/$way_step
    guard=$folder guard_owner=$owner guard_mode=$mode
    shift
  done
  base=${1##*/}
  look_here "$base"
  if [ "$kind" = symlink ] && [ "$reach_stay" != stay ]; then
    follow_asked || refuse_link "${folder%/}/$base"
    followed=yes
    lead_on "${folder%/}/$base" ''
    return 1
  fi
}

# go_into NAME: into a folder of this one, whose number is $here: into no link, and nowhere else. Sets
# $here and what entry_of tells of it.
go_into() {
  cd -P -- "./$1" 2>/dev/null || fail not-permitted "${folder%/}/$1"
  into_found=$(stat -c "$entry_format" -- . .. 2>&1) || fail_with "$into_found"
  into_parent=${into_found#*
}
  case $1 in
    . | ..) ;;
    *)
      # shellcheck disable=SC2086 # These are words.
      entry_of $into_parent
      [ "$ident" = "$here" ] || fail changed-meanwhile "${folder%/}/$1"
      ;;
  esac
  # shellcheck disable=SC2086 # These are words.
  entry_of ${into_found%%
*}
  here=$ident
}

# open_entry: opens ./$base, which reach found to be a file, as 4, and makes sure that this is what
# was opened: nothing that a link leads to, and no other name of somebody else's file.
open_entry() {
  { command exec 4<"./$base"; } 2>/dev/null || fail not-permitted "$real (owner $owner, mode $mode)"
  [ "$safe" = false ] || return 0
  look_here "$base"
  [ "$kind" = file ] || fail changed-meanwhile "$real"
  [ "$nlink" -eq 1 ] || fail many-names "$real"
  open_ident=$(stat -L -c %d:%i -- /proc/self/fd/4 2>&1)
  [ "$open_ident" = "$ident" ] || fail changed-meanwhile "$real"
}

# hash_entry: sets $hash of what open_entry opened.
hash_entry() {
  hash=$(exec sha256sum 2>/dev/null </proc/self/fd/4) || fail not-permitted "cannot read $real"
  hash=${hash%% *}
}

# hash_of FILE: sets $hash.
hash_of() {
  hash=$(exec 2>/dev/null && exec sha256sum <"$1") || return 1
  hash=${hash%% *}
}

# say_real: where a link led to.
say_real() {
  [ -z "$followed" ] || say real "$real"
}

# say_state: what was found.
say_state() {
  say kind "$kind"
  [ "$kind" != absent ] || return 0
  say mode "$mode"
  say owner "$owner"
  say group "$group"
  say size "$size"
}

# need_folder: fails unless $folder is where ./$base may be made.
need_folder() {
  [ -z "$blocked" ] || fail not-a-directory "$blocked"
  [ -z "$beyond" ] || fail no-folder "${beyond%/*}"
}

# fresh_file PATH: sets $fresh, a new empty file whose name begins with PATH and that nobody else could ever
# open. In a folder with a default ACL the umask counts for nothing, and whoever opened a file keeps it open;
# mktemp asks for 0600.
fresh_file() {
  if command -v mktemp >/dev/null 2>&1; then
    fresh_error=$(mktemp "$1.XXXXXX" 2>&1) || fail_with "$fresh_error"
    fresh=$fresh_error
  else
    fresh_error=$( (umask 077 && set -C && : >"$1") 2>&1) || fail_with "$fresh_error"
    fresh=$1
  fi
}
