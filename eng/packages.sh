# shellcheck shell=bash
# Debian packages that the scripts need: installed only when what they bring is missing.

# is_there THING: a command, or "font:LANGUAGE" for letters to print that language with.
is_there() {
  case $1 in
    # fc-list succeeds with nothing to list, too.
    font:*) [[ -n $(fc-list ":lang=${1#font:}" 2>/dev/null) ]] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# install_missing TABLE: one line a tool, "THING PACKAGE why it is needed".
install_missing() {
  local thing package why
  local -a missing=()
  while read -r thing package why; do
    if [[ -n $thing ]] && ! is_there "$thing"; then
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
