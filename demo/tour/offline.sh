# shellcheck shell=bash
# Third act: the terminal cannot reach the server; a code is read out over the phone.

# The terminals' door moves to a port that this terminal does not know: it is cut off, and the helpdesk works on.
the_line_is_cut() {
  done_as li terminal events "$TERMINAL" --limit 200
  LAST_EVENT=$(field .items[-1].id)
  stop server
  start_server "$PEOPLE_PORT" "$OTHER_PORT"
  soon 60 'the till knows that it is offline' at_the_till '.online | not'
  soon 60 'the server knows it too' at_the_server '.online | not'
  saw 'offline, says the till; offline, says the server'
}

locks_unheard() {
  mistypes_until_locked "$CASHIER"
  LOCK=$(password_lock)
  is_refused_to_sell
  done_as li terminal show "$TERMINAL"
  holds 'the server has not heard of the lock' '.locks | all(.id != $lock)' --arg lock "$LOCK"
  only_saw "lock $LOCK, a sale: 423; the server has not heard of it"
}

a_challenge_is_shown() {
  expect 200 GET "$TILL/locks/$LOCK/challenge"
  # In groups of four, as people read it out.
  CHALLENGE=$(field '.challenge | [scan(".{4}")] | join(" ")')
  saw "$CHALLENGE"
}

# The code goes from the helpdesk's screen to the till by voice: it is in no message of the server to the till.
a_code_is_read_out() {
  done_as li case code "$CASE" --challenge "$CHALLENGE"
  CODE=$(field .code)
  [[ $CODE =~ ^[0-9]{8}$ ]] || fail 'a code has eight digits'
  refused_as code_already_issued li case code "$CASE" --challenge "$CHALLENGE"
  saw 'eight digits; a second time: exit 1, code_already_issued'
}

a_wrong_code_is_refused() {
  local wrong=00000000
  [[ $CODE == "$wrong" ]] && wrong=11111111
  expect 401 POST "$TILL/locks/$LOCK/code" "{\"code\":\"$wrong\"}"
  saw "401, $(field .remaining) tries left"
}

the_code_opens() {
  expect 200 POST "$TILL/locks/$LOCK/code" "{\"code\":\"$CODE\"}"
  is_released "$LOCK" || fail 'the lock is gone'
  ask POST "$TILL/locks/$LOCK/code" "{\"code\":\"$CODE\"}"
  [[ $STATUS == 4* ]] || fail 'a code works once'
  saw "200; the same code again: $STATUS"
}

the_line_is_back() {
  stop server
  start_server "$PEOPLE_PORT" "$TERMINALS_PORT"
  soon 120 'the till is online again' at_the_till .online
  saw 'online, says the till'
}

# What the terminal did alone, as the server tells it now, oldest first.
readonly STORY='[.items[] | {type, data}
  | select((.data.lock.id? // .data.lockId?) == $lock) | .type] | map(select(test("^(lock|code|operator)[.]")))'

the_server_has_caught_up() {
  as li terminal events "$TERMINAL" --after "$LAST_EVENT" --limit 200
  ((EXIT == 0)) && is_so "$STORY | index(\"operator.passcode_set.v1\") != null" --arg lock "$LOCK"
}

the_record_is_in_order() {
  soon 30 'the server has heard of the new passcode' the_server_has_caught_up
  holds 'lock, codes, release and new passcode are in order' \
    "$STORY == [\"lock.begun.v1\", \"code.attempt_counted.v1\", \"code.attempt_counted.v1\", \"lock.ended.v1\", \"operator.passcode_set.v1\"]" \
    --arg lock "$LOCK"
  saw 'lock begun, two codes counted, lock ended, passcode set'
}

nothing_stays_locked() {
  # The release that was ordered meanwhile takes its turn late, and gives nothing twice.
  soon 30 'the server lists the late order as taken' the_order_is_taken "$LOCK"
  soon 30 'no lock on the till is left at the server' at_the_server \
    '.locks | all(.subject.kind == "operator")'
  done_as li terminal verdict "$TERMINAL"
  holds 'the verdict allows' '.allow'
  expect 200 GET "$TILL/status"
  [[ $(till_locks) == '' ]] || fail 'nothing locks the till'
  signs_in_and_sells "$CASHIER"
  only_saw 'verdict: allowed; the late order changes nothing, the new passcode still signs in'
}

the_record_is_whole() {
  done_as admin audit verify
  holds 'the record is unbroken' '.ok'
  saw "$(field '"\([.shards[].lastSeq] | add) records in \(.shards | length) shards, unbroken"')"
}

act_offline() {
  chapter 'Offline: a code over the phone'
  step 'the line to the server is cut' the_line_is_cut
  step 'the shop sells on' sells
  step 'the till locks, and nobody outside hears of it' locks_unheard
  step 'the lock screen shows a challenge' a_challenge_is_shown
  step 'the helpdesk opens a case by the challenge' a_case_is_opened --challenge "$CHALLENGE"
  step 'documents are attached' documents_are_attached
  step 'whoever opened it cannot decide it' own_case_is_refused
  step 'a second person approves' another_person_approves
  step 'the helpdesk reads out a code, once' a_code_is_read_out
  step 'a wrong code is refused' a_wrong_code_is_refused
  step 'the right one opens the till, once' the_code_opens
  step 'the old passcode is void' old_passcode_is_void "$CASHIER"
  step 'a new one is set' sets_passcode "$CASHIER" 830571
  step 'the cashier signs in and sells' signs_in_and_sells "$CASHIER"
  step 'the line is back' the_line_is_back
  step 'the server learns everything in its order' the_record_is_in_order
  step 'the case is closed' the_case_is_closed
  step 'nothing stays locked' nothing_stays_locked
  step 'the whole record is verified' the_record_is_whole
}
