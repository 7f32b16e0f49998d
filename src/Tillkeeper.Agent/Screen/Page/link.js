/** A QR code that opens a case on a phone. Where none can be shown, the way by phone stays. */

import { call } from "./api.js";
import { age, t } from "./text.js";
import { current, onOpen, setText, show } from "./views.js";

const by = (id) => document.getElementById(id);
/** A code is replaced while somebody can still type on the phone that has read it. */
const freshFor = 5 * 60;
let lockId = null;
let expires = 0;
let turn = 0;

export const linkedLock = () => lockId;

/** What is to be done by "show on a phone". */
export function openLink(id) {
  lockId = id;
  show("link");
}

/** Called with every status: leaves with its lock, and renews the code in time. */
export function followLink(status) {
  if (current !== "link") {
    return;
  }
  if (!status.locks.some((lock) => lock.id === lockId)) {
    show("home");
    return;
  }
  setText(by("link-say"), t("link.say", { phone: status.supportPhone, code: codeOf(status) }));
  const left = (expires - Date.parse(status.now)) / 1000;
  setText(by("link-valid"), expires > 0 ? t("link.valid", { age: age(left) }) : "");
  if (expires > 0 && left < freshFor) {
    ask();
  }
}

function codeOf(status) {
  return status.locks.find((lock) => lock.id === lockId).code;
}

onOpen("link", () => {
  by("link-code").hidden = true;
  setText(by("link-how"), "");
  ask();
});

async function ask() {
  expires = 0;
  const mine = ++turn;
  const path = `/locks/${encodeURIComponent(lockId)}/link`;
  const answer = await call("GET", path);
  if (mine !== turn) {
    return;
  }
  const image = by("link-code");
  image.hidden = !answer.ok;
  setText(by("link-how"), t(answer.ok ? "link.how" : "link.none"));
  if (answer.ok) {
    expires = Date.parse(answer.body.expiresAt);
    // Another address for another code: the browser must not show the one before.
    image.src = `/local/v1${path}.svg?at=${expires}`;
  }
}
