# shellcheck shell=bash
# Running the test projects, two at a time, and adding up what they say.

readonly RESULTS=TestResults
# The slow ones first, so that none of them is left alone at the end; projects not named here follow.
readonly SLOW_FIRST=(Journeys Server Pages Agent Cli)

passed=0 failed=0 skipped=0
declare -A RUNNING=()

rm -rf "$RESULTS"
mkdir -p "$RESULTS"

# check NAME COMMAND: counts as a failed test when it fails.
check() {
  local began=$SECONDS
  printf '%-28s' "$1"
  if bash -c "$2" </dev/null >"$RESULTS/$1.log" 2>&1; then
    printf 'ok %31d s\n' $((SECONDS - began))
  else
    printf 'FAILED\n'
    cat "$RESULTS/$1.log"
    failed=$((failed + 1))
    return 1
  fi
}

# Every test project, one a line.
suites() {
  local project
  {
    for project in "${SLOW_FIRST[@]}"; do
      ls tests/{,Tillkeeper.}"$project"{,.Tests}/*.csproj 2>/dev/null || true
    done
    ls tests/*/*.csproj
  } | awk '!seen[$0]++'
}

# run_suites MINUTES: a project that takes longer is ended, and counts as failed.
run_suites() {
  local project
  for project in $(suites); do
    ((${#RUNNING[@]} < 2)) || take_result
    begin "$project" "$1"
  done
  while ((${#RUNNING[@]} > 0)); do
    take_result
  done
}

# begin PROJECT MINUTES
begin() {
  local name dll
  name=$(basename "$1" .csproj)
  dll=$(dirname "$1")/bin/Release/net10.0/$name.dll
  # The tests stop what they started; a group that hangs is ended whole.
  timeout --kill-after=10 "$2m" dotnet "$dll" -noLogo -noColor -ctrf "$RESULTS/$name.json" \
    </dev/null >"$RESULTS/$name.log" 2>&1 &
  RUNNING[$!]="$name $SECONDS"
}

# Waits for the next project that ends, and counts it.
take_result() {
  local pid='' code=0 name began counts
  wait -n -p pid "${!RUNNING[@]}" || code=$?
  read -r name began <<<"${RUNNING[$pid]}"
  unset "RUNNING[$pid]"
  counts=$(jq --raw-output '.results.summary | "\(.passed) \(.failed) \(.skipped)"' "$RESULTS/$name.json" 2>/dev/null) ||
    counts='0 0 0'
  local good bad left
  read -r good bad left <<<"$counts"
  # Ended by a crash, or by the clock: no failed test says so.
  ((code == 0 || bad > 0)) || bad=1
  printf '%-28s%5d passed, %3d failed, %3d skipped %4d s\n' "$name" "$good" "$bad" "$left" $((SECONDS - began))
  if ((bad > 0)); then
    ((code != 124 && code != 137)) || echo "$name took too long and was ended."
    cat "$RESULTS/$name.log"
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + left))
}

finish() {
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  if ((failed > 0 || passed == 0)); then
    exit 1
  fi
  exit 0
}
