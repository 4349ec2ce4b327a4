#!/usr/bin/env bash
# Becomes one device: builds its root in a mount namespace of its own, then boots it. Run by lab/up as
#   unshare --mount -- boot.sh LAB-ID FOLDER DEVICE NUMBER BASE DEVICES CONFIG
# All mounts live in that namespace, so that they go with the device.
set -euo pipefail
# shellcheck source=lab/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

id=$1 folder=$2 device=$3 number=$4 base=$5 devices=$6 config=$7
printf '%s %s\n' $$ "$(started_at $$)" >"$folder/$device.pid"

# A host without systemd has nobody to give each device a control group of its own; and in a shared one
# the devices' services would wait for each other's processes.
unit=()
if [ ! -d /run/systemd/system ]; then
  unit=(--keep-unit)
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -f "$hierarchy/cgroup.procs" ]; then
      mkdir -p "$hierarchy/${id}n$number"
      echo $$ >"$hierarchy/${id}n$number/cgroup.procs"
    fi
  done
fi

root=$registry/device
cd "$(dirname "$base")"
mkdir -p "$root"
mount -t tmpfs -o mode=0755,size=512m lab "$root"
mkdir -p "$root"/{work,root} "$root"/upper/etc/{iotedge,ssh/authorized_keys}
mount -t overlay -o "lowerdir=${devices##*/}:${base##*/},upperdir=$root/upper,workdir=$root/work" lab "$root/root"
root=$root/root

echo "$device" >"$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$device" >"$root/etc/hosts"
tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
install -m 0600 "$folder/$device.hostkey" "$root/etc/ssh/ssh_host_ed25519_key"
for user in operator admin; do
  install -m 0644 "$folder/id_ed25519.pub" "$root/etc/ssh/authorized_keys/$user"
done
sed "s/^hostname:.*/hostname: \"$device\"/" "$config" >"$root/etc/iotedge/config.yaml"
chroot "$root" sh -c 'chown iotedge:iotedge /etc/iotedge/config.yaml && chmod 0400 /etc/iotedge/config.yaml'
{ printf 'admin:' && cat "$folder/admin.password"; } | chroot "$root" chpasswd

# Kept in a unit of somebody else's, systemd-nspawn does not start a device that reboots again: it ends
# with 133 and leaves that to whoever started it.
code=133
while [ "$code" = 133 ]; do
  code=0
  systemd-nspawn --quiet --directory="$root" --boot --machine="$device-$id" --hostname="$device" \
    --network-namespace-path="/run/netns/${id}n$number" --register=no "${unit[@]}" --resolv-conf=off \
    --timezone=off --link-journal=no --console=passive || code=$?
done
exit "$code"
