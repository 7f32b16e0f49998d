# shellcheck shell=bash
# Questions from outside: HTTP by curl, the server by the CLI; answers are read with jq.

ASKED='' STATUS='' ANSWER='' COMPLAINT='' EXIT=0

# ask METHOD URL [JSON [SESSION]]: leaves STATUS (000 when nobody answered) and ANSWER.
ask() {
  local answer
  local -a more=()
  ASKED="$1 $2" COMPLAINT=''
  # Passcodes go through a pipe: what is on a command line, every user of the machine can read.
  [[ -n ${3-} ]] && more+=(--header 'Content-Type: application/json' --data-binary @-)
  [[ -n ${4-} ]] && more+=(--header "Authorization: Bearer $4")
  answer=$(curl --silent --show-error --noproxy '*' --max-time 20 --request "$1" \
    --write-out '\n%{http_code}' "${more[@]}" "$2" <<<"${3-}" 2>&1) || true
  STATUS=${answer##*$'\n'}
  ANSWER=${answer%"$STATUS"}
}

# as PERSON WORD...: the CLI with that person's key; leaves EXIT, ANSWER, and COMPLAINT when it was refused.
as() {
  local person=$1
  shift
  ASKED="tillkeeper $* (as $person)" STATUS='' EXIT=0
  ANSWER=$("$PLACE/$person" -o json "$@" 2>"$PLACE/complaint") || EXIT=$?
  COMPLAINT=$(<"$PLACE/complaint")
}

# field PATH: a value out of ANSWER; ends everything when it is not there.
field() { jq --exit-status --raw-output "$1" <<<"$ANSWER" || fail "the answer has $1"; }

# is_so FILTER [JQ-OPTION...]: whether FILTER is true of ANSWER.
is_so() {
  local filter=$1
  shift
  jq --exit-status "$@" "$filter" <<<"$ANSWER" >/dev/null 2>&1
}

# expect STATUS METHOD URL [JSON [SESSION]]: asks, and ends everything when the answer is another.
expect() {
  local wanted=$1
  shift
  ask "$@"
  [[ $STATUS == "$wanted" ]] || fail "the answer is $wanted"
}

# expect_as PERSON STATUS METHOD PATH [JSON]: the same of the server, with that person's key, where the CLI has no word for it.
expect_as() {
  local person=$1 wanted=$2 answer
  local -a more=()
  ASKED="$3 $SERVER$4 (as $person)" COMPLAINT=''
  [[ -n ${5-} ]] && more+=(--header 'Content-Type: application/json' --data-binary @-)
  # The key comes out of a file for the same reason as passcodes come through a pipe.
  answer=$(curl --silent --show-error --noproxy '*' --max-time 20 --request "$3" \
    --cacert "$PLACE/server/ca.crt" --header @<(printf 'Authorization: Bearer %s' "$(<"$PLACE/keys/$person.key")") \
    --write-out '\n%{http_code}' "${more[@]}" "$SERVER$4" <<<"${5-}" 2>&1) || true
  STATUS=${answer##*$'\n'}
  ANSWER=${answer%"$STATUS"}
  [[ $STATUS == "$wanted" ]] || fail "the answer is $wanted"
}

# done_as PERSON WORD...: the CLI does it.
done_as() {
  as "$@"
  ((EXIT == 0)) || fail 'the CLI exits 0'
}

# refused_as CODE PERSON WORD...: the server says no, for the reason CODE.
refused_as() {
  local code=$1
  shift
  as "$@"
  [[ $EXIT == 1 && $COMPLAINT == "$code:"* ]] || fail "the CLI exits 1 with $code, not $EXIT"
}

# holds WHAT FILTER [JQ-OPTION...]
holds() {
  local what=$1
  shift
  is_so "$@" || fail "$what"
}

# soon SECONDS WHAT COMMAND...: asks again until COMMAND succeeds.
soon() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    ((SECONDS < deadline)) || fail "$what within the time given"
    sleep 0.1
  done
}

# credentials OPERATOR PASSCODE: the JSON of it.
credentials() { printf '{"operator":"%s","passcode":"%s"}' "$1" "$2"; }

fail() {
  {
    printf '\n\nNot so: %s\n  asked:    %s\n' "$1" "$ASKED"
    printf '  answered: %s %s %s\n' "$STATUS" "${ANSWER:0:3000}" "$COMPLAINT"
    printf '  logs:     %s\n' "$PLACE/logs/"
  } >&2
  # Inside "$(...)" an exit would end no more than that.
  ((BASHPID == $$)) || kill -TERM $$
  exit 1
}
