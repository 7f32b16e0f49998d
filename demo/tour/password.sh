# shellcheck shell=bash
# First act, online: wrong passcodes, a case, a verified release, a new passcode.

the_screen_explains() {
  expect 200 GET "$TILL/status"
  holds 'the lock is explained' '.locks[0] | .code == "E01" and .remainingSeconds > 0
    and (.explanation | [.title, .stillWorks, .next] | all(length > 0)) and (.explanation.now | length > 0)'
  holds 'a support number is there' '.supportPhone | length > 0'
  saw "$(field .locks[0].explanation.title)"
  saw "$(field '"\(.locks[0].remainingSeconds) s to wait; support: \(.supportPhone)"')"
  expect 200 GET "${TILL%/local/v1}/"
  [[ $ANSWER == *'<html'* ]] || fail 'the lock screen is a page'
}

# at_the_server FILTER [JQ-OPTION...]: whether the server shows the terminal so now.
at_the_server() {
  as li terminal show "$TERMINAL"
  ((EXIT == 0)) && is_so "$@"
}

the_server_knows() {
  soon 30 'the server shows the lock as confirmed' at_the_server \
    '.locks | length == 1 and (.[0] | .code == "E01" and .status == "confirmed" and .owner == "terminal"
      and .subject.kind == "operator")'
  saw 'E01, confirmed, owner terminal'
  done_as li terminal events "$TERMINAL" --limit 200
  holds 'five guesses were evaluated, and none after the lock' \
    '[.items[] | select(.type == "operator.attempt_failed.v1")] | length == 5'
  saw 'five guesses evaluated, the refused ones not counted'
  done_as li terminal verdict "$TERMINAL"
  holds 'one paused operator does not stop the shop' '.allow'
  saw 'verdict: allowed, another operator can trade'
}

nobody_is_left() {
  mistypes_until_locked "$MANAGER"
  mistypes_until_locked "$CASHIER"
  LOCK=$(password_lock)
  only_saw "lock $LOCK on the whole till"
}

the_server_denies() {
  soon 30 'the server has heard of the lock' at_the_server \
    '.locks | any(.id == $lock and .status == "confirmed")' --arg lock "$LOCK"
  done_as li terminal verdict "$TERMINAL"
  holds 'the verdict denies with this lock' '(.allow | not) and (.locks | any(.id == $lock))' --arg lock "$LOCK"
  saw "denied by E01, lock $LOCK"
}

# a_case_is_opened --lock LOCK | --challenge CHALLENGE
a_case_is_opened() {
  OPENED=$(now_ms)
  done_as li case open --terminal "$TERMINAL" "$@" --way-out password_reset \
    --applicant-name '张三 Zhang San' --applicant-phone 13800000000 --note 'calls from the shop'
  CASE=$(field .id)
  saw "case $CASE, opened by Li of the helpdesk"
}

documents_are_attached() {
  write_pdf "$PLACE/licence.pdf" 'Business licence of the Lotus Tea House'
  write_picture "$PLACE/identity.png"
  done_as li case attach "$CASE" --kind business_licence --file "$PLACE/licence.pdf"
  done_as li case attach "$CASE" --kind identity_card --file "$PLACE/identity.png"
  done_as wang case show "$CASE"
  holds 'nothing is missing' '.missing | length == 0'
  saw 'business licence (PDF) and identity card (PNG); nothing is missing'
}

own_case_is_refused() {
  refused_as own_case li case decide "$CASE" --approve --reason 'I know the shop'
  saw "exit 1, own_case"
}

another_person_approves() {
  done_as wang case decide "$CASE" --approve --reason 'called back at the number on file, documents match'
  saw 'approved by Wang of the helpdesk'
}

# is_released LOCK
is_released() { at_the_till '.locks | all(.id != $lock)' --arg lock "$1"; }

the_release_arrives() {
  soon 30 'the till has released the lock' is_released "$LOCK"
  soon 30 'the server lists the order as taken' the_order_is_taken "$LOCK"
  saw "order $(field 'last(.items[] | select(.lockId == "'"$LOCK"'")) | "\(.number), \(.kind), \(.status)"')"
  local took=$(($(now_ms) - OPENED))
  ((took < 60000)) || fail "a whole case takes less than a minute of the machine's time, not $took ms"
  saw "from opening the case to the released till: $took ms"
}

# the_order_is_taken LOCK
the_order_is_taken() {
  as li order list "$TERMINAL"
  ((EXIT == 0)) && is_so '.items | any(.lockId == $lock and .kind == "passcode_reset" and .status == "taken")' --arg lock "$1"
}

# is_closed CASE
is_closed() {
  as li case show "$1"
  ((EXIT == 0)) && is_so '.state == "closed"'
}

the_case_is_closed() {
  soon 30 'the case is closed' is_closed "$CASE"
  saw 'closed by the sign-in itself'
}

# The whole act. The cashier is the last one who could sign in.
act_password() {
  chapter 'Online: wrong passcodes, a case, a verified release'
  step 'the first manager is set up' a_manager_is_set_up
  step 'the manager adds two cashiers, who set their passcodes' cashiers_are_added
  step "cashier $CASHIER signs in and sells" signs_in_and_sells "$CASHIER"
  step "cashier $NEIGHBOUR mistypes the passcode until it locks" mistypes_until_locked "$NEIGHBOUR"
  step 'the lock screen says why, how long, what now, whom to call' the_screen_explains
  step "cashier $CASHIER trades on" signs_in_and_sells "$CASHIER"
  step 'the server shows the lock as confirmed' the_server_knows
  step 'everybody else mistypes too: the till locks' nobody_is_left
  step 'a sale is refused' is_refused_to_sell
  step "the server's verdict denies" the_server_denies
  step 'the helpdesk opens a case' a_case_is_opened --lock "$LOCK"
  step 'documents are attached' documents_are_attached
  step 'whoever opened it cannot decide it' own_case_is_refused
  step 'a second person approves' another_person_approves
  step 'the release arrives as a signed order' the_release_arrives
  step "the old passcode of cashier $CASHIER is void" old_passcode_is_void "$CASHIER"
  step 'a weak new passcode is refused' weak_passcodes_are_refused "$CASHIER"
  step 'a good one is taken' sets_passcode "$CASHIER" 947305
  step 'the cashier signs in' signs_in "$CASHIER"
  step 'that closes the case' the_case_is_closed
  step 'the shop sells again' sells
}
