# shellcheck shell=bash
# Debian packages that the scripts need: installed only when their command is missing.

# install_missing TABLE: one line a tool, "COMMAND PACKAGE why it is needed".
install_missing() {
  local command package why
  local -a missing=()
  while read -r command package why; do
    if [[ -n $command ]] && ! command -v "$command" >/dev/null; then
      printf 'Installing %s: %s.\n' "$package" "$why"
      missing+=("$package")
    fi
  done <<<"$1"
  ((${#missing[@]} == 0)) && return

  local -a root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || {
      printf 'Run this as root first: apt-get update && apt-get install %s\n' "${missing[*]}" >&2
      return 1
    }
    root=(sudo)
  fi
  # Never a question: nobody may be there to answer it.
  local log
  log=$(mktemp)
  if ! {
    "${root[@]}" apt-get update -qq &&
      "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
  } </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm "$log"
    return 1
  fi
  rm "$log"
}
