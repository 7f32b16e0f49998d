# shellcheck shell=bash
# Fifth act: the owner's own word, orders on a stick, payments written down by hand, one more network.

a_bank_joins_in() {
  start_bank "$(free_port 9201)"
  register_bank
  bind_card "$TERMINAL"
  printf 'ownRelease: {bankApproval: [wrong_password]}\n' >>"$PLACE/shadow.yaml"
  done_as zhao policy apply --target "terminal:$TERMINAL" --reason 'the owner has an app' "$PLACE/shadow.yaml"
  soon 30 'the till has confirmed the policy' policy_is_confirmed
  saw "bank $BANK_ID at $BANK; the till is bound to a card of its owner"
}

the_till_locks_again() {
  mistypes_until_locked "$CASHIER"
  LOCK=$(password_lock)
  soon 30 'the server has heard of the lock' at_the_server \
    '.locks | any(.id == $lock and .status == "confirmed")' --arg lock "$LOCK"
  only_saw "lock $LOCK on the whole till"
}

the_owner_approves() {
  local request
  expect 200 GET "$BANK/app/$CARD/terminals"
  [[ $ANSWER == *"$LOCK"* ]] || fail 'the app shows the lock'
  expect 201 POST "$BANK/app/$CARD/wishes" \
    "{\"terminal\":\"$TERMINAL\",\"action\":\"reset_passcode\",\"locks\":[\"$LOCK\"]}"
  request=$(field .request)
  saw "$(field '.text["zh-Hans"]')"
  expect 200 POST "$BANK/app/requests/$request/answer" '{"approved":true}'
  soon 30 'the till has released the lock' is_released "$LOCK"
  # One answer, one use.
  expect 404 POST "$BANK/app/requests/$request/answer" '{"approved":true}'
  saw 'approved; the till has taken the signed order'
}

locked_and_cut_off() {
  done_as zhao lock create "$TERMINAL" --reason 'refund burst, the shop is being called'
  REMOTE=$(field .lockId)
  soon 30 'the till has applied the remote lock' at_the_till '.locks | any(.id == $remote)' --arg remote "$REMOTE"
  the_line_is_cut
  is_refused_to_sell
}

# Nobody can sign in now, so nobody has to.
a_payment_is_written_down() {
  expect 422 POST "$TILL/ledger" '{"amountMinor":2850,"method":"static_qr","note":"4111 1111 1111 1111"}'
  expect 201 POST "$TILL/ledger" '{"amountMinor":2850,"method":"static_qr","reference":"1111"}'
  saw "record $(field .number) of 28.50; with a card number in its note: 422"
}

a_stick_opens_it() {
  done_as zhao lock release "$TERMINAL" "$REMOTE" --reason 'the shop explained the refunds'
  ask GET "$TILL/status"
  holds 'the till has not heard of it' '.locks | any(.id == $remote)' --arg remote "$REMOTE"
  done_as zhao order export "$TERMINAL" --out "$PLACE/stick/orders.json"
  soon 30 'the till has taken the order from the stick' is_released "$REMOTE"
  sells
}

the_record_has_come_in() {
  the_line_is_back
  soon 30 'the server has the record' the_server_has_the_record
  saw "$(field '.items[0] | "\(.amountMinor) minor units by \(.method), \(.state)"')"
}

the_server_has_the_record() {
  expect_as zhao 200 GET "/api/v1/ledger?terminal=$TERMINAL"
  is_so '.items | length == 1'
}

a_network_is_added() {
  local request
  done_as zhao terminal network ask "$TERMINAL" --network 192.168.7.0/24 --reason 'the shop has a new router'
  request=$(field .id)
  refused_as own_request zhao terminal network decide "$TERMINAL" "$request" --approve --reason 'my own wish'
  done_as admin terminal network decide "$TERMINAL" "$request" --approve --reason 'the shop confirms it by phone'
  done_as zhao terminal show "$TERMINAL"
  holds "it is one of the till's networks" '.networks | index("192.168.7.0/24") != null'
  saw 'the same person: exit 1, own_request; another one: 192.168.7.0/24 is added'
}

act_ways_out() {
  chapter 'More ways out: the bank, a stick, a pencil, one more network'
  step "a bank joins in, for the owner's card" a_bank_joins_in
  step 'the cashier mistypes: the till locks' the_till_locks_again
  step "the owner approves a new passcode in the bank's app" the_owner_approves
  step 'it is set' sets_passcode "$CASHIER" 619402
  step 'the risk desk locks the till, and its line is cut' locked_and_cut_off
  step 'the shop writes down what it takes' a_payment_is_written_down
  step 'the release comes on a stick' a_stick_opens_it
  step 'the line is back, and the record is in' the_record_has_come_in
  step 'one more network is asked for, another person approves' a_network_is_added
}
