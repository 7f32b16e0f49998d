/** The list of locks, the gravest first, each in its own words and with its own countdown. */

import { call } from "./api.js";
import { age, applyTexts, clock, t } from "./text.js";
import { say, setText } from "./views.js";

const grave = ["critical", "high", "medium", "low", "notice"];
/** Ways out that support decides: for these a phone can open a case. */
const byCase = ["password_reset", "provider_release", "offline_code"];
const list = document.getElementById("locks");
const joint = document.getElementById("joint");
const cards = new Map();

export function gravestFirst(locks) {
  const rank = (lock) => grave.indexOf(lock.severity);
  return [...locks].sort((a, b) => rank(a) - rank(b) || a.since.localeCompare(b.since));
}

/** What no lock on the terminal leaves over is blocked. */
export function blocked(locks) {
  return new Set(locks.filter(ofTerminal).flatMap((lock) => lock.scope));
}

export function ofTerminal(lock) {
  return lock.subject.kind === "terminal";
}

export function showLocks(status, onHelp, onLink) {
  const locks = gravestFirst(status.locks);
  // What one lock leaves open another may block: then only what all of them leave open is said.
  const together = locks.length > 1 && locks.some(ofTerminal);
  joint.hidden = !together;
  setText(document.getElementById("joint-works"), works(blocked(locks)));
  for (const [id, card] of cards) {
    if (!locks.some((lock) => lock.id === id)) {
      card.remove();
      cards.delete(id);
    }
  }
  locks.forEach((lock, index) => {
    const card = cards.get(lock.id) ?? newCard(lock, locks.length === 1 || index === 0, onHelp, onLink);
    fill(card, lock, status, together);
    if (list.children[index] !== card) {
      list.insertBefore(card, list.children[index] ?? null);
    }
  });
}

function newCard(lock, open, onHelp, onLink) {
  const card = document.getElementById("lock").content.cloneNode(true).firstElementChild;
  applyTexts(card);
  card.querySelector("details").open = open;
  card.querySelector("[data-help]").addEventListener("click", () => onHelp(lock.id));
  card.querySelector("[data-link]").addEventListener("click", () => onLink(lock.id));
  card.querySelector("[data-test]").addEventListener("click", test);
  cards.set(lock.id, card);
  return card;
}

function fill(card, lock, status, together) {
  const told = lock.explanation;
  const part = (name) => card.querySelector(`[data-part="${name}"]`);
  card.dataset.severity = lock.severity;
  card.dataset.status = lock.status;
  for (const name of ["title", "safe", "stillWorks", "next", "warning"]) {
    setText(part(name), told[name]);
  }
  part("works").hidden = together;
  part("safe").hidden = !told.safe;
  part("warning").hidden = !told.warning;
  const since = (Date.parse(status.now) - Date.parse(lock.since)) / 1000;
  setText(part("status"), t(`lock.${lock.status}`, { age: age(since) }));
  part("left").hidden = lock.remainingSeconds === undefined || lock.remainingSeconds === null;
  card.querySelector("[data-link]").hidden = !byCase.some((way) => lock.waysOut.includes(way));
  card.querySelector("[data-test]").hidden = !lock.waysOut.includes("self_test");
  setText(part("left"), t("lock.left", { time: clock(lock.remainingSeconds ?? 0) }));
  fillSteps(part("now"), told.now);
}

/** Tests the terminal's parts now; a lock whose part is well again goes with the next status. */
async function test(event) {
  const button = event.currentTarget;
  button.disabled = true;
  const answer = await call("POST", "/self-test", {});
  button.disabled = false;
  const faulty = (answer.body.parts ?? []).filter((part) => part.faulty).map((part) => part.name);
  if (!answer.ok) {
    say(t("lock.test_failed"), "bad");
  } else if (faulty.length > 0) {
    say(t("lock.test_faulty", { parts: faulty.join(t("works.gap")) }), "bad");
  } else {
    say(t("lock.test_well"), "good");
  }
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
  const card = scope.has("pin_entry") ? "card_without_pin" : "card_payment";
  const left = [
    ...(scope.has("card_payment") ? [] : [card]),
    ...["qr_payment", "refund", "manual_ledger"].filter((capability) => !scope.has(capability)),
  ];
  return left.length === 0
    ? t("works.nothing")
    : left.map((capability) => t(`works.${capability}`)).join(t("works.gap"));
}
