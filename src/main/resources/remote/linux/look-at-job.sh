#use names
#use state
#use look
# Tells how far a job is, at once when it is over, else after a while.
#+ job
job_of
{ is_number "$p_wait" && is_number "$p_limit" && is_number "$p_tail"; } || fail protocol numbers
waited=0
while :; do
  look_at_job
  case $job_state in
    running | claimed) ;;
    *) break ;;
  esac
  [ "$waited" -lt "$p_wait" ] || break
  sleep 1
  waited=$((waited + 1))
done
say_job
say_output "$p_limit" "$p_tail"
end 0
