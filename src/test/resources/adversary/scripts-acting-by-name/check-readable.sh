# Whether a user can read a file, through every folder above it. Looks only.
receive check-readable
need stat readlink id
path_of "$p_path"
user_id=$(id -u -- "$p_user" 2>/dev/null) || fail no-such-user "$p_user"
user_groups=" $(id -G -- "$p_user") "

# allows BIT PATH: whether the mode lets the user; 4 read, 1 search. Leaves what look found.
allows() {
  look "$2" -L
  [ "$user_id" -ne 0 ] || return 0
  allow_rest=$mode
  while [ ${#allow_rest} -gt 3 ]; do allow_rest=${allow_rest#?}; done
  case $user_groups in
    *" $gid "*) allow_group=true ;;
    *) allow_group=false ;;
  esac
  if [ "$uid" -eq "$user_id" ]; then
    allow_digit=${allow_rest%??}
  elif [ $allow_group = true ]; then
    allow_digit=${allow_rest#?}
    allow_digit=${allow_digit%?}
  else
    allow_digit=${allow_rest#??}
  fi
  [ $((allow_digit & $1)) -ne 0 ]
}

# walk: goes down to the file as the kernel does, through symlinks; sets $at, and $walk to the
# reason it stopped: blocked, missing, or reached.
walk() {
  at=/
  rest=$path
  links=40
  while :; do
    while :; do
      case $rest in
        /*) rest=${rest#/} ;;
        *) break ;;
      esac
    done
    if [ -z "$rest" ]; then
      walk=reached
      return 0
    fi
    step=${rest%%/*}
    case $rest in
      */*) rest=${rest#*/} ;;
      *) rest= ;;
    esac
    if ! allows 1 "$at"; then
      walk=blocked
      if [ "$kind" != directory ]; then walk=missing; fi
      return 0
    fi
    case $step in
      .) continue ;;
      ..)
        folder_of "$at"
        at=$folder
        continue
        ;;
    esac
    next=${at%/}/$step
    if [ -h "$next" ]; then
      links=$((links - 1))
      [ "$links" -gt 0 ] || fail symlink-loop "$path"
      link_target "$next"
      case $target in
        /*) at=/ ;;
      esac
      rest=$target/$rest
      continue
    fi
    look "$next"
    if [ "$kind" = absent ]; then
      walk=missing
      return 0
    fi
    at=$next
  done
}

# try_as_user: asks the kernel. 0 readable, 1 not, 2 there is no way to ask.
try_as_user() {
  if [ "$(id -u)" -eq "$user_id" ]; then
    [ -r "$path" ]
    return
  fi
  [ "$(id -u)" -eq 0 ] || return 2
  # The path goes by the environment: su has no way to pass an argument that all agree on.
  edgefleet_path=$path
  export edgefleet_path
  # shellcheck disable=SC2016  # for the shell that runs as the user
  try='if [ -r "$edgefleet_path" ]; then echo yes; else echo no; fi'
  try_group=$(id -g -- "$p_user")
  for try_way in setpriv runuser su; do
    case $try_way in
      setpriv) tried=$(setpriv --reuid "$user_id" --regid "$try_group" --init-groups /bin/sh -c "$try" 2>/dev/null) ;;
      runuser) tried=$(runuser -u "$p_user" -- /bin/sh -c "$try" 2>/dev/null) ;;
      su) tried=$(su -s /bin/sh "$p_user" -c "$try" 2>/dev/null) ;;
    esac
    case $tried in
      yes) return 0 ;;
      no) return 1 ;;
    esac
  done
  return 2
}

walk
if [ "$walk" = missing ]; then
  say readable false
  say missing true
  end 0
fi
[ "$kind" != directory ] || [ "$walk" = blocked ] || fail is-directory "$path"
by_mode=false
if [ "$walk" = reached ] && allows 4 "$at"; then by_mode=true; fi
try_as_user
case $? in
  0) readable=true ;;
  1) readable=false ;;
  *) readable=$by_mode ;;
esac
say readable "$readable"
say missing false
if [ "$readable" = false ]; then
  # Where the kernel says no and the modes say yes (an access list, say), the file is named.
  say blocked_by "$at"
  say owner "$owner"
  say group "$group"
  say mode "$mode"
fi
end 0
