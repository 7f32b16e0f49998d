# shellcheck shell=bash
# ./run: three shops of two agents and a bank, open until Ctrl-C.

readonly MANAGER=01 MANAGER_PASSCODE=704921 CASHIER=03 CASHIER_PASSCODE=582036

# What Ctrl-C does once everything is up; it is the proper end of ./run.
close_shops() {
  trap - INT TERM
  printf '\nStopping.\n'
  exit 0
}

# open_shops [--keep]
open_shops() {
  use_folder .demo/shops
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  build_all
  local known=''
  [[ ${1-} == --keep && -e $PLACE/seeded ]] && known=yes
  [[ -n $known ]] || empty_folder

  local people terminals
  people=$(free_port 8443)
  terminals=$(free_port $((people + 1)))
  echo 'Starting the server'
  start_server "$people" "$terminals"
  if [[ -n $known ]]; then
    write_cli admin li wang zhao chen owner
  else
    echo 'Adding people, agents and shops'
    admit_admin
    seed
  fi
  open_tills "$terminals"
  open_bank
  [[ ${1-} == --keep ]] && open_accounts
  touch "$PLACE/seeded"
  tell "${1-}"
  trap close_shops INT TERM
  # A program that ends by itself is a fault, and the reason is in its log.
  wait -n "${PID[@]}" || true
  echo "A program has ended by itself; see $PLACE/logs/." >&2
  return 1
}

# Everything that the server must know, through the CLI alone.
seed() {
  local east west
  done_as admin org create --name '华东代理 East China Agent'
  east=$(field .id)
  done_as admin org create --name '西南代理 Southwest Agent'
  west=$(field .id)
  give_key li helpdesk '李娜 Li Na, helpdesk'
  give_key wang helpdesk '王伟 Wang Wei, helpdesk'
  give_key zhao risk '赵敏 Zhao Min, risk'
  give_key chen agent '陈晨 Chen Chen, East China Agent' "$east"
  add_shop till-1 "$east" '莲花茶馆 Lotus Tea House' 91310101MA1TKDM18X 021-5550-0101 TK-A100-000001
  add_shop till-2 "$east" '西湖书店 West Lake Books' 91330106MA2TKDM28M 0571-5550-0102 TK-A100-000002
  add_shop till-3 "$west" '蜀香面馆 Shuxiang Noodles' 91510104MA6TKDM338 028-5550-0103 TK-C200-000003
}

# add_shop TILL ORG NAME CREDIT-CODE PHONE SERIAL: a merchant with one terminal; a line of it goes into tills.
add_shop() {
  done_as admin merchant create --org "$2" --name "$3" --identity-kind credit_code --identity-number "$4" \
    --contact-name '店长 the manager' --contact-phone "$5"
  done_as admin terminal register --merchant "$(field .id)" --model "${6%-*}" --serial "$6"
  printf '%s\t%s\t%s\t%s\n' "$1" "$(field .id)" "$(field .enrolmentCode)" "$3" >>"$PLACE/tills"
}

# open_tills TERMINALS-PORT
open_tills() {
  local till id code name port=9101
  : >"$PLACE/screens"
  while IFS=$'\t' read -r till id code name; do
    echo "Opening $name"
    port=$(free_port "$port")
    start_terminal "$till" "$1" "$port" "$code"
    hire_staff "http://127.0.0.1:$port"
    printf '  http://127.0.0.1:%s  terminal %s  %s\n' "$port" "$id" "$name" >>"$PLACE/screens"
    port=$((port + 1))
  done <"$PLACE/tills"
}

# The first shop's owner has a card of the bank, and an own key for the owner's page.
open_bank() {
  local till id code name
  IFS=$'\t' read -r till id code name <"$PLACE/tills"
  echo 'Opening the bank'
  start_bank "$(free_port 9201)"
  register_bank
  bind_card "$id"
  [[ -e $PLACE/keys/owner.key ]] && return
  printf 'ownRelease: {bankApproval: [wrong_password]}\n' >"$PLACE/policy.yaml"
  done_as zhao policy apply --target "terminal:$id" --reason 'the owner has an app' "$PLACE/policy.yaml"
  done_as admin terminal show "$id"
  give_key owner merchant "$name, owner" "$(field .merchantId)"
}

# hire_staff TILL-ADDRESS: staff exist only at the terminal, so they are made there.
hire_staff() {
  is_so .setUp && return
  local session
  expect 201 POST "$1/local/v1/setup" "$(credentials $MANAGER $MANAGER_PASSCODE)"
  expect 200 POST "$1/local/v1/sign-in" "$(credentials $MANAGER $MANAGER_PASSCODE)"
  session=$(field .session)
  expect 201 POST "$1/local/v1/operators" "{\"operator\":\"$CASHIER\",\"role\":\"cashier\"}" "$session"
  expect 204 POST "$1/local/v1/operators/$CASHIER/passcode" "{\"passcode\":\"$CASHIER_PASSCODE\"}"
}

# tell [--keep]
tell() {
  local id
  id=$(cut -f 2 "$PLACE/tills" | head -n 1)
  cat <<TEXT

Tillkeeper is up.

Lock screens, open them in a browser:
$(<"$PLACE/screens")
Sign in there as cashier $CASHIER with passcode $CASHIER_PASSCODE, or as manager $MANAGER with $MANAGER_PASSCODE.

Server: $SERVER, its CA: $PLACE/server/ca.crt, people's API keys: $PLACE/keys/
In $PLACE stands the CLI with the key of each: admin, li and wang (helpdesk), zhao (risk), chen (an agent with two shops).

Type a wrong passcode until the till locks. Then be the helpdesk:
  $PLACE/li terminal show $id
  lock=\$($PLACE/li -o json terminal show $id | jq -r '.locks[0].id')
  case=\$($PLACE/li -o json case open --terminal $id --lock "\$lock" --way-out password_reset \\
    --applicant-name 'Zhang San' --applicant-phone 13800000000 | jq -r .id)
  $PLACE/wang case decide "\$case" --approve --reason 'called back, knows the shop'
  $PLACE/li case show "\$case"
A lock by the risk desk, and its end:
  lock=\$($PLACE/zhao -o json lock create $id --reason 'refund burst, calling the shop' | jq -r .lockId)
  $PLACE/zhao lock release $id "\$lock" --reason 'explained'
The owner of the first shop ends a lock without calling anybody, in the app of the example bank at $BANK:
  lock=\$($PLACE/owner -o json terminal show $id | jq -r '.locks[0].id')
  curl -s $BANK/app/$CARD/terminals
  request=\$(curl -s --json '{"terminal":"$id","action":"release","locks":["'\$lock'"]}' \\
    $BANK/app/$CARD/wishes | tee /dev/stderr | jq -r .request)
  curl -s --json '{"approved":true}' $BANK/app/requests/\$request/answer
or with a passkey, at https://localhost:${SERVER##*:}/owner with the key in $PLACE/keys/owner.key; the browser must trust the CA.
The record of all that:
  $PLACE/li terminal events $id
  $PLACE/admin audit verify
TEXT
  [[ ${1-} == --keep ]] && tell_accounts
  printf '\nCtrl-C stops everything.\n'
}
