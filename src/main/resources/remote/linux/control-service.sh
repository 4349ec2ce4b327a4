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

# log_position: sets $log_since, an option of journalctl for what is logged from now on; empty when nothing
# was logged yet, or there is no journal.
log_position() {
  log_since=
  command -v journalctl >/dev/null 2>&1 || return 0
  log_since=$(journalctl -q -n 1 -o cat --show-cursor 2>/dev/null)
  case $log_since in
    *'-- cursor: '*) log_since=--after-cursor=${log_since##*-- cursor: } ;;
    *) log_since= ;;
  esac
}

# Before systemd is asked anything: it may read a broken unit file just now, and log what is wrong with it.
log_position
look_at_unit
[ "$exists" = true ] || fail no-such-service "$unit"
active_before=$active
start_before=$unit_start

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

# note_fall: keeps how it ended, which systemd forgets with the next start.
note_fall() {
  case $unit_result in
    '' | success) [ "$exit_status" != 0 ] || return 0 ;;
  esac
  last_status=$exit_status
  last_kind=$exit_kind
  last_result=$unit_result
}

# wait_steady: until the unit stayed active for as long as asked, is down, or keeps falling over.
# Sets $steady, and $falls: how often it was seen to have started anew meanwhile.
wait_steady() {
  steady=false
  last_status='' last_kind='' last_result=''
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
    note_fall
    if [ "$unit_type" = oneshot ] && [ "$active" = inactive ] && [ "$unit_result" = success ]; then
      # It did its work and ended, as such units do.
      steady=true
      return 0
    fi
    now
    if [ "$main_pid" != "$steady_pid" ] || [ "$restarts" != "$steady_restarts" ]; then
      # systemd before 235 does not count its starts.
      if [ -n "$restarts" ] && [ "$restarts" != "$steady_restarts" ]; then
        falls=$((falls + 1))
      elif [ -z "$restarts" ] && [ "${main_pid:-0}" != 0 ]; then
        falls=$((falls + 1))
      fi
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
# this step noted before it acted: then it was done, and the answer got lost. What is down now may be
# started by whoever asks again: it may have been mended since. A reload leaves no other start: it is
# noted when it is over.
already=false
case $p_verb in
  restart | reload) note_of "$p_verb-$unit" ;;
  *) note= ;;
esac
if noted; then
  case $p_verb in
    restart)
      down=false
      case $active-$unit_type in
        # It did its work and ended, as such units do.
        inactive-oneshot) ;;
        failed-* | inactive-*) down=true ;;
      esac
      if [ "$down" = false ] && [ "$noted_start" != "$unit_start" ]; then already=true; fi
      ;;
    reload) already=true ;;
  esac
fi

said=
code=0
falls=0
if [ "$already" = true ]; then
  # What was noted since is not settled by the restart that was.
  [ "$noted_size" -ge "$notes_size" ] || notes_size=$noted_size
  # Logged since that restart.
  log_since=
  [ -z "$unit_invocation" ] || log_since="INVOCATION_ID=$unit_invocation + _SYSTEMD_INVOCATION_ID=$unit_invocation"
else
  # systemd refuses to start what it started too often of late, also when that is mended.
  case $p_verb-$unit_load in
    start-loaded | restart-loaded) systemctl reset-failed -- "$unit_name" >/dev/null 2>&1 || : ;;
  esac
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
    # What is not started has ended at some other time, of something else.
    if [ "$already" = false ] && [ "$unit_start" = "$start_before" ] && [ -n "$unit_invocation" ]; then
      exit_status=0 exit_kind='' unit_result=''
    elif [ "$steady" = false ] && [ -n "$last_result$last_status" ]; then
      exit_status=$last_status exit_kind=$last_kind unit_result=$last_result
    fi
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

# unit_log: what was logged of it since this began.
unit_log() {
  command -v journalctl >/dev/null 2>&1 || return 0
  journalctl --sync >/dev/null 2>&1 || :
  if [ "$already" = false ]; then
    # shellcheck disable=SC2086 # one option or none
    journalctl -q -u "$unit_name" --no-pager -o cat $log_since 2>/dev/null
  elif [ -n "$log_since" ]; then
    # shellcheck disable=SC2086 # two matches
    journalctl -q --no-pager -o cat $log_since 2>/dev/null
  fi | tail -n 20
}

say_unit
say as_asked "$as_asked"
say already "$already"
if [ "$as_asked" = false ]; then
  say load "$unit_load"
  say result "$unit_result"
  say exit_kind "$exit_kind"
  say falls "$falls"
  say code "$code"
  say said "$said"
  body
  unit_log
fi
end 0
