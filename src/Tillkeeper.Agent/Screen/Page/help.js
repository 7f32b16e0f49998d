/** Help by phone: what to read out, and the code that support gives back. */

import { call } from "./api.js";
import { problemText } from "./problems.js";
import { age, t } from "./text.js";
import { current, onOpen, say, setText, show } from "./views.js";

const by = (id) => document.getElementById(id);
let lockId = null;
let expires = 0;
let turn = 0;
let latest = null;

export function openHelp(id) {
  lockId = id;
  show("help");
}

export function helpedLock() {
  return latest?.locks.find((lock) => lock.id === lockId);
}

/** Called with every status: keeps the view true, and leaves it when its lock has gone. */
export function followHelp(status) {
  latest = status;
  if (current !== "help" && current !== "code") {
    return;
  }
  const lock = helpedLock();
  if (lock === undefined) {
    show("home");
    say(t("code.done"), "good");
    return;
  }
  describe(lock, status);
  if (current === "help" && expires > 0 && Date.parse(status.now) >= expires) {
    ask();
  }
}

onOpen("help", () => {
  by("challenge").replaceChildren();
  if (helpedLock() !== undefined) {
    describe(helpedLock(), latest);
  }
  ask();
});

function describe(lock, status) {
  const code = lock.code;
  const byCode = lock.waysOut.includes("offline_code") && lock.codeTriesLeft > 0;
  setText(by("help-title"), t("help.title", { code }));
  setText(by("code-title"), t("code.title", { code }));
  setText(by("help-call"), t("help.call", { code, phone: status.supportPhone }));
  setText(
    by("help-tries"),
    byCode ? t("help.tries", { count: lock.codeTriesLeft }) : t("help.no_code"),
  );
  by("help-enter").hidden = !byCode;
  const left = (expires - Date.parse(status.now)) / 1000;
  setText(by("help-valid"), expires > 0 ? t("help.valid", { age: age(left) }) : "");
}

async function ask() {
  expires = 0;
  const mine = ++turn;
  const answer = await call("GET", `/locks/${encodeURIComponent(lockId)}/challenge`);
  if (mine !== turn) {
    return;
  }
  if (!answer.ok) {
    say(problemText(answer), "bad");
    return;
  }
  expires = Date.parse(answer.body.expiresAt);
  const groups = answer.body.challenge.replace(/[^0-9A-Z]/gi, "").match(/.{1,4}/g);
  by("challenge").replaceChildren(...groups.map(group));
}

function group(characters) {
  const element = document.createElement("span");
  element.textContent = characters;
  return element;
}
