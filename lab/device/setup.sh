#!/bin/sh
# Runs once inside the root of the devices, when it is made: users, rights, units.
set -eu

useradd --system --user-group --home-dir /var/lib/iotedge --shell /usr/sbin/nologin iotedge
# `*` and not the default `!`: sshd takes an account locked with `!` for one that may not log in.
# Debian has a group of that name already.
useradd --create-home --gid operator --shell /bin/bash --password '*' operator
useradd --create-home --shell /bin/bash --password '*' --groups sudo,iotedge admin

chown -R root:root /etc/iotedge /etc/ssh /etc/sudoers.d /usr/bin/iotedge /usr/bin/iotedged
chmod 0440 /etc/sudoers.d/lab
chmod 0755 /etc/iotedge /usr/bin/iotedge /usr/bin/iotedged
install -d -m 0755 /etc/ssh/authorized_keys
rm -f /etc/ssh/ssh_host_* /etc/machine-id /etc/hostname

systemctl --quiet enable iotedge.service
systemctl --quiet set-default multi-user.target
# Each would cost a start that is ready in seconds, and none is part of what is tested.
systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  fstrim.timer systemd-tmpfiles-clean.timer console-getty.service getty@tty1.service getty.target \
  e2scrub_reap.service systemd-random-seed.service
