#use lock
#use state
#use names
# Gives the device's lock back, where it is this very process's.
is_number "$p_process" || fail protocol "process $p_process"
changed=false

# is_ours: whether the lock that lock_of found is.
is_ours() { [ "$held_run" = "$h_run" ] && [ "$held_process" = "$p_process" ]; }

# release LOCK
release() {
  { lock_of "$1" && is_ours; } || return 0
  need mv ln rm
  # Out of the way first: between looking and removing, somebody may have taken it over.
  moved=$1~$h_token
  error=$(mv -f -- "$1" "$moved" 2>&1) || return 1
  if lock_of "$moved" && ! is_ours; then
    ln -- "$moved" "$1" 2>/dev/null || :
  else
    changed=true
  fi
  rm -f -- "$moved"
}

state_folder
other_lock
# Another user's lock may be out of reach; that user's operations give it back.
if [ -n "$other" ]; then release "$other" || :; fi
release "$state/lock" || fail_with "$error"
say changed "$changed"
end 0
