#use names
#use state
#use look
# Ends a job: TERM, after a second KILL, with all it started. The receipt says with which code.
#+ job
job_of
{ is_number "$p_limit" && is_number "$p_tail"; } || fail protocol numbers
waited=0
while :; do
  look_at_job
  case $job_state in
    running | claimed) ;;
    *) break ;;
  esac
  if [ "$waited" -eq 0 ]; then kill -TERM "$job_pid" 2>/dev/null; fi
  [ "$waited" -lt 5 ] || break
  sleep 1
  waited=$((waited + 1))
done
# What does not hear, or has lost who looks after it.
case $job_state in
  running | lost)
    if program_left; then kill -KILL "-$note_pid" 2>/dev/null || kill -KILL "$note_pid" 2>/dev/null; fi
    ;;
esac
if [ "$job_state" = running ]; then
  kill -KILL "$job_pid" 2>/dev/null
  error=$({
    printf 'code 137\ntime %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$job/exit.new" &&
      mv -f -- "$job/exit.new" "$job/exit"
  } 2>&1) || fail_with "$error"
fi
look_at_job
say_job
say_output "$p_limit" "$p_tail"
end 0
