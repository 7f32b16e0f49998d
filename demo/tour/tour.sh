# shellcheck shell=bash
# ./run tour: the main job by itself. Every step is checked by an answer from outside, or the tour ends there.

a_fresh_server_starts() {
  start_server "$PEOPLE_PORT" "$TERMINALS_PORT"
  admit_admin
  saw "$SERVER"
}

people_get_keys() {
  give_key li helpdesk 'Li Na, helpdesk'
  give_key wang helpdesk 'Wang Wei, helpdesk'
  give_key zhao risk 'Zhao Min, risk'
  saw 'Li and Wang of the helpdesk, Zhao of the risk desk'
}

a_shop_gets_a_terminal() {
  local code
  done_as admin org create --name '华东代理 East China Agent'
  done_as admin merchant create --org "$(field .id)" --name '莲花茶馆 Lotus Tea House' --identity-kind credit_code \
    --identity-number 91310101MA1TKDM18X --contact-name '张三 Zhang San' --contact-phone 021-5550-0101
  done_as admin terminal register --merchant "$(field .id)" --model TK-A100 --serial TK-A100-000001
  TERMINAL=$(field .id) code=$(field .enrolmentCode)
  local port
  port=$(free_port 9101)
  TILL=http://127.0.0.1:$port/local/v1
  parts_are_plugged_in
  mkdir -p "$PLACE/stick"
  start_terminal till "$TERMINALS_PORT" "$port" "$code"
  soon 30 'the server sees the terminal online' at_the_server .online
  saw "terminal $TERMINAL at ${TILL%/local/v1}"
}

tour() {
  use_folder .demo/tour
  trap end_of_tour EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  build_all
  empty_folder
  PEOPLE_PORT=$(free_port 8443)
  TERMINALS_PORT=$(free_port $((PEOPLE_PORT + 1)))
  OTHER_PORT=$(free_port $((TERMINALS_PORT + 1)))
  local began
  began=$(now_ms)
  chapter 'A provider, a shop and its terminal'
  step 'a fresh server starts' a_fresh_server_starts
  step 'people get their keys' people_get_keys
  step 'a shop gets a terminal, which enrols' a_shop_gets_a_terminal
  act_password
  act_remote
  act_offline
  act_causes
  act_ways_out
  printf '\nAll %d steps were observed from outside, in %d s.\n' "$STEP" $((($(now_ms) - began) / 1000))
}
