# chdir, creates and removes: whether and where a program runs.

# skip: the guards say that there is nothing to do.
skip() {
  say skipped true
  say exit_code 0
  end 0
}
if given chdir; then
  path_of "$p_chdir"
  look "$path" -L
  case $kind in
    directory) ;;
    absent) fail no-folder "$path" ;;
    *) fail not-a-directory "$path" ;;
  esac
  cd -- "$path" 2>/dev/null || fail not-permitted "$path"
fi
# any_there PATTERN: sets $kind to absent when nothing is there.
any_there() {
  path_of "$1"
  case $path in
    *[*?[]*)
      kind=absent
      set +f
      IFS=
      # shellcheck disable=SC2086 # It is a pattern.
      for match in $path; do
        if [ -e "$match" ] || [ -h "$match" ]; then kind=other; fi
      done
      unset IFS
      set -f
      ;;
    *) look "$path" ;;
  esac
}
if given creates; then
  any_there "$p_creates"
  [ "$kind" = absent ] || skip
fi
if given removes; then
  any_there "$p_removes"
  [ "$kind" != absent ] || skip
fi
