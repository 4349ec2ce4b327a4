#use names
# Waits until a path is there, or is not, or is no longer as it was; looks at least once.
need date sleep stat
path_of "$p_path"
begun=$(date +%s)
while :; do
  stamp=$(stat -L -c '%d:%i:%s:%Y' -- "$path" 2>/dev/null) || stamp=absent
  reached=false
  case $p_wanted in
    present) [ "$stamp" = absent ] || reached=true ;;
    absent) [ "$stamp" != absent ] || reached=true ;;
    *) [ "$stamp" = "$p_stamp" ] || reached=true ;;
  esac
  left=$((begun + p_seconds - $(date +%s)))
  if [ "$reached" = true ] || [ "$left" -le 0 ]; then break; fi
  if [ "$p_sleep" -lt "$left" ]; then left=$p_sleep; fi
  sleep "$left"
done
say reached "$reached"
say stamp "$stamp"
end 0
