/** What can be done from here, each under a number that never changes: it is pressed, or said over the phone. */

import { openHelp } from "./help.js";
import { openLink } from "./link.js";
import { byPhone, nextLock, several, shownLock } from "./locks.js";
import { t } from "./text.js";
import { onOpen, setText, show } from "./views.js";

/** Ways out, each beside the action that is pressed for it. */
const firstFor = {
  sign_in: ["sign_in", "manager_sign_in"],
  parts: ["self_test"],
  network: ["network_check", "reconnect"],
};

/** In the order in which they stand on the bar when nothing else counts; `when` may ask what the status allows. */
const actions = [
  { name: "sale", number: 1, when: (may) => may["may-sell"], run: () => show("sale") },
  { name: "sign_in", number: 1, when: (may) => may["may-sign-in"], run: () => show("sign-in") },
  { name: "help", number: 3, when: () => shownLock() !== undefined, run: () => openHelp(shownLock().id) },
  {
    name: "link",
    number: 2,
    when: () => shownLock() !== undefined && byPhone(shownLock()),
    run: () => openLink(shownLock().id),
  },
  { name: "ledger", number: 4, when: (may) => may["may-record"], run: () => show("ledger") },
  { name: "parts", number: 5, when: () => true, run: () => show("parts") },
  { name: "network", number: 6, when: () => true, run: () => show("network") },
  { name: "next", number: 7, when: several, run: () => goOn() },
  { name: "away", number: 8, when: (may) => may["may-leave"], run: () => leave() },
  { name: "settings", number: 9, when: (may) => may["set-up"], run: () => show("settings") },
];
const most = 4;
const menu = { name: "more", number: 0, run: () => show("menu") };
const back = { name: "back", number: 0, run: () => show("home") };
let may = {};
let leave = () => {};

export function connectActions(onLeave) {
  leave = onLeave;
  onOpen("home", fitBar);
  addEventListener("resize", fitBar);
}

/** Called with every status. */
export function showActions(rights) {
  may = rights;
  const open = actions.filter((action) => action.when(may));
  const barred = may.selling ? [] : [...open].sort((a, b) => urgency(a) - urgency(b));
  const bar = document.getElementById("bar");
  fill(bar, [...barred, menu]);
  fill(document.getElementById("menu"), [...open].sort((a, b) => a.number - b.number).concat(back));
}

/** @returns whether the digit stands for anything on the first page or in the menu */
export function press(number, inMenu) {
  const found = [...actions, inMenu ? back : menu].find(
    (action) => action.number === number && (action.when?.(may) ?? true),
  );
  found?.run();
  return found !== undefined;
}

/** Only whole buttons stand on the bar, as many as there is room for; the menu has all of them. */
export function fitBar() {
  const bar = document.getElementById("bar");
  const some = [...bar.querySelectorAll("[data-action]")].slice(0, -1);
  some.forEach((button, index) => (button.hidden = index >= most));
  for (let at = Math.min(most, some.length) - 1; at > 0 && bar.scrollWidth > bar.clientWidth; at--) {
    some[at].hidden = true;
  }
}

function goOn() {
  show("home");
  nextLock();
}

/** What ends the lock in sight comes first; then help, then trading on. */
function urgency(action) {
  const ways = shownLock()?.waysOut ?? [];
  return firstFor[action.name]?.some((way) => ways.includes(way)) ? -1 : actions.indexOf(action);
}

/** Buttons stay the same elements, so that the focus stays where it is. */
function fill(place, entries) {
  const pager = place.querySelector("#pager");
  const buttons = [...place.querySelectorAll("[data-action]")];
  entries.forEach((action, index) => {
    const button = buttons[index] ?? newButton(place, pager);
    button.action = action;
    button.dataset.action = action.name;
    button.dataset.number = action.number;
    button.hidden = false;
    setText(button, action === back ? t("form.back") : t(`menu.${action.name}`));
  });
  buttons.slice(entries.length).forEach((button) => button.remove());
}

function newButton(place, before) {
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", () => button.action.run());
  place.insertBefore(button, before);
  return button;
}
