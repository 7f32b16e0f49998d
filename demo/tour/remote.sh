# shellcheck shell=bash
# Second act: two locks at once, each with its own way out.

both_stand() {
  mistypes_until_locked "$CASHIER"
  LOCK=$(password_lock)
  done_as zhao lock create "$TERMINAL" --reason 'refund burst, the shop is being called'
  REMOTE=$(field .lockId)
  soon 30 'the till has applied the remote lock' at_the_till '.locks | any(.id == $remote)' --arg remote "$REMOTE"
  soon 30 'the server shows it as confirmed' at_the_server \
    '.locks | any(.id == $remote and .status == "confirmed")' --arg remote "$REMOTE"
  only_saw "E01 $LOCK and E09 $REMOTE, both confirmed"
}

# Locks on the whole till, by id.
till_locks() { jq --raw-output '[.locks[] | select(.subject.kind == "terminal") | .id] | join(" ")' <<<"$ANSWER"; }

only_the_password_lock_ends() {
  another_person_approves
  soon 30 'the password lock is gone' is_released "$LOCK"
  [[ $(till_locks) == "$REMOTE" ]] || fail 'the remote lock alone is left'
  expect 423 POST "$TILL/transactions" '{"capability":"card_payment"}'
  holds 'E09 alone denies' '[.locks[].code] == ["E09"]'
  only_saw "left: E09 $REMOTE; a sale: 423"
}

helpdesk_cannot_end_it() {
  as li lock release "$TERMINAL" "$REMOTE" --reason 'the shop asks for it'
  [[ $EXIT == 1 ]] || fail 'the helpdesk has no right to end a remote lock'
  saw "exit 1, ${COMPLAINT%%:*}"
}

the_risk_desk_ends_it() {
  done_as zhao lock release "$TERMINAL" "$REMOTE" --reason 'the shop explained the refunds'
  soon 30 'the remote lock is gone' is_released "$REMOTE"
  [[ $(till_locks) == '' ]] || fail 'nothing locks the till'
  saw 'no lock on the till is left'
}

act_remote() {
  chapter 'Two locks at once: ending one never ends the other'
  step 'the till locks itself, and the risk desk locks it' both_stand
  step 'a case for the password lock' a_case_is_opened --lock "$LOCK"
  step 'its release leaves the remote lock standing' only_the_password_lock_ends
  step "the helpdesk cannot end the risk desk's lock" helpdesk_cannot_end_it
  step 'a new passcode is set meanwhile' sets_passcode "$CASHIER" 261894
  step 'the risk desk ends its own lock' the_risk_desk_ends_it
  step 'the cashier signs in and sells' signs_in_and_sells "$CASHIER"
  step 'the case is closed' the_case_is_closed
}
