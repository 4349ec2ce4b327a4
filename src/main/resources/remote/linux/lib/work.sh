# shellcheck shell=sh disable=SC2154
# Making something beside ./$base and putting it in its place in one step, after reach. Where others
# may write to the folder all that happens in a private folder in it, which nobody else can enter.

# begin_work: sets $new, a name that is free for begin_file, mkdir or ln. In an open folder it goes into a private one, and leaves a
# mark there: whatever else bears such a name is none of this. Until it is certain where this is, there is
# nothing to be taken away.
begin_work() {
  work='' new=''
  if [ "$safe" = true ]; then
    new=./.$base.edgefleet-$h_token
    return 0
  fi
  work_error=$(mkdir -m 0700 -- "./.$base.edgefleet-$h_token" 2>&1) || fail_with "$work_error"
  work_parent=$here
  go_into ".$base.edgefleet-$h_token"
  # Another folder of root's that was moved here is no harm while it is empty and closed.
  { [ "$kind" = directory ] && [ "$uid" -eq "$me" ] && [ $((bits & 077)) -eq 0 ] && is_empty_here; } ||
    fail changed-meanwhile "${folder%/}/.$base.edgefleet-$h_token"
  here=$work_parent
  work=.$base.edgefleet-$h_token
  new=./$base
  { printf '' >"./$work_mark"; } 2>/dev/null || fail failed "cannot make a file in $folder"
}
work_mark=.edgefleet-work

# begin_file: after begin_work, an empty file at $new that nobody else could ever open.
begin_file() {
  if [ -n "$work" ]; then
    file_error=$( (set -C && : >"$new") 2>&1) || fail_with "$file_error"
    return 0
  fi
  fresh_file "$new"
  new=$fresh
}

is_empty_here() {
  set +f
  set -- ./* ./.[!.]* ./..?*
  set -f
  for empty_entry in "$@"; do
    if [ -e "$empty_entry" ] || [ -h "$empty_entry" ]; then return 1; fi
  done
}

# place: $new takes the place of ./$base; prints what mv says. In the private folder into the one above,
# under its own name: like -T, which not every mv has, that follows no link there and goes into no
# folder.
place() {
  if [ -n "$work" ]; then
    mv -f -- "./$base" .. 2>&1
    return
  fi
  place_error=$(mv -fT -- "$new" "./$base" 2>&1) && return
  case $place_error in
    *nvalid\ option* | *nrecognized\ option* | *nknown\ option*)
      mkdir -m 0700 -- "$new.d" && mv -f -- "$new" "$new.d/$base" && (cd -P -- "$new.d" && mv -f -- "./$base" ..) 2>&1
      place_code=$?
      rm -f -- "$new.d/$base"
      rmdir -- "$new.d"
      return "$place_code"
      ;;
  esac
  printf '%s\n' "$place_error"
  return 1
}

# end_work: takes away what begin_work made and place did not move; harmless when nothing is left.
end_work() {
  if [ -n "${work-}" ]; then
    empty_work "$base"
  elif [ -n "${new-}" ]; then
    rm -f -- "$new" 2>/dev/null
  fi
  work='' new=''
}

# empty_work NAME: this is a private folder, made for that name: empties it and takes it away. Never by
# a path from elsewhere, for the folder above may have been moved.
empty_work() {
  set +f
  rm -f -- "./$1" "./$1.edgefleet-"* "./$work_mark" 2>/dev/null
  set -f
  empty_name=.$1.edgefleet-${2-$h_token}
  cd -P .. 2>/dev/null && rmdir -- "./$empty_name" 2>/dev/null
}

# remove_leftovers: what work on this name left that was cut off with its power or its process. The
# device's lock keeps everybody else who could be at work here away.
remove_leftovers() {
  [ "$h_lock" != - ] || return 0
  set +f
  for left in "./.$base.edgefleet-"*; do
    set -f
    left_token=${left##*.edgefleet-}
    if [ -f "$left" ]; then left_token=${left_token%.??????}; fi
    case $left_token in
      *[!0-9a-f]*) continue ;;
    esac
    if [ ${#left_token} -ne ${#h_token} ] || [ -h "$left" ]; then
      continue
    elif [ -f "$left" ]; then
      rm -f -- "$left" 2>/dev/null || :
    elif [ -d "$left" ] && [ -O "$left" ]; then
      (
        cleanup() { :; }
        go_into "${left#./}"
        [ "$uid" -eq "$me" ] && [ $((bits & 077)) -eq 0 ] && [ -f "./$work_mark" ] &&
          empty_work "$base" "$left_token"
      ) >/dev/null 2>&1 || :
    fi
  done
  set -f
}
