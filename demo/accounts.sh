# shellcheck shell=bash
# Three people who sign in with a browser, for ./run --keep: invited once, as anybody is, with passwords made by chance.

# open_accounts: leaves a line LOGIN PASSWORD SECRET for each in accounts, which nobody else on the machine can read.
open_accounts() {
  [[ -e $PLACE/accounts ]] && return
  echo 'Inviting people'
  done_as admin terminal show "$(cut -f 2 "$PLACE/tills" | head -n 1)"
  local shop
  shop=$(field .merchantId)
  (umask 077 && : >"$PLACE/accounts.new")
  open_account helpdesk helpdesk '李娜 Li Na, helpdesk'
  open_account risk risk '赵敏 Zhao Min, risk'
  open_account merchant merchant '店长 the owner' "$shop"
  mv "$PLACE/accounts.new" "$PLACE/accounts"
  write_code
}

# open_account LOGIN ROLE NAME [ORG]: follows the invitation as its reader's browser does.
open_account() {
  local jar link page secret password
  done_as admin person invite --name "$3" --login "$1" --role "$2" ${4:+--org "$4"}
  link=$SERVER$(field .invitation)
  jar=$PLACE/cookies
  page=$(browse "$jar" "$link")
  secret=$(sed -n 's/.*class="code spelled">\([A-Z2-7 ]*\)<.*/\1/p' <<<"$page" | tr -d ' ')
  password=$(openssl rand -base64 15)
  ASKED="the invitation of $1" STATUS='' COMPLAINT=''
  ANSWER=$(
    # Through a pipe: what is on a command line, every user of the machine can read.
    printf '%s\n' "__RequestVerificationToken=$(hidden __RequestVerificationToken "$page")" "setup=$(hidden setup "$page")" \
      "password=$password" "code=$(totp "$secret")" |
      jq -Rjs 'split("\n")[:-1] | map(capture("^(?<name>[^=]+)=(?<value>.*)$") | "\(.name)=\(.value | @uri)") | join("&")' |
      browse "$jar" "$link" --data-binary @-
  )
  rm -f "$jar"
  [[ $ANSWER == *'<li class="code">'* ]] || fail 'the invitation is accepted'
  printf '%s\t%s\t%s\n' "$1" "$password" "$secret" >>"$PLACE/accounts.new"
}

# browse JAR URL [CURL-OPTION...]
browse() {
  local jar=$1 url=$2
  shift 2
  curl --silent --show-error --noproxy '*' --max-time 20 --cacert "$PLACE/server/ca.crt" --cookie "$jar" --cookie-jar "$jar" "$@" "$url"
}

# hidden NAME PAGE: what a hidden field of it holds.
hidden() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" <<<"$2" | head -n 1; }

# totp SECRET: what an authenticator program shows now (RFC 6238).
totp() {
  local key step hash offset
  key=$(base32 --decode <<<"$1" | od -An -v -tx1 | tr -d ' \n')
  step=$(printf '%016x' $((EPOCHSECONDS / 30)))
  # shellcheck disable=SC2059 # The bytes are in the format, on purpose.
  hash=$(printf "$(sed 's/../\\x&/g' <<<"$step")" | openssl dgst -sha1 -mac HMAC -macopt "hexkey:$key" | sed 's/.* //')
  offset=$((16#${hash:39:1} * 2))
  printf '%06d\n' $(((16#${hash:offset:8} & 0x7fffffff) % 1000000))
}

# write_code: a command that stands for the phone of each.
write_code() {
  printf '#!/usr/bin/env bash\nsource %q\ntotp "$(awk -v login="$1" '\''$1 == login {print $3}'\'' %q)"\n' \
    "$PWD/demo/accounts.sh" "$PWD/$PLACE/accounts" >"$PLACE/code"
  chmod +x "$PLACE/code"
}

tell_accounts() {
  local login password _
  printf '\nSign in with a browser at %s/sign-in; it must trust the CA. The code of the phone: %s/code LOGIN\n' "$SERVER" "$PLACE"
  while IFS=$'\t' read -r login password _; do
    printf '  %-9s %s\n' "$login" "$password"
  done <"$PLACE/accounts"
}
