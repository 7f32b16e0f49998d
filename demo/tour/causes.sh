# shellcheck shell=bash
# Fourth act: a policy file, a part that breaks and is put right, and a rule that only watches.

# A USB device in the tree that the till reads its parts from. plug_in NAME VENDOR PRODUCT
plug_in() {
  local device=$PLACE/parts/sys/bus/usb/devices/$1
  mkdir -p "$device"
  printf '%s\n' "$2" >"$device/idVendor"
  printf '%s\n' "$3" >"$device/idProduct"
}

unplug() { rm -r "$PLACE/parts/sys/bus/usb/devices/$1"; }

parts_are_plugged_in() {
  plug_in 1-1 1a86 7523
  plug_in 1-2 0416 5011
}

a_wrong_policy_is_told_by_line() {
  cat >"$PLACE/policy.yaml" <<'YAML'
hardware: {mode: on, then: lock, every: PT1S, failures: 2, among: 3, recoveries: 2}
parts:
  - {name: card_reader, probe: usb, match: "1a86:7523", blocks: [card_paymnet]}
  - {name: printer, probe: usb, match: "0416:5011"}
YAML
  as zhao policy check "$PLACE/policy.yaml"
  [[ $EXIT == 2 ]] || fail 'a wrong word is a wrong file'
  [[ $COMPLAINT == *policy.yaml:3:* ]] || fail 'the line is named'
  saw "exit 2, ${COMPLAINT##*/}"
}

a_policy_is_applied() {
  sed -i 's/paymnet/payment/' "$PLACE/policy.yaml"
  done_as zhao policy check "$PLACE/policy.yaml"
  done_as zhao policy apply --target "model:TK-A100" --reason 'the parts of this model' "$PLACE/policy.yaml"
  soon 30 'the till has confirmed the policy' policy_is_confirmed
  saw 'checked, applied to the model, confirmed by the till'
}

policy_is_confirmed() {
  as zhao policy show --terminal "$TERMINAL"
  ((EXIT == 0)) && is_so '.status == "confirmed"'
}

reader_breaks() {
  unplug 1-1
  soon 30 'the till finds the reader gone' at_the_till '.locks | any(.code == "E04" and .status == "confirmed")'
  LOCK=$(field '.locks[] | select(.code == "E04") | .id')
  holds 'it blocks cards and nothing else' '.locks[] | select(.code == "E04") | .scope == ["card_payment"]'
  saw "$(jq --raw-output '.locks[] | select(.code == "E04") | .explanation | "\(.title): \(.safe)"' <<<"$ANSWER")"
}

# Cards wait, QR goes on.
only_cards_wait() {
  local sale
  expect 423 POST "$TILL/transactions" '{"capability":"card_payment","amountMinor":2850}'
  expect 201 POST "$TILL/transactions" '{"capability":"qr_payment","amountMinor":2850}'
  sale=$(field .id)
  expect 204 DELETE "$TILL/transactions/$sale" '{"outcome":"approved"}'
  saw 'card 423, QR 201 and 204'
}

reader_is_back() {
  plug_in 1-1 1a86 7523
  soon 30 'the lock ends by itself' at_the_till '.locks | all(.subject.kind != "terminal")'
  soon 30 'the server knows' at_the_server '.locks | all(.subject.kind != "terminal")'
  saw "lock $LOCK ended by its self-test"
}

printer_only_warns() {
  unplug 1-2
  soon 30 'the till warns' at_the_till '(.locks | all(.subject.kind != "terminal")) and (.warnings | any(.part == "printer"))'
  saw "$(jq --raw-output '.warnings[] | "\(.title): \(.saw) \(.now)"' <<<"$ANSWER")"
  sells
  plug_in 1-2 0416 5011
}

rule_only_records() {
  cat >"$PLACE/shadow.yaml" <<'YAML'
hardware: {mode: shadow}
YAML
  done_as zhao policy diff --target "terminal:$TERMINAL" "$PLACE/shadow.yaml"
  done_as zhao policy apply --target "terminal:$TERMINAL" --reason 'watched first' "$PLACE/shadow.yaml"
  soon 30 'the till has confirmed the policy' policy_is_confirmed
  unplug 1-1
  soon 30 'it would have locked' would_have_locked
  ask GET "$TILL/status"
  holds 'nothing is locked' '.locks | all(.subject.kind != "terminal")'
  saw 'one finding in shadow, no lock'
}

would_have_locked() {
  as zhao policy rules
  ((EXIT == 0)) && is_so '.items[] | select(.rule == "hardware") | .lastDay.shadow.terminals == 1'
}

act_causes() {
  chapter 'What may lock, and what only warns, stands in a file'
  step 'a mistake in a policy file is told by its line' a_wrong_policy_is_told_by_line
  step 'the right one reaches the till as a signed order' a_policy_is_applied
  step 'the card reader breaks: cards stop' reader_breaks
  step 'everything else goes on' only_cards_wait
  step 'it is plugged in again: the lock ends by itself' reader_is_back
  step 'the printer breaks: a warning, no lock' printer_only_warns
  step 'a rule in shadow records what it would have done' rule_only_records
}
