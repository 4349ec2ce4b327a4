#use names
#use state
# Starts the device anew, after the answer.
is_number "$p_delay" || fail protocol "delay $p_delay"
[ "$(id -u)" -eq 0 ] || fail not-permitted 'only root may reboot'
if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
  set -- systemctl reboot
else
  need reboot
  set -- reboot
fi
boot=/proc/sys/kernel/random/boot_id
[ -r "$boot" ] || fail failed "cannot read $boot"
read -r boot_id <"$boot"
note_of reboot
# Another start than the one this step noted before it acted: it was done, and the answer got lost.
if noted && [ "$noted_start" != "$boot_id" ]; then
  say changed true
  say already true
  end 0
fi
take_note "$boot_id"
# The end of the session, when the connection goes, must not end it.
{
  trap '' HUP
  trap - EXIT
  sleep "$((p_delay + 1))"
  exec "$@"
} >/dev/null 2>&1 3<&- &
say changed true
say already false
end 0
