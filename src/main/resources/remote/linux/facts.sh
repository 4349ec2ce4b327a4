# What the device is. Looks only; what cannot be found out is left away.

# now: sets $now, with a fraction where date knows one.
now() {
  now=$(date +%s.%N)
  case ${now#*.} in
    '' | *[!0-9]*) now=${now%%.*} ;;
  esac
}
# Before everything that takes time: with the clock at the end it bounds the skew.
now
say began "$now"

# os_release KEY: sets $found. The file is shell assignments, but it is read, not run.
os_release() {
  found=
  for release_file in /etc/os-release /usr/lib/os-release; do
    [ -r "$release_file" ] || continue
    while IFS= read -r line || [ -n "$line" ]; do
      case $line in
        "$1="*)
          found=${line#*=}
          found=${found#[\"\']}
          found=${found%[\"\']}
          ;;
      esac
    done <"$release_file"
    return 0
  done
}

# quick PROGRAM...: its output, but never for long, whatever it makes of signals, and never with input of
# ours.
quick() {
  {
    if command -v setsid >/dev/null 2>&1; then
      setsid -- "$@" 3<&- &
    else
      "$@" 3<&- &
    fi
    quick_program=$!
    {
      # The sleep ends with its guard: nothing stays behind.
      nap='' over=''
      trap 'over=yes; [ -z "$nap" ] || kill "$nap"' TERM
      sleep 5 &
      nap=$!
      [ -z "$over" ] || kill "$nap"
      wait "$nap"
      [ -n "$over" ] || kill -KILL "-$quick_program" || kill -KILL "$quick_program"
    } >/dev/null 3<&- &
    quick_guard=$!
    wait "$quick_program"
    quick_code=$?
    kill "$quick_guard"
    return "$quick_code"
  } 2>/dev/null
}

os_release ID
say system "${found:-linux}"
os_release ID_LIKE
say system_like "$found"
os_release NAME
say distribution "$found"
os_release VERSION_ID
say version "$found"
os_release VERSION_CODENAME
say codename "$found"
os_release PRETTY_NAME
say pretty_name "$found"
if [ -r /etc/debian_version ]; then
  IFS= read -r found </etc/debian_version || :
  say debian_version "$found"
fi
say kernel "$(uname -r)"
say architecture "$(uname -m)"
node=$(uname -n)
say hostname "$node"
if [ -r /etc/machine-id ]; then
  IFS= read -r found </etc/machine-id || :
  say machine_id "$found"
fi

# From the file and never from the network, which may let it wait.
fqdn=$node
if [ -r /etc/hosts ]; then
  while read -r address names || [ -n "$address" ]; do
    names=${names%%#*}
    case " $names " in
      *[[:space:]]"$node"[[:space:]]*)
        fqdn=${names%%[[:space:]]*}
        break
        ;;
    esac
  done </etc/hosts
fi
say fqdn "$fqdn"
say user "$(id -un 2>/dev/null || id -u)"
say uid "$(id -u)"
say gid "$(id -g)"
say home "${HOME-}"
say search_path "$PATH"

iotedge_version=
if command -v iotedge >/dev/null 2>&1; then
  # Unable to answer is no failure: the command may be there before the runtime works.
  answer=$(quick iotedge version) || answer=
  case $answer in
    'iotedge '*)
      answer=${answer#iotedge }
      iotedge_version=${answer%%[!0-9A-Za-z.~+-]*}
      say iotedge_version "$iotedge_version"
      ;;
  esac
fi

# daemon UNIT: sets $daemon to running, there or none.
daemon() {
  daemon=none
  command -v systemctl >/dev/null 2>&1 || return 0
  answer=$(quick systemctl show -p LoadState,ActiveState "$1.service") || return 0
  case $answer in
    *ActiveState=active*) daemon=running ;;
    *LoadState=loaded*) daemon=there ;;
  esac
}

# The runtime that runs decides, then the one that is installed: an update to 1.2 leaves /etc/iotedge
# behind, and a removed runtime leaves its directory.
daemon iotedge
older=$daemon
daemon aziot-edged
newer=$daemon
case $older,$newer in
  running,running | there,there | none,none) layout= ;;
  running,* | there,none) layout=yaml ;;
  *) layout=toml ;;
esac
if [ "$older" = none ] && [ -d /etc/aziot ]; then layout=toml; fi
if [ -z "$layout" ]; then
  case $iotedge_version in
    1.[01] | 1.[01][!0-9]*) layout=yaml ;;
    [0-9]*) layout=toml ;;
    *)
      if [ -d /etc/iotedge ]; then layout=yaml; else layout=none; fi
      if [ -d /etc/aziot ]; then layout=toml; fi
      ;;
  esac
fi
say layout "$layout"
case $layout in
  toml) config=/etc/aziot/config.toml ;;
  yaml) config=/etc/iotedge/config.yaml ;;
  *) config= ;;
esac
if [ -n "$config" ] && [ -e "$config" ]; then say config "$config"; fi

for engine in docker podman; do
  command -v "$engine" >/dev/null 2>&1 || continue
  answer=$(quick "$engine" --version) || continue
  # "Docker version 20.10.25+azure-2, build ...", "podman version 4.3.1"
  case $answer in
    *' version '*) ;;
    *) continue ;;
  esac
  engine_version=${answer#* version }
  engine_version=${engine_version%%[!0-9A-Za-z.~+-]*}
  case $answer in
    podman*) engine=podman socket=/run/podman/podman.sock ;;
    *+azure*) engine=moby socket=/run/docker.sock ;;
    *) engine=docker socket=/run/docker.sock ;;
  esac
  say engine "$engine"
  say engine_version "$engine_version"
  if [ -S "$socket" ]; then say engine_socket "$socket"; fi
  break
done

init=unknown
if [ -r /proc/1/comm ]; then
  IFS= read -r init </proc/1/comm || :
fi
say init_system "$init"
case $init in
  systemd) manager=systemd ;;
  init | sh | bash | busybox | unknown)
    if [ -d /run/systemd/system ]; then
      manager=systemd
    elif [ -e /sbin/openrc ]; then
      manager=openrc
    elif [ -d /etc/init.d ]; then
      manager=sysvinit
    else
      manager=service
    fi
    ;;
  *) manager=$init ;;
esac
say service_manager "$manager"

for manager in apt-get dnf tdnf yum zypper apk opkg pacman; do
  if command -v "$manager" >/dev/null 2>&1; then
    say package_manager "${manager%-get}"
    break
  fi
done

if [ -r /sys/fs/selinux/enforce ]; then
  read -r found </sys/fs/selinux/enforce || :
  if [ "$found" = 1 ]; then say selinux enforcing; else say selinux permissive; fi
else
  say selinux disabled
fi
if [ -d /sys/kernel/security/apparmor ] || [ -d /sys/module/apparmor/parameters ]; then
  read -r found </sys/module/apparmor/parameters/enabled 2>/dev/null || found=N
  if [ "$found" = Y ]; then say apparmor enabled; else say apparmor disabled; fi
else
  say apparmor disabled
fi

while read -r key value unit; do
  if [ "$key" = MemTotal: ]; then
    say memory_kb "$value"
    break
  fi
done </proc/meminfo
say cpus "$(grep -c '^processor' /proc/cpuinfo)"
read -r uptime found </proc/uptime
say uptime "${uptime%%.*}"

# Addresses, in the order of their interfaces; none of the loopback's own.
ipv4='' ipv6=''
add_address() {
  case $1 in
    127.* | ::1) ;;
    *:*) ipv6="$ipv6 $1" ;;
    *.*) ipv4="$ipv4 $1" ;;
  esac
}
gateway='' interface='' source=''
if command -v ip >/dev/null 2>&1; then
  while read -r number name family address found; do
    case $family in
      inet | inet6) add_address "${address%%/*}" ;;
    esac
  done <<EOF
$(ip -o addr show 2>/dev/null)
EOF
  # Nothing is sent there: it asks the kernel which way it would be.
  # shellcheck disable=SC2046
  set -- $(ip -4 route get 8.8.8.8 2>/dev/null)
  while [ $# -gt 1 ]; do
    case $1 in
      via) gateway=$2 ;;
      dev) interface=$2 ;;
      src) source=$2 ;;
    esac
    shift
  done
else
  if [ -r /proc/net/fib_trie ]; then
    while read -r mark address found; do
      case $mark in
        '|--') candidate=$address ;;
        /32)
          case "$address $found" in
            'host LOCAL'*)
              case " $ipv4 " in
                *" $candidate "*) ;;
                *) add_address "$candidate" ;;
              esac
              ;;
          esac
          ;;
      esac
    done </proc/net/fib_trie
  fi
  if [ -r /proc/net/if_inet6 ]; then
    while read -r address found; do
      [ "$address" != 00000000000000000000000000000001 ] || continue
      text=
      while [ -n "$address" ]; do
        rest=${address#????}
        text=$text${text:+:}${address%"$rest"}
        address=$rest
      done
      add_address "$text"
    done </proc/net/if_inet6
  fi
  if [ -r /proc/net/route ]; then
    while read -r name destination via flags found; do
      if [ "$destination" = 00000000 ] && [ "${#via}" -eq 8 ]; then
        interface=$name
        last=${via%??????} via=${via#??}
        third=${via%????} via=${via#??}
        second=${via%??} first=${via#??}
        gateway=$((0x$first)).$((0x$second)).$((0x$third)).$((0x$last))
        break
      fi
    done </proc/net/route
  fi
  # Which address is that interface's is not in these files; of one there is no doubt.
  case $ipv4 in
    *' '*' '*) ;;
    *) source=${ipv4# } ;;
  esac
fi
say ipv4 "${ipv4# }"
say ipv6 "${ipv6# }"
if [ -n "$interface" ]; then
  say default_interface "$interface"
  [ -z "$gateway" ] || say default_gateway "$gateway"
  [ -z "$source" ] || say default_address "$source"
fi

# Disks, and whatever / and /var/lib are on. Others, such as a network's, might not answer.
count=0
while read -r device mount type options found; do
  case $device,$mount in
    /*,* | *,/ | *,/var | *,/var/lib) ;;
    *) continue ;;
  esac
  # The kernel writes a space as \040; printf wants \0040.
  rest=$mount
  mount=
  while :; do
    case $rest in
      *\\*)
        mount=$mount${rest%%\\*}\\0
        rest=${rest#*\\}
        ;;
      *) break ;;
    esac
  done
  unescape "$mount$rest"
  sizes=$(stat -f -c '%S %b %a' -- "$unescaped" 2>/dev/null) || continue
  count=$((count + 1))
  say "mount$count" "$device $type $options $sizes $unescaped"
  [ "$count" -lt 100 ] || break
done </proc/mounts

if command -v sudo >/dev/null 2>&1; then
  say sudo true
else
  say sudo false
fi
say zone "$(date +%Z)"
say offset "$(date +%z)"
# Last, so that it is the clock at the time of the answer.
now
say answered "$now"
end 0
