# shellcheck shell=sh disable=SC2034,SC2154
# Units of systemd.

# unit_of SERVICE: sets $unit, without .service, and $unit_name, as systemctl is asked for it.
unit_of() {
  unit=${1%.service}
  case $unit in
    '' | .* | -* | *[!A-Za-z0-9:_.@\\-]*) fail bad-service "$1" ;;
  esac
  case $unit in
    *.socket | *.timer | *.target | *.path | *.mount) unit_name=$unit ;;
    *) unit_name=$unit.service ;;
  esac
}

# notes_of SERVICE STATE_FOLDER: sets $notes, the file with the restarts this service owes.
notes_of() {
  unit_of "$1"
  path_of "$2"
  notes=$path/restart-owed/$unit
}

# need_systemd: fails with what runs the device instead.
need_systemd() {
  init=unknown
  if [ -r /proc/1/comm ]; then read -r init </proc/1/comm; fi
  command -v systemctl >/dev/null 2>&1 || fail no-systemd "$init"
}

# look_at_unit: needs $unit_name; sets $exists $active $sub $enabled $exit_status $exit_kind $main_pid
# $restarts $unit_load $unit_stale $unit_type $unit_result $unit_start; the last is another after each start.
look_at_unit() {
  exists=true active=unknown sub=unknown enabled=unknown exit_status=0 exit_kind=''
  main_pid='' restarts='' unit_load='' unit_stale=false unit_type='' unit_result='' unit_invocation='' unit_entered=''
  unit_shown=$(systemctl show -p LoadState -p ActiveState -p SubState -p UnitFileState \
    -p ExecMainStatus -p ExecMainCode -p MainPID -p NRestarts -p Type -p Result -p InvocationID \
    -p NeedDaemonReload -p ActiveEnterTimestampMonotonic -- "$unit_name" 2>&1)
  unit_code=$?
  while IFS='=' read -r unit_key unit_value; do
    case $unit_key in
      LoadState)
        unit_load=$unit_value
        [ "$unit_value" != not-found ] || exists=false
        ;;
      ActiveState) active=$unit_value ;;
      SubState) sub=$unit_value ;;
      UnitFileState) enabled=${unit_value:-unknown} ;;
      ExecMainStatus) exit_status=${unit_value:-0} ;;
      # Numbers of waitid(2).
      ExecMainCode)
        case $unit_value in
          1) exit_kind=exited ;;
          2) exit_kind=killed ;;
          3) exit_kind=dumped ;;
        esac
        ;;
      NeedDaemonReload) [ "$unit_value" != yes ] || unit_stale=true ;;
      MainPID) main_pid=$unit_value ;;
      NRestarts) restarts=$unit_value ;;
      Type) unit_type=$unit_value ;;
      Result) unit_result=$unit_value ;;
      InvocationID) unit_invocation=$unit_value ;;
      ActiveEnterTimestampMonotonic) unit_entered=$unit_value ;;
    esac
  done <<EOF
$unit_shown
EOF
  # systemd before 232 numbers no starts.
  unit_start=${unit_invocation:-pid-${main_pid:-0}-${unit_entered:-0}}
  if [ "$active" = unknown ]; then
    case $unit_shown in
      *"not been booted with systemd"* | *"connect to bus"*) fail no-systemd "$init" ;;
      *) fail failed "systemctl show ended with $unit_code: $unit_shown" ;;
    esac
  fi
}

say_unit() {
  say exists "$exists"
  say active "$active"
  say sub "$sub"
  say enabled "$enabled"
  say exit_status "$exit_status"
  say stale "$unit_stale"
}

