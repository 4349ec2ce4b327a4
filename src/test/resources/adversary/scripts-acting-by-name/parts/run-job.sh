# Looks after one job: notes its start, runs it, notes its end. $1 is the job's folder, $2 PATH for
# what this needs, $3 a folder of its own, $4 when the step's clock began, the rest the program. On 4
# comes where its output goes, on 5 its input. All this runs in the program's environment: no
# variable is set before the program has one of its own.

#+ session

# note NAME: standard input becomes that file of the job, whole and on the disk.
note() {
  cat >"$job/$1.new" && {
    sync -- "$job/$1.new" 2>/dev/null || sync
  } && mv -f -- "$job/$1.new" "$job/$1" && {
    sync -- "$job" 2>/dev/null || sync
  }
}

# process NUMBER: the lines that tell it from any other.
process() {
  IFS= read -r boot </proc/sys/kernel/random/boot_id
  IFS= read -r start <"/proc/$1/stat"
  start=${start##*) }
  # shellcheck disable=SC2086 # These are words.
  set -- "$1" $start
  printf 'boot %s\npid %s\nstart %s\n' "$boot" "$1" "${21}"
}

now() { printf 'time %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)"; }

(
  job=$1
  PATH=$2
  LC_ALL=C
  export PATH LC_ALL
  set -f
  umask 077
  { process "$$" && now && printf 'step %s\n' "$4"; } | note started
) || exit 1
# Whoever started this waits for the end of what was standard output until now.
exec >&4 4>&-
(
  shift 4
  exec_program "$@"
) <&5 5<&- &
program=$!
gone=
# Twice is once.
trap 'trap "" TERM; stop_program' TERM
trap '' HUP INT PIPE
exec 3<&- 5<&- >/dev/null 2>&1
set -f
job=$1
PATH=$2
LC_ALL=C
export PATH LC_ALL
umask 077
process "$program" 2>/dev/null >"$job/program"
cd /
wait "$program"
code=$?
if [ -n "$gone" ]; then
  # A signal cut the wait short. 127: the shell had told of the end before.
  wait "$program"
  again=$?
  [ "$again" -eq 127 ] || code=$again
fi
rm -rf -- "$3"
sync -- "$job/output" "$job/errors" 2>/dev/null || sync
tries=60
# A full disk may have room again: without this nobody would know how it ended.
until { printf 'code %s\n' "$code" && now; } | note exit; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 1
done
