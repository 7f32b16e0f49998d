# shellcheck shell=bash
# Programs in the background: each known by a name, its output in a log, stopped by its process id and no other way.

declare -A PID=()

# use_folder DIR: this run's own folder for data, keys and logs; no second run may use it at the same time.
use_folder() {
  PLACE=$1
  mkdir -p "$PLACE/logs" "$PLACE/keys"
  exec {place_lock}>"$PLACE.lock"
  flock --nonblock "$place_lock" || {
    echo "Another run uses $PLACE; end it first." >&2
    exit 1
  }
}

empty_folder() {
  rm -rf -- "${PLACE:?}"
  mkdir -p "$PLACE/logs" "$PLACE/keys"
}

# start NAME COMMAND...
start() {
  local name=$1
  shift
  # Should this script be killed outright, the kernel ends what it started.
  setpriv --pdeathsig TERM -- "$@" </dev/null >>"$PLACE/logs/$name.log" 2>&1 &
  PID[$name]=$!
}

is_running() { kill -0 "${PID[$1]-none}" 2>/dev/null; }

# stop NAME: asks it to end, and after ten seconds makes it.
stop() {
  local pid=${PID[$1]-} tenths
  [[ -n $pid ]] || return 0
  unset "PID[$1]"
  kill -TERM "$pid" 2>/dev/null || true
  for ((tenths = 0; tenths < 100; tenths++)); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

stop_all() {
  local name
  ((${#PID[@]})) || return 0
  kill -TERM "${PID[@]}" 2>/dev/null || true
  for name in "${!PID[@]}"; do
    stop "$name"
  done
}

# free_port PORT: the first from PORT on at which nothing answers.
free_port() {
  local port
  for ((port = $1; port < $1 + 500; port++)); do
    if ! (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  echo "No free port from $1 on." >&2
  return 1
}

# wait_for NAME SECONDS COMMAND...: until COMMAND succeeds; fails at once when the program NAME has ended.
wait_for() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@"; do
    if ! is_running "$name" || ((SECONDS >= deadline)); then
      echo "The $name did not get ready ($*). The end of $PLACE/logs/$name.log:" >&2
      tail -n 20 "$PLACE/logs/$name.log" >&2
      return 1
    fi
    sleep 0.1
  done
}
