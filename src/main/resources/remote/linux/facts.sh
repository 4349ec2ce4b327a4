# What the device is. Looks only.
receive facts

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

os_release ID
say system "${found:-linux}"
os_release VERSION_ID
say version "$found"
os_release PRETTY_NAME
say pretty_name "$found"
say kernel "$(uname -r)"
say architecture "$(uname -m)"
say hostname "$(uname -n)"
say user "$(id -un 2>/dev/null || id -u)"

if [ -d /etc/aziot ]; then
  say layout toml
elif [ -d /etc/iotedge ]; then
  say layout yaml
else
  say layout none
fi

if command -v iotedge >/dev/null 2>&1; then
  # Unable to answer is no failure: the command may be there before the runtime works.
  if command -v timeout >/dev/null 2>&1; then
    answer=$({ timeout 5 iotedge version; } 2>/dev/null) || answer=
  else
    answer=$({ iotedge version; } 2>/dev/null) || answer=
  fi
  case $answer in
    'iotedge '*)
      answer=${answer#iotedge }
      say iotedge_version "${answer%%[!0-9A-Za-z.~+-]*}"
      ;;
  esac
fi

init=unknown
if [ -r /proc/1/comm ]; then
  IFS= read -r init </proc/1/comm || :
fi
say init_system "$init"

if command -v sudo >/dev/null 2>&1; then
  say sudo true
else
  say sudo false
fi
# Last, so that it is the clock at the time of the answer.
say epoch_seconds "$(date +%s)"
end 0
