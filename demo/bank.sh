# shellcheck shell=bash
# The example bank: a program of its own beside the shops, with a key of its own.

readonly CARD=cardholder-7f3a
BANK=''

# start_bank PORT
start_bank() {
  BANK=http://127.0.0.1:$1
  start bank dotnet out/bank/Tillkeeper.DemoBank.dll --listen "$BANK" --server "$SERVER" \
    --ca "$PLACE/server/ca.crt" --data "$PLACE/bank"
  wait_for bank 60 bank_is_ready
}

# Any answer will do, a 404 too.
bank_is_ready() { curl --silent --output /dev/null --noproxy '*' --max-time 5 "$BANK/"; }

# The provider learns the bank's public key and address, the bank its name there and the key of the provider's requests.
register_bank() {
  local key
  key=$(openssl pkey -in "$PLACE/bank/bank.key" -pubout)
  expect_as admin 201 POST /api/v1/banks "$(jq --null-input --arg url "$BANK/requests" --arg key "$key" \
    '{name: "示例银行 Example Bank", url: $url, kid: "demo-bank-1", publicKey: $key}')"
  BANK_ID=$(field .id)
  expect 204 PUT "$BANK/setup" "$(jq '{id, requestKey}' <<<"$ANSWER")"
}

# bind_card TERMINAL: to the owner's card, by the bank's opaque reference; a card number is never told.
bind_card() {
  expect_as admin 204 PUT "/api/v1/terminals/$1/bank-card" "{\"bank\":\"$BANK_ID\",\"reference\":\"$CARD\"}"
}
