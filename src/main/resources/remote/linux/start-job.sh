#use names
#use state
#use look
# Starts a program apart from the connection, once: when its folder tells that it was started before,
# nothing is. The folder's state is the answer.
#+ job
job_of
look_at_job
if [ "$job_state" != absent ]; then
  say skipped false
  say_job
  end 0
fi

#+ guards
if [ ! -d "$run_folder" ]; then
  is_number "$p_keep" || fail protocol "keep $p_keep"
  if [ -d "$jobs" ]; then prune_jobs "$p_keep"; fi
fi
need sh cat head chmod
make_state_folder
make_in_state "$job"
own=$job/$h_token
error=$(mkdir -- "$own" 2>&1) || fail_with "$error"
cleanup() {
  rm -rf -- "$own"
  rmdir -- "$job" 2>/dev/null || :
}
#+ program

# What it is to read lies in files only until they are open.
if given text; then
  error=$({ printf '%s\n' "$p_text" | cat >"$own/text"; } 2>&1) || fail_with "$error"
fi
# A file that came is the program itself.
input_size=$body_left
take_input() { [ "$input_size" -eq 0 ] || take_body; }
error=$({ take_input >"$own/input"; } 2>&1) || {
  body_left=0
  fail_with "$error"
}
body_left=0
look "$own/input"
[ "$size" -eq "$input_size" ] || fail truncated "$size of $input_size bytes"

# shellcheck disable=SC2016 # Another shell runs it.
#+ run_job=run-job

# begin ARGUMENTS: claims the job and becomes what looks after it.
begin() {
  trap - EXIT HUP INT PIPE TERM
  exec 3<&- 2>/dev/null
  IFS=' ' read -r self self_more </proc/self/stat
  IFS= read -r this_boot </proc/sys/kernel/random/boot_id
  start_of "$self" || exit 1
  printf 'boot %s\npid %s\nstart %s\n' "$this_boot" "$self" "$start" >"$own/claim"
  # In one step with what it says, or not at all: of several only one comes through.
  if ! ln -- "$own/claim" "$job/claim.$((claims + 1))"; then
    rm -rf -- "$own"
    exit 1
  fi
  exec 2>"$job/errors" 4>"$job/output" 5<"$own/input"
  if given text; then exec 3<"$own/text"; fi
  rm -f -- "$own/text" "$own/input" "$own/claim"
  # What somebody left who came no further.
  set +f
  for left in "$job"/*/; do
    [ "$left" = "$own/" ] || rm -rf -- "$left"
  done
  set -f
  as_login
  set -- "$(command -v sh)" -c "$run_job" edgefleet-job "$job" "$PATH" "$own" "$h_step" "$@"
  if command -v setsid >/dev/null 2>&1; then
    set -- "$(command -v setsid)" "$@"
  else
    trap '' HUP
  fi
  # From here on no variable of this script's is looked at: one of them might be among these.
  eval "set_environment $variables"
  exec "$@"
}

cleanup() { :; }
# Standard output of what is started here is this pipe until its start is noted.
: "$(begin "$@" &)"
look_at_job
if [ "$job_state" = absent ]; then
  rm -rf -- "$own"
  error=
  if [ -s "$job/errors" ]; then error=$(tail -c 1000 <"$job/errors"); fi
  fail_with "nothing was started: $error"
fi
say skipped false
say_job
end 0
