# shellcheck shell=bash
# Debian packages that the scripts need: installed only when their command is missing, with one "apt-get update".

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
  if [[ -z ${PACKAGE_LISTS_ARE_FRESH-} ]]; then
    "${root[@]}" apt-get update -qq
    PACKAGE_LISTS_ARE_FRESH=yes
  fi
  # Never a question: nobody may be there to answer it.
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" </dev/null >/dev/null
}
