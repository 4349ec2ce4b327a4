# Which start of the device this is. Looks only.
boot=/proc/sys/kernel/random/boot_id
[ -r "$boot" ] || fail failed "cannot read $boot"
read -r boot_id <"$boot"
say boot_id "$boot_id"
end 0
