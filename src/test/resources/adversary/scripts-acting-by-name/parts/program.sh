# What a program is made of: its environment and its words, which become the arguments of the script.
# $own is where a file that comes along lies, and is made when it is not there.

# Words for eval: these are names of variables and nothing else.
variables=
count=1
while given "env$count"; do
  variables="$variables \"\$p_env$count\""
  count=$((count + 1))
done

# set_environment NAME=VALUE...: without a variable of its own, which one of them might be.
set_environment() {
  while [ $# -gt 0 ]; do
    # shellcheck disable=SC2163
    export "$1" || return 1
    shift
  done
}
if [ -n "$variables" ]; then
  error=$( (eval "set_environment $variables") 2>&1) || fail bad-environment "$error"
fi

if given text; then
  need cat
  cat=$(command -v cat)
fi
set --
count=1
while given "arg$count"; do
  eval "set -- \"\$@\" \"\$p_arg$count\""
  count=$((count + 1))
done
if given file; then
  case $p_file in
    '' | . | .. | */*) fail bad-path "$p_file" ;;
  esac
  need head mkdir chmod rm
  if [ ! -d "$own" ]; then
    error=$(mkdir -- "$own" 2>&1) || fail_with "$error"
    cleanup() { rm -rf -- "$own"; }
  fi
  own_file=$own/$p_file
  error=$({ head -c "$h_length" <&3 >"$own_file"; } 2>&1) || fail_with "$error"
  look "$own_file"
  [ "$size" -eq "$h_length" ] || fail truncated "$size of $h_length bytes"
  h_length=0
  chmod 0700 "$own_file"
  set -- "$own_file" "$@"
  if given interpreter1; then
    count=1
    words=
    while given "interpreter$count"; do
      words="$words \"\$p_interpreter$count\""
      count=$((count + 1))
    done
    eval "set -- $words \"\$@\""
  elif [ "$(head -c 2 <"$own_file" | tr -d '\000')" = '#!' ]; then
    # Here and not by the kernel: the folder may allow no programs.
    IFS= read -r words <"$own_file" || :
    words=${words#'#!'}
    words=${words#"${words%%[! 	]*}"}
    words=${words%"${words##*[! 	]}"}
    case $words in
      *[\ \	]*)
        word=${words#*[ 	]}
        set -- "${words%%[ 	]*}" "${word#"${word%%[! 	]*}"}" "$@"
        ;;
      ?*) set -- "$words" "$@" ;;
    esac
  fi
fi
[ $# -gt 0 ] || fail protocol 'no program'
if given text; then
  # By a descriptor, which cat empties and the shell closes before it runs any of it: the text stands
  # on no command line, and nothing that it starts can read it.
  # shellcheck disable=SC2016 # That shell is to expand it.
  set -- "$1" -c 'edgefleet_text=$("$1" <&3); exec 3<&-; shift
eval "unset edgefleet_text; $edgefleet_text"' "$1" "$cat"
fi

# as_login: umask and locale as they were before this script.
as_login() {
  umask "$login_umask"
  if [ "$login_locale" = unset ]; then unset LC_ALL; else LC_ALL=$login_locale; fi
}
