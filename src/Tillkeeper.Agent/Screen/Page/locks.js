/** One lock at a time, the gravest first, in its own words and with its own countdown; the others are one key away. */

import { firstPage, lastPage } from "./pages.js";
import { age, clock, t } from "./text.js";
import { current, setText } from "./views.js";

const grave = ["critical", "high", "medium", "low", "notice"];
/** Ways out that support decides: for these a phone can open a case. */
const byCase = ["password_reset", "provider_release", "offline_code"];
const card = document.getElementById("lock");
const part = (name) => card.querySelector(`[data-part="${name}"]`);
let status = { locks: [] };
let locks = [];
let chosen = null;

/** The lock that is in sight, or undefined. */
export const shownLock = () => locks.find((lock) => lock.id === chosen);

export const several = () => locks.length > 1;

/** What no lock on the terminal leaves over is blocked. */
export function blocked(all) {
  return new Set(all.filter(ofTerminal).flatMap((lock) => lock.scope));
}

export function ofTerminal(lock) {
  return lock.subject.kind === "terminal";
}

export function byPhone(lock) {
  return byCase.some((way) => lock.waysOut.includes(way));
}

/** A lock that was not there before is shown, when it is graver than all others. */
export function showLocks(now) {
  const known = new Set(locks.map((lock) => lock.id));
  status = now;
  locks = gravestFirst(now.locks);
  if (shownLock() === undefined || (locks.length > 0 && !known.has(locks[0].id))) {
    choose(locks[0]);
  }
  show();
}

/** @returns whether there is another lock to go to */
export function nextLock(step = 1) {
  if (!several()) {
    return false;
  }
  const at = locks.indexOf(shownLock());
  choose(locks[(at + step + locks.length) % locks.length]);
  show();
  if (step < 0) {
    lastPage();
  }
  return true;
}

function choose(lock) {
  chosen = lock?.id ?? null;
  if (current === "home") {
    firstPage();
  }
}

function gravestFirst(all) {
  const rank = (lock) => grave.indexOf(lock.severity);
  return [...all].sort((a, b) => rank(a) - rank(b) || a.since.localeCompare(b.since));
}

function show() {
  const lock = shownLock();
  card.hidden = lock === undefined;
  setText(document.getElementById("code"), lock === undefined ? "" : heading(lock));
  showLeft(lock);
  if (lock !== undefined) {
    fill(lock);
  }
}

function heading(lock) {
  const at = locks.indexOf(lock) + 1;
  return several() ? t("lock.of", { code: lock.code, at, count: locks.length }) : lock.code;
}

/** The terminal's own countdown, or else the time to the end that was promised. */
function showLeft(lock) {
  const left = document.getElementById("left");
  const promised = (Date.parse(lock?.expectedEnd) - Date.parse(status.now)) / 1000;
  const seconds = lock?.remainingSeconds ?? (promised > 0 ? promised : null);
  left.hidden = seconds === null || lock === undefined;
  setText(left, left.hidden ? "" : t("lock.left", { time: clock(seconds) }));
}

function fill(lock) {
  const told = lock.explanation;
  card.dataset.severity = lock.severity;
  card.dataset.status = lock.status;
  for (const name of ["title", "safe", "stillWorks", "next", "warning"]) {
    setText(part(name), told[name]);
  }
  // What one lock leaves open another may block: then only what all of them leave open is said.
  const together = several() && locks.some(ofTerminal);
  part("works").hidden = together;
  part("joint").hidden = !together;
  setText(part("together"), works(blocked(locks)));
  part("safe").hidden = !told.safe;
  part("warning").hidden = !told.warning;
  const since = (Date.parse(status.now) - Date.parse(lock.since)) / 1000;
  part("status").hidden = lock.status === "confirmed";
  setText(part("status"), t(`lock.${lock.status}`, { age: age(since) }));
  part("progress").hidden = typeof lock.progress !== "number";
  part("progress").value = lock.progress ?? 0;
  fillSteps(part("now"), told.now);
}

function fillSteps(steps, texts) {
  while (steps.children.length > texts.length) {
    steps.lastElementChild.remove();
  }
  texts.forEach((text, index) => {
    const item = steps.children[index] ?? steps.appendChild(document.createElement("li"));
    setText(item, text);
  });
}

function works(scope) {
  const cards = scope.has("pin_entry") ? "card_without_pin" : "card_payment";
  const left = [
    ...(scope.has("card_payment") ? [] : [cards]),
    ...["qr_payment", "refund", "manual_ledger"].filter((capability) => !scope.has(capability)),
  ];
  return left.length === 0
    ? t("works.nothing")
    : left.map((capability) => t(`works.${capability}`)).join(t("works.gap"));
}
