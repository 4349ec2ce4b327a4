# shellcheck shell=bash
# shellcheck disable=SC2154 # lab_home, registry, id and folder come from common.sh
# Makes the root folder that all devices share, in two layers. Sourced by lab/up.
#
#   base-HASH     Debian as debootstrap makes it: costly, changes with the list of packages only
#   devices-HASH  what the lab puts over it: users, units, the stand-in daemon; made in seconds
#
# A device's own root is an overlay of the two and of a folder in memory.

suite=bookworm
packages=systemd,systemd-sysv,openssh-server,sudo,dbus

# The address that this machine itself gets Debian from; nothing when it cannot be told.
mirror() {
  local file
  for file in /etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    awk -v suite="$suite" '
      function take() { if (uri != "" && main && here) { print uri; found = 1; exit } uri = ""; main = 0; here = 0 }
      /^[ \t]*$/ { take() }
      /^URIs:/ { uri = $2 }
      /^Suites:/ { for (i = 2; i <= NF; i++) if ($i == suite) here = 1 }
      /^Components:/ { for (i = 2; i <= NF; i++) if ($i == "main") main = 1 }
      /^deb[ \t]/ {
        sub(/\[[^]]*\]/, "")
        if ($3 == suite && / main( |$)/) { print $2; found = 1; exit }
      }
      END { if (!found) take() }
    ' "$file"
  done | head -n 1
}

hash_of() {
  sha256sum | cut -c1-12
}

# Prints the line that debootstrap is at, at most once in two seconds.
follow() {
  local line last=-2
  while IFS= read -r line; do
    if [[ $line == I:* ]] && ((SECONDS - last >= 2)); then
      say "  ${line#I: }"
      last=$SECONDS
    fi
  done
}

build_base() {
  local into=$1 log=$cache/debootstrap.log
  say "making the Debian root folder: a minute or two, only this once ($log)"
  mkdir -p "$into" "$registry/device"
  # In a mount namespace, so that a build that is killed leaves no /proc mounted in what is then removed;
  # and under another name, because debootstrap takes no blanks in its own.
  # shellcheck disable=SC2016,SC2046 # expanded inside; no mirror is no argument, debootstrap then takes its own
  if ! unshare --mount -- bash -euc '
      mount --bind "$1" "$2" && exec debootstrap --variant=minbase --include="$3" "$4" "$2" "${@:5}"' \
    base "$into" "$registry/device" "$packages" "$suite" $(mirror) 2>&1 | tee "$log" | follow; then
    tail -n 5 "$log" >&2
    die "debootstrap failed; its log is $log"
  fi
  rm -rf "$into"/var/cache/apt/archives/*.deb "$into"/var/lib/apt/lists/* "$into"/usr/share/{doc,man,locale}/*
}

build_devices() {
  local into=$1 base=$2 work=$1.work
  say "preparing the devices' root folder"
  mkdir -p "$into" "$work"
  cp -R "$lab_home/device/files/." "$into/"
  mkdir -p "$into/etc/iotedge"
  gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -o "$into/usr/bin/iotedged" \
    "$lab_home"/daemon/*.c -lyaml || die "the stand-in daemon does not compile"
  # Overlay options cannot hold every character of a path, and relative paths need none of it.
  # shellcheck disable=SC2016 # the inner shell expands its own arguments
  if ! (cd "$cache" && unshare --mount -- bash -euc '
      mkdir -p "$4" && mount -t tmpfs lab "$4" && mkdir "$4/root"
      mount -t overlay -o "lowerdir=$1,upperdir=$2,workdir=$3" lab "$4/root"
      exec chroot "$4/root" /bin/sh -eu' setup "${base##*/}" "${into##*/}" "${work##*/}" "$registry/device" \
      <"$lab_home/device/setup.sh"); then
    die "the devices' root folder could not be set up"
  fi
  rm -rf "$work"
}

# Removes layers that no lab uses; a device's root would break under it otherwise.
remove_old_layers() {
  local layer
  for layer in "$cache"/base-* "$cache"/devices-*; do
    case $layer in
      "$base" | "$devices" | *'*') ;;
      *) grep -qsxF -- "$layer" "$registry"/ef* || rm -rf "$layer" ;;
    esac
  done
}

# Sets base and devices to the two layers, and makes what is missing of them.
prepare_root() {
  local part
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/edgefleet/lab
  mkdir -p "$cache" "$registry"
  exec 8>"$cache/lock"
  flock -n 8 || { say "waiting for another lab that is making the root folder" && flock 8; }
  rm -rf --one-file-system "$cache"/part-*

  base=$cache/base-$(printf '%s\n' "$suite" "$packages" "$(dpkg --print-architecture)" | hash_of)
  if [ ! -d "$base" ]; then
    part=$cache/part-base
    build_base "$part"
    mv -T "$part" "$base"
  fi
  devices=$cache/devices-$({
    echo "$base"
    cd "$lab_home" && find device daemon -type f | LC_ALL=C sort | xargs -d '\n' sha256sum
    sed -n '/^build_devices/,/^}/p' root.sh
  } | hash_of)
  if [ ! -d "$devices" ]; then
    part=$cache/part-devices
    build_devices "$part" "$base"
    mv -T "$part" "$devices"
  fi
  printf '%s\n' "$folder" "$base" "$devices" >"$registry/$id"
  remove_old_layers
  exec 8>&-
}
