/** The shop's tills and passkeys as they stand; drawn again only when something has changed, so that nothing moves under a finger. */

import { t } from "./text.js";

const drawn = new Map();

/** @param end called with terminal and lock when the owner wants to end it */
export function drawTills(tills, end) {
  draw("tills", tills, "tills.none", (till) => {
    const item = element("li", "");
    item.append(element("strong", t("till.name", till)));
    if (till.locks.length === 0) {
      item.append(element("p", t("till.open")));
      return item;
    }
    const locks = element("ul", "");
    locks.append(...till.locks.map((lock) => lockItem(till, lock, end)));
    item.append(locks);
    return item;
  });
}

export function drawPasskeys(passkeys) {
  draw("passkeys", passkeys, "passkeys.none", ({ name, status }) => {
    const item = element("li", "");
    item.append(element("strong", name), element("p", t(`passkey.${status}`)));
    return item;
  });
}

export function forget() {
  drawn.clear();
}

function lockItem(till, lock, end) {
  const item = element("li", "");
  item.append(element("p", lock.message));
  if (lock.status === "releasing") {
    item.append(element("p", t("lock.releasing")));
  } else if (lock.waysOut.includes("passkey")) {
    const button = element("button", t("lock.end"));
    button.type = "button";
    button.className = "main";
    button.addEventListener("click", () => end(till.id, lock.id));
    item.append(button);
  } else {
    item.append(element("p", t("lock.not_yours")));
  }
  return item;
}

function draw(id, rows, none, item) {
  const now = JSON.stringify(rows);
  if (drawn.get(id) === now) {
    return;
  }
  drawn.set(id, now);
  document
    .getElementById(id)
    .replaceChildren(...(rows.length === 0 ? [element("li", t(none))] : rows.map(item)));
}

/** Text goes in as text: what comes from outside is never markup. */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
