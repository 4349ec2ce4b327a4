# Waits until something listens on a port, or nothing does any more; looks at least once.
need date sleep

# listens_here: whether this system listens on the port, for its own programs; without making a connection.
# Fails with 2 where the kernel does not tell.
listens_here() {
  [ -r /proc/net/tcp ] || return 2
  hex=$(printf '%04X' "$p_port")
  for table in /proc/net/tcp /proc/net/tcp6; do
    [ -r "$table" ] || continue
    while read -r entry local remote state more; do
      [ "$state" = 0A ] || continue
      case $local in
        00000000:"$hex" | ??????7F:"$hex") return 0 ;;
        00000000000000000000000000000000:"$hex" | 00000000000000000000000001000000:"$hex") return 0 ;;
        0000000000000000FFFF0000??????7F:"$hex") return 0 ;;
      esac
    done <"$table"
  done
  return 1
}

# within COMMAND...: runs it no longer than one attempt may take.
within() {
  if command -v timeout >/dev/null 2>&1; then
    timeout "$p_connect" "$@" </dev/null >/dev/null 2>&1 3<&-
    return
  fi
  "$@" </dev/null >/dev/null 2>&1 3<&- &
  tried=$!
  (
    trap - EXIT
    sleep "$p_connect"
    kill -KILL "$tried"
  ) </dev/null >/dev/null 2>&1 3<&- &
  watch=$!
  wait "$tried"
  tried=$?
  kill "$watch" 2>/dev/null
  return "$tried"
}

# accepts: whether a connection is accepted there.
accepts() {
  # shellcheck disable=SC2016 # That bash is to expand it.
  case $way in
    bash) within bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$p_host" "$p_port" ;;
    nc-z) within nc -z -w "$p_connect" "$p_host" "$p_port" ;;
    nc) within nc -w "$p_connect" "$p_host" "$p_port" ;;
    busybox) within busybox nc -w "$p_connect" "$p_host" "$p_port" ;;
  esac
}

case $p_host in
  127.0.0.1 | localhost | ::1) way=table ;;
  *) way='' ;;
esac
if [ "$way" = table ]; then
  listens_here
  [ $? -ne 2 ] || way=
fi
if [ -z "$way" ]; then
  # A bash may be built without sockets: it takes the name for a file's then.
  if command -v bash >/dev/null 2>&1 &&
    case $(bash -c 'exec 3<>/dev/tcp/127.0.0.1/1' 2>&1) in *"No such file"*) false ;; esac then
    way=bash
  elif command -v nc >/dev/null 2>&1; then
    way=nc
    case $(nc -h 2>&1) in *-z*) way=nc-z ;; esac
  elif command -v busybox >/dev/null 2>&1 && busybox nc --help >/dev/null 2>&1; then
    way=busybox
  else
    fail no-program 'bash, nc or busybox with nc'
  fi
fi

begun=$(date +%s)
while :; do
  open=false
  if [ "$way" = table ]; then
    if listens_here; then open=true; fi
  elif accepts; then
    open=true
  fi
  if [ "$open" = "$p_open" ]; then
    say reached true
    end 0
  fi
  left=$((begun + p_seconds - $(date +%s)))
  [ "$left" -gt 0 ] || break
  if [ "$p_sleep" -lt "$left" ]; then left=$p_sleep; fi
  sleep "$left"
done
say reached false
end 0
