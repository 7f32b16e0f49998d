# shellcheck shell=bash
# A numbered line for each step, with the time it took, and under it what was seen.

STEP=0 TITLE='' SEEN=()

now_ms() { echo $((${EPOCHREALTIME//[^0-9]/} / 1000)); }

chapter() { printf '\n%s\n' "$1"; }

# step TITLE COMMAND...
step() {
  TITLE=$1 SEEN=()
  shift
  STEP=$((STEP + 1))
  local began took dots
  began=$(now_ms)
  printf '%3d. %s ' "$STEP" "$TITLE"
  "$@"
  took=$(($(now_ms) - began))
  printf -v dots '%*s' $((62 - ${#TITLE})) ''
  printf '%s %6d ms\n' "${dots// /.}" "$took"
  ((${#SEEN[@]} == 0)) || printf '       %s\n' "${SEEN[@]}"
  TITLE=''
}

# saw TEXT: what an outsider could see; printed under the step.
saw() { SEEN+=("$1"); }

# only_saw TEXT: instead of what the parts of the step have said.
only_saw() { SEEN=("$1"); }

# What is left to say when the script ends, however it ends.
end_of_tour() {
  local code=$?
  trap - EXIT INT TERM
  stop_all
  if ((code != 0)); then
    printf '\nThe tour ended at step %d: %s.\n' "$STEP" "${TITLE:-before it began}" >&2
  fi
  exit "$code"
}
