# shellcheck shell=bash
# What people do at the till: sign in, sell, mistype. TILL is its local API, TERMINAL its id at the server.

readonly MANAGER=01 NEIGHBOUR=02 CASHIER=03
readonly WRONG=350816

declare -A PASSCODE=([$MANAGER]=704921 [$NEIGHBOUR]=618253 [$CASHIER]=582036)

a_manager_is_set_up() {
  expect 201 POST "$TILL/setup" "$(credentials "$MANAGER" "${PASSCODE[$MANAGER]}")"
  expect 409 POST "$TILL/setup" "$(credentials "$CASHIER" "${PASSCODE[$CASHIER]}")"
  saw '201, and for whoever comes second 409'
}

cashiers_are_added() {
  local session operator
  expect 200 POST "$TILL/sign-in" "$(credentials "$MANAGER" "${PASSCODE[$MANAGER]}")"
  session=$(field .session)
  for operator in "$NEIGHBOUR" "$CASHIER"; do
    expect 201 POST "$TILL/operators" "{\"operator\":\"$operator\",\"role\":\"cashier\"}" "$session"
    expect 204 POST "$TILL/operators/$operator/passcode" "{\"passcode\":\"${PASSCODE[$operator]}\"}"
  done
  saw "cashiers $NEIGHBOUR and $CASHIER: 201, their passcodes: 204"
}

# signs_in OPERATOR
signs_in() {
  expect 200 POST "$TILL/sign-in" "$(credentials "$1" "${PASSCODE[$1]}")"
  holds 'a session begins' '.session | length > 0'
}

sells() {
  local sale
  expect 201 POST "$TILL/transactions" '{"capability":"card_payment","amountMinor":2850}'
  sale=$(field .id)
  ask GET "$TILL/status"
  holds 'the till is in a transaction' '.inTransaction'
  expect 204 DELETE "$TILL/transactions/$sale" '{"outcome":"approved"}'
  ask GET "$TILL/status"
  holds 'the till is in no transaction' '.inTransaction | not'
  saw 'card sale of 28.50: begun 201, ended 204'
}

# signs_in_and_sells OPERATOR
signs_in_and_sells() {
  signs_in "$1"
  sells
}

# mistypes_until_locked OPERATOR: every wrong passcode is answered 401 with fewer tries left; then 423, and no more guesses.
mistypes_until_locked() {
  local left=99 answers=''
  while ask POST "$TILL/sign-in" "$(credentials "$1" "$WRONG")" && [[ $STATUS == 401 ]]; do
    holds 'fewer tries are left each time' ".remaining >= 0 and .remaining < $left"
    left=$(jq .remaining <<<"$ANSWER")
    answers+="401 ($left left), "
  done
  [[ $STATUS == 423 ]] || fail 'a wrong passcode is answered 401, and 423 once it is locked'
  expect 423 POST "$TILL/sign-in" "$(credentials "$1" "${PASSCODE[$1]}")"
  holds 'the lock says E01' '.locks | any(.code == "E01")'
  saw "${answers}423; now the right passcode gets 423 too"
}

is_refused_to_sell() {
  expect 423 POST "$TILL/transactions" '{"capability":"card_payment","amountMinor":2850}'
  saw "423: $(jq --raw-output '[.locks[] | .code] | unique | join(", ")' <<<"$ANSWER")"
}

# old_passcode_is_void OPERATOR
old_passcode_is_void() {
  expect 401 POST "$TILL/sign-in" "$(credentials "$1" "${PASSCODE[$1]}")"
  saw '401'
}

weak_passcodes_are_refused() {
  local weak
  for weak in 123456 111111 "${PASSCODE[$1]}"; do
    expect 422 POST "$TILL/operators/$1/passcode" "{\"passcode\":\"$weak\"}"
  done
  saw '422 for 123456, for 111111 and for the old one'
}

# sets_passcode OPERATOR NEW
sets_passcode() {
  PASSCODE[$1]=$2
  expect 204 POST "$TILL/operators/$1/passcode" "{\"passcode\":\"$2\"}"
  saw '204'
}

# The id of the lock that stops the whole till because of wrong passcodes.
password_lock() {
  expect 200 GET "$TILL/status"
  field '.locks[] | select(.cause == "wrong_password" and .subject.kind == "terminal") | .id'
}

# at_the_till FILTER [JQ-OPTION...]: whether the till's status is so now.
at_the_till() {
  ask GET "$TILL/status"
  [[ $STATUS == 200 ]] && is_so "$@"
}
