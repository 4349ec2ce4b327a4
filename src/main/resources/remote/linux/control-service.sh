#use names
#use state
#use units
# Starts, stops, restarts, enables, disables or reloads a unit and waits until it is steady.
need date
unit_of "$p_service"
notes_of "$p_service" "$p_state_folder"
case $p_verb in
  start | stop | restart | enable | disable | reload) ;;
  *) fail protocol "verb $p_verb" ;;
esac
is_number "$p_settle" || fail protocol "settle $p_settle"
need_systemd
look_at_unit
[ "$exists" = true ] || fail no-such-service "$unit"
active_before=$active

# Whatever is noted from here on is not settled by this restart.
notes_size=0
if [ -f "$notes" ]; then
  notes_size=$(wc -c <"$notes") || fail_with "$notes: Permission denied"
fi

# now: sets $now, hundredths of a second on a clock that nobody sets.
now() {
  read -r now now_more </proc/uptime
  now=${now%.*}${now#*.}
}

if sleep 0.01 2>/dev/null; then pause=0.3; else pause=1; fi

# wait_steady: until the unit stayed active for as long as asked, is down, or keeps falling over.
# Sets $steady.
wait_steady() {
  steady=false
  now
  began=$now
  since=$now
  settle=$((p_settle / 10))
  give_up=$((began + 3 * settle + 3000))
  look_at_unit
  steady_pid=$main_pid
  steady_restarts=$restarts
  falls=0
  while :; do
    if [ "$unit_type" = oneshot ] && [ "$active" = inactive ] && [ "$unit_result" = success ]; then
      # It did its work and ended, as such units do.
      steady=true
      return 0
    fi
    now
    if [ "$main_pid" != "$steady_pid" ] || [ "$restarts" != "$steady_restarts" ]; then
      falls=$((falls + 1))
      steady_pid=$main_pid
      steady_restarts=$restarts
      since=$now
    fi
    case $active in
      active)
        if [ $((now - since)) -ge "$settle" ]; then
          steady=true
          return 0
        fi
        ;;
      failed | inactive) return 0 ;;
      # activating, deactivating, reloading: not yet, or on the way to another try.
      *) since=$now ;;
    esac
    if [ "$falls" -gt 3 ] || [ "$now" -ge "$give_up" ]; then return 0; fi
    sleep "$pause"
    look_at_unit
  done
}

# A restart leaves nothing behind that a second look would see, but for another start than the one
# this step noted before it acted: then it was done, and the answer got lost. A reload does not even
# leave that: it is noted when it is over.
already=false
case $p_verb in
  restart | reload) note_of "$p_verb-$unit" ;;
  *) note= ;;
esac
if noted; then
  case $p_verb in
    restart) [ "$noted_start" = "$unit_start" ] || already=true ;;
    reload) already=true ;;
  esac
fi

said=
code=0
if [ "$already" = true ]; then
  # What was noted since is not settled by the restart that was.
  [ "$noted_size" -ge "$notes_size" ] || notes_size=$noted_size
else
  if [ "$p_verb" = restart ]; then take_note "$unit_start" "$notes_size"; fi
  said=$(systemctl "$p_verb" -- "$unit_name" 2>&1)
  code=$?
fi
case $said in
  *"ccess denied"* | *"uthentication required"* | *"ermission denied"* | *"not permitted"*)
    [ "$code" -eq 0 ] || fail not-permitted "$said"
    ;;
esac

as_asked=false
case $p_verb in
  start | restart)
    wait_steady
    if [ "$code" -eq 0 ]; then as_asked=$steady; fi
    ;;
  stop)
    look_at_unit
    case $active in
      inactive | failed) as_asked=true ;;
    esac
    ;;
  reload)
    look_at_unit
    if [ "$code" -eq 0 ] && [ "$active" = active ]; then
      as_asked=true
      if [ "$already" = false ]; then take_note "$unit_start"; fi
    fi
    ;;
  enable | disable)
    look_at_unit
    if [ "$code" -eq 0 ]; then as_asked=true; fi
    ;;
esac

# A start that found the unit running has loaded nothing anew.
if [ "$as_asked" = true ] && [ "$notes_size" -gt 0 ]; then
  case $p_verb-$active_before in
    restart-* | start-inactive | start-failed)
      if [ "$(wc -c <"$notes")" -eq "$notes_size" ]; then
        error=$(rm -f -- "$notes" 2>&1) || fail_with "$error"
      else
        rest=$notes~$h_token
        error=$({ tail -c "+$((notes_size + 1))" <"$notes" >"$rest"; } 2>&1) || fail_with "$error"
        error=$(sync -- "$rest" 2>&1) || fail_with "$error"
        error=$(mv -f -- "$rest" "$notes" 2>&1) || fail_with "$error"
      fi
      ;;
  esac
fi

say_unit
say as_asked "$as_asked"
say already "$already"
if [ "$as_asked" = false ]; then
  body
  if [ -n "$said" ]; then printf '%s\n' "$said"; fi
  if command -v journalctl >/dev/null 2>&1; then
    journalctl -u "$unit_name" -n 20 --no-pager -o cat 2>&1
  fi
fi
end 0
