# ./fed test: build once, run every test project, sum up. Sourced by fed.
# shellcheck shell=bash disable=SC2154

# Longest first; a project that is not named here comes after those that are.
test_order='Federation.Integration.Tests Federation.Proofs.Tests Federation.Discovery.Tests'

# Memory of a job with all that its tests start, and the jobs beside one another above which the longest of them is all
# that is waited for.
job_mib=2560
most_jobs=4

run_tests() {
  local all=0
  case ${1:-} in
    '') ;;
    --all) all=1 ;;
    *) fail "./fed test takes only --all, not '$1'" 2 ;;
  esac
  if [ "$all" = 1 ]; then
    export FEDERATION_TEST_ALL=1 FEDERATION_FUZZ_CASES=${FEDERATION_FUZZ_CASES:-1000000}
  fi

  need_etcd
  begin_run
  build Federation.sln tests 7>&-
  local started=$SECONDS
  trap stop_jobs EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  run_all_jobs "$all"
  summarise "$((SECONDS - started))"
}

# Tests against etcd are left out, and reported as skipped, where there is none.
need_etcd() {
  command -v etcd >/dev/null && command -v etcdctl >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'fed: installing etcd for the tests …\n' >&2
    if install_etcd || { timeout 300 apt-get update >/dev/null 2>&1 && install_etcd; }; then
      return
    fi
  fi
  printf 'fed: etcd or etcdctl is missing, tests that need it are left out: apt-get install etcd-server etcd-client\n' >&2
}

install_etcd() {
  DEBIAN_FRONTEND=noninteractive timeout -k 10 600 \
    apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends etcd-server etcd-client >/dev/null 2>&1
}

# One run at a time in a tree. What an earlier one that was killed has left running ends before this one begins.
begin_run() {
  results=$artifacts/fed/results
  mkdir -p "$artifacts/fed"
  exec 7>"$artifacts/fed/test.lock"
  if ! flock -n 7; then
    printf 'fed: waiting for another ./fed test of this tree …\n' >&2
    flock 7
  fi
  local file pid folder
  for file in "$results"/*.pid; do
    [ -e "$file" ] || continue
    { read -r pid && read -r folder; } <"$file" || continue
    # The number may be another process' by now.
    if grep -qaF "$artifacts/bin/" "/proc/$pid/cmdline" 2>/dev/null; then
      end_session "$pid" "$folder"
    fi
  done
  rm -rf "$results"
  mkdir -p "$results"
}

# end_session PID FOLDER: whatever is left of a job's processes, and their temporary files.
end_session() {
  kill -KILL -- "-$1" 2>/dev/null || true
  rm -rf -- "$2" || true
}

# Processors that this run has: those of its mask, or fewer where a container has a quota of them.
processors() {
  local count quota=max period=1 first=/sys/fs/cgroup/cpu/cpu.cfs
  count=$(nproc)
  if [ -r /sys/fs/cgroup/cpu.max ]; then
    read -r quota period </sys/fs/cgroup/cpu.max
  elif [ -r "${first}_quota_us" ] && [ -r "${first}_period_us" ]; then
    read -r quota <"${first}_quota_us"
    read -r period <"${first}_period_us"
  fi
  if [[ $quota =~ ^[0-9]+$ ]]; then
    quota=$(((quota + period - 1) / period))
    count=$((quota < count ? quota : count))
  fi
  printf '%s\n' "$count"
}

# Memory that this run has: what is free, or less where a container has a limit.
memory_mib() {
  local mib limit file
  mib=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    [ -r "$file" ] || continue
    read -r limit <"$file"
    # Without a limit it is a word, or a number beyond all memory.
    if [[ $limit =~ ^[0-9]{1,15}$ ]]; then
      limit=$((limit >> 20))
      mib=$((limit < mib ? limit : mib))
    fi
  done
  printf '%s\n' "$mib"
}

# jobs_at_once PROCESSORS MIB
jobs_at_once() {
  local jobs=$1 held=$(($2 / job_mib))
  jobs=$((held < jobs ? held : jobs))
  jobs=$((most_jobs < jobs ? most_jobs : jobs))
  printf '%s\n' "$((jobs < 1 ? 1 : jobs))"
}

# One line per job: name, project, environment. The proofs run again without each set of vector instructions.
list_jobs() {
  local project name proofs=Federation.Proofs.Tests
  {
    for name in $test_order; do
      [ -f "$root/test/$name/$name.csproj" ] && printf '%s\n' "$name"
    done
    for project in "$root"/test/*.Tests/*.csproj; do
      basename "$project" .csproj
    done
  } | awk '!seen[$0]++' | while read -r name; do
    printf '%s|%s|\n' "$name" "$name"
    [ "$name" = "$proofs" ] || continue
    printf '%s|%s|%s\n' "$proofs, AVX-512 off" "$proofs" DOTNET_EnableAVX512=0
    printf '%s|%s|%s\n' "$proofs, AVX2 off" "$proofs" DOTNET_EnableAVX2=0
    printf '%s|%s|%s\n' "$proofs, all vector instructions off" "$proofs" DOTNET_EnableHWIntrinsic=0
  done
}

# Each job is a session of its own, so that whatever a test started ends with it.
stop_jobs() {
  local file
  for file in "$results"/*.pid; do
    [ -e "$file" ] && kill -TERM -- "-$(head -n 1 "$file")" 2>/dev/null
  done
  return 0
}

run_all_jobs() {
  local name project setting at_once
  at_once=$(jobs_at_once "$(processors)" "$(memory_mib)")
  while IFS='|' read -r name project setting; do
    while [ "$(jobs -pr | wc -l)" -ge "$at_once" ]; do
      wait -n || true
    done
    run_job "$1" "$name" "$project" "$setting" 7>&- &
  done < <(list_jobs)
  wait
}

# run_job ALL NAME PROJECT SETTING: writes one line of counts, "name|passed|failed|skipped|seconds|exit". Its temporary
# files have a folder of their own: no other job meets them, and none is left of a process that was killed.
run_job() {
  local all=$1 name=$2 project=$3 setting=$4 began=$SECONDS code=0 filter=() counts folder session
  local out=$results/${name//[^A-Za-z0-9.]/_} limit=2700
  [ "$all" = 1 ] && limit=21600
  # The ordinary run leaves out what takes minutes of all cores, and without vector instructions also what would take
  # minutes only to prove the same again.
  if [ "$all" = 0 ]; then
    filter=(--filter "Category!=Long${setting:+&Category!=Slow}")
  fi
  folder=$(mktemp -d "${TMPDIR:-/tmp}/fed-XXXXXX")
  # On a busy machine the test host may take long to answer for the first time.
  env ${setting:+"$setting"} TMPDIR="$folder" VSTEST_CONNECTION_TIMEOUT=600 setsid timeout -k 10 "$limit" dotnet test \
    "$artifacts/bin/$project/release/$project.dll" "${filter[@]}" \
    --logger "trx;LogFileName=result.trx" --results-directory "$out" >"$out.log" 2>&1 &
  session=$!
  printf '%s\n%s\n' "$session" "$folder" >"$out.pid"
  wait "$session" || code=$?
  end_session "$session" "$folder"
  rm -f "$out.pid"
  counts=$(sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)" failed="\([0-9]*\)" error="\([0-9]*\)" timeout="\([0-9]*\)" aborted="\([0-9]*\)".*/\1 \2 \3 \4 \5 \6 \7/p' \
    "$out/result.trx" 2>/dev/null | head -n 1) || true
  local total executed passed failed error timeout aborted
  read -r total executed passed failed error timeout aborted <<<"${counts:-0 0 0 0 0 0 0}"
  printf '%s|%s|%s|%s|%s|%s\n' "$name" "$passed" "$((failed + error + timeout + aborted))" "$((total - executed))" \
    "$((SECONDS - began))" "$code" >"$out.count"
  report_job "$out" "$name" "$passed" "$failed" "$((total - executed))" "$((SECONDS - began))" "$code" "$limit"
}

report_job() {
  local out=$1 name=$2 passed=$3 failed=$4 skipped=$5 seconds=$6 code=$7 limit=$8
  {
    flock 8
    printf '%-55s %6s passed' "$name" "$passed"
    [ "$failed" = 0 ] || printf ', %s failed' "$failed"
    [ "$skipped" = 0 ] || printf ', %s skipped' "$skipped"
    printf ', %s s\n' "$seconds"
    if [ "$code" = 124 ] || [ "$code" = 137 ]; then
      printf '  stopped after %s s: %s\n' "$limit" "$out.log"
    elif [ "$passed" = 0 ]; then
      printf '  no test passed: %s\n' "$out.log"
    fi
    if [ "$code" != 0 ]; then
      grep -vE '^\s*$|^\[xUnit|^Test run for|^A total of|^VSTest|^Starting test' "$out.log" | head -n 60 | sed 's/^/  /' || true
    fi
  } 8>"$results/lock"
}

# The closing line, and the exit code: 0 only when every job ran tests and none failed.
summarise() {
  local passed=0 failed=0 skipped=0 broken=0 p f s code name
  while IFS='|' read -r _ p f s _ code; do
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    # A project that ran nothing, or ended badly without naming a test, counts as one failure.
    if [ "$f" = 0 ] && { [ "$code" != 0 ] || [ "$p" = 0 ]; }; then
      failed=$((failed + 1))
    fi
    [ "$code" = 0 ] && [ "$p" != 0 ] || broken=1
  done < <(cat "$results"/*.count)
  # A job that left no count must not be forgotten.
  while IFS='|' read -r name _; do
    if [ ! -e "$results/${name//[^A-Za-z0-9.]/_}.count" ]; then
      printf '%s left no count\n' "$name"
      failed=$((failed + 1))
    fi
  done < <(list_jobs)
  printf 'fed: tests took %s s\n' "$1"
  printf '%s passed, %s failed' "$passed" "$failed"
  [ "$skipped" = 0 ] || printf ', %s skipped' "$skipped"
  printf '\n'
  [ "$failed" = 0 ] && [ "$broken" = 0 ]
}
