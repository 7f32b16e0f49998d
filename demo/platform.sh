# shellcheck shell=bash
# The programs of Tillkeeper as an installation starts them.

# start_server PEOPLE-PORT TERMINALS-PORT
start_server() {
  SERVER=https://127.0.0.1:$1
  start server dotnet out/server/Tillkeeper.Server.dll \
    --data "$PLACE/server" --people "$SERVER" --terminals "https://127.0.0.1:$2"
  wait_for server 60 server_is_ready
}

server_is_ready() {
  [[ -s $PLACE/server/ca.crt ]] &&
    curl --silent --fail --noproxy '*' --max-time 5 --cacert "$PLACE/server/ca.crt" "$SERVER/readyz" &>/dev/null
}

# write_cli PERSON...: the CLI for this server with the key of each, so that examples are short enough to copy.
write_cli() {
  local person
  for person in "$@"; do
    printf '#!/usr/bin/env bash\nexport TILLKEEPER_SERVER=%q TILLKEEPER_CA=%q TILLKEEPER_KEY_FILE=%q\nexec dotnet %q "$@"\n' \
      "$SERVER" "$PWD/$PLACE/server/ca.crt" "$PWD/$PLACE/keys/$person.key" "$PWD/out/cli/tillkeeper.dll" >"$PLACE/$person"
    chmod +x "$PLACE/$person"
  done
}

# The first admin, whose key the server has made itself.
admit_admin() {
  cp -p "$PLACE/server/admin.key" "$PLACE/keys/admin.key"
  write_cli admin
}

# give_key PERSON ROLE NAME [ORG]: a key of their own, in keys/PERSON.key.
give_key() {
  done_as admin key create --name "$3" --role "$2" ${4:+--org "$4"} --out "$PLACE/keys/$1.key"
  write_cli "$1"
}

# start_terminal NAME TERMINALS-PORT LOCAL-PORT [ENROLMENT-CODE]; it reads its parts from parts/ and orders by hand from
# stick/ where those are there.
start_terminal() {
  local address=http://127.0.0.1:$3 parts=$PLACE/parts stick=$PLACE/stick
  [[ -d $parts ]] || parts=/
  [[ -d $stick ]] || stick=''
  start "$1" dotnet out/agent/Tillkeeper.Agent.dll --data "$PLACE/$1" --server "https://127.0.0.1:$2" \
    --ca "$PLACE/server/ca.crt" ${4:+--enrol "$4"} --listen "$address" --sysfs "$parts" ${stick:+--orders-from "$stick"}
  wait_for "$1" 60 terminal_is_ready "$address"
}

terminal_is_ready() {
  ask GET "$1/local/v1/status"
  [[ $STATUS == 200 ]]
}
