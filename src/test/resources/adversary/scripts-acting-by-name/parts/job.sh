# A job's folder, <state folder>/jobs/<run>/<hash of the step>, and what can be told from it:
#   claim.<n>  who is about to start it: boot, process number, that process's start
#   started    the same of who looks after it, and when; written before the program runs
#   program    the program's process number
#   output, errors
#   exit       exit code and when; written when both are on the disk

# job_of: sets $jobs $run_folder $job by the header's run and step.
job_of() {
  need stat mkdir mv rm sync date sha256sum ln tail
  if given state_folder; then
    path_of "$p_state_folder"
    state=$path
  else
    state_folder
  fi
  jobs=$state/jobs
  case $h_run in
    .* | - | *[!A-Za-z0-9_.-]*) fail protocol "run $h_run" ;;
  esac
  run_folder=$jobs/$h_run
  job=$(printf '%s' "$h_step" | sha256sum)
  job=$run_folder/${job%% *}
}

# is_process BOOT NUMBER START: whether that very process lives. Sets $other_boot.
is_process() {
  IFS= read -r this_boot </proc/sys/kernel/random/boot_id
  other_boot=true
  [ "$1" = "$this_boot" ] || return 1
  other_boot=false
  start_of "$2" && [ "$start" = "$3" ]
}

# start_of NUMBER: sets $start, in ticks since the system's start; fails when it is gone.
start_of() {
  { IFS= read -r start <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name before may hold anything.
  start=${start##*) }
  # shellcheck disable=SC2086 # These are words.
  set -- $start
  [ "$1" != Z ] || return 1
  start=${20}
}

# receipt_of FILE: sets $note_<name> for each of its lines; fails when it is not there.
receipt_of() {
  note_boot='' note_pid='' note_start='' note_time='' note_code=''
  [ -f "$1" ] || return 1
  while IFS=' ' read -r note_name note_value; do
    case $note_name in
      boot | pid | start | time | code) eval "note_$note_name=\$note_value" ;;
    esac
  done <"$1"
}

# look_at_job: sets $job_state: absent (nothing has begun), claimed (somebody is about to start it),
# running, ended, lost (it began, and nobody is left who could tell its end); with them $claims, the
# number of claims, $job_pid, $job_started, $job_ended and $code.
look_at_job() {
  claims=0
  job_pid='' job_started='' job_ended='' code='' other_boot=false
  while [ -e "$job/claim.$((claims + 1))" ]; do claims=$((claims + 1)); done
  job_state=absent
  if [ "$claims" -gt 0 ] && receipt_of "$job/claim.$claims"; then
    job_pid=$note_pid
    if is_process "$note_boot" "$note_pid" "$note_start"; then job_state=claimed; fi
  fi
  # In this order: what a process leaves behind is looked for after it was seen to be gone.
  if receipt_of "$job/started"; then
    job_started=$note_time
    job_pid=$note_pid
    job_state=lost
    if is_process "$note_boot" "$note_pid" "$note_start"; then job_state=running; fi
  fi
  if receipt_of "$job/exit"; then
    job_state=ended
    job_ended=$note_time
    code=$note_code
  fi
}

# program_left: whether the program of a lost job still runs.
program_left() {
  receipt_of "$job/program" && is_process "$note_boot" "$note_pid" "$note_start"
}

# say_job: what look_at_job found.
say_job() {
  say state "$job_state"
  say folder "$job"
  [ -z "$job_started" ] || say started "$job_started"
  [ -z "$job_ended" ] || say ended "$job_ended"
  case $job_state in
    ended) say exit_code "$code" ;;
    lost)
      say other_boot "$other_boot"
      if program_left; then say left true; else say left false; fi
      ;;
  esac
}

# say_output LIMIT TAIL: what a job printed that is over, whole up to a limit in bytes, else as much of
# its end; of its errors the end in any case.
say_output() {
  case $job_state in
    ended | lost) ;;
    *) return 0 ;;
  esac
  size=0
  if [ -f "$job/output" ]; then size=$(stat -c %s -- "$job/output"); fi
  say size "$size"
  if [ "$size" -le "$1" ]; then say cut false; else say cut true; fi
  body
  if [ "$size" -gt "$1" ]; then
    tail -c "$2" <"$job/output"
  elif [ "$size" -gt 0 ]; then
    head -c "$size" <"$job/output"
  fi
  if [ -s "$job/errors" ]; then tail -c "$2" <"$job/errors" >&2; fi
  after_body
}

# prune_jobs AGE: removes what other runs left here and nobody touched for so many seconds. Sets
# $pruned.
prune_jobs() {
  pruned=0
  prune_now=$(date +%s)
  prune_job=$job
  set +f
  for job in "$jobs"/*/*; do
    set -f
    if [ -d "$job" ] && [ ! -h "$job" ] && [ "${job%/*}" != "$run_folder" ]; then
      prune_time=$(stat -c %Y -- "$job") || continue
      [ "$((prune_now - prune_time))" -ge "$1" ] || continue
      look_at_job
      case $job_state in
        running | claimed) continue ;;
      esac
      rm -rf -- "$job" || continue
      pruned=$((pruned + 1))
      rmdir -- "${job%/*}" 2>/dev/null || :
    fi
  done
  set -f
  job=$prune_job
}
