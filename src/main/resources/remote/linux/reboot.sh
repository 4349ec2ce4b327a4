# Starts the device anew, after the answer.
receive reboot
is_number "$p_delay" || fail protocol "delay $p_delay"
[ "$(id -u)" -eq 0 ] || fail not-permitted 'only root may reboot'
if command -v systemctl >/dev/null 2>&1 && [ -d /run/systemd/system ]; then
  set -- systemctl reboot
else
  need reboot
  set -- reboot
fi
# The end of the session, when the connection goes, must not end it.
{
  trap '' HUP
  trap - EXIT
  sleep "$((p_delay + 1))"
  exec "$@"
} >/dev/null 2>&1 3<&- &
say changed true
end 0
