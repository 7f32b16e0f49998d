/** The lock screen: asks the agent once a second how things stand and shows it. */

import { connectActions, fitBar, showActions } from "./actions.js";
import { acts, call, session, status as askStatus, touch } from "./api.js";
import { connectChecks } from "./checks.js";
import { connectForms } from "./forms.js";
import { followHelp, openHelp } from "./help.js";
import { connectKeys } from "./keys.js";
import { addKeypads } from "./keypad.js";
import { connectLedger } from "./ledger.js";
import { followLink, linkedLock } from "./link.js";
import { blocked, nextLock, ofTerminal, several, showLocks } from "./locks.js";
import { applyTheme, switchLanguage, switchTheme } from "./look.js";
import { connectPages, showBeyond } from "./pages.js";
import { problemText } from "./problems.js";
import { end as endSale, showSale } from "./sale.js";
import { age, applyTexts, loadTexts, t } from "./text.js";
import { current, say, setText, show } from "./views.js";
import { showWarnings } from "./warnings.js";

const by = (id) => document.getElementById(id);
const every = 1000;
/** Somebody who goes on touching says so this often, not with each touch. */
const touchEvery = 5000;
let answered = null;
let touched = -touchEvery;

const actions = {
  "sign-out": () => act("/sign-out"),
  approved: () => endSale("approved"),
  declined: () => endSale("declined"),
  help: () => openHelp(linkedLock()),
  language: switchLanguage,
  theme: switchTheme,
};

/** Both end the session, here in any case. */
async function act(path) {
  const answer = await call("POST", path);
  session.end();
  show("home");
  if (!answer.ok && answer.status !== 401) {
    say(problemText(answer), "bad");
  }
}

function stateOf(status) {
  const scope = blocked(status.locks);
  if (!status.setUp && status.locks.length === 0) {
    return "setup";
  }
  if (status.inTransaction) {
    return "sale";
  }
  if (scope.has("card_payment") && scope.has("qr_payment")) {
    return "locked";
  }
  return status.locks.length > 0 ? "limited" : "ready";
}

function showStatus(status) {
  const state = stateOf(status);
  const signedIn = session.token === null ? null : status.signedIn;
  setState(state);
  setText(by("who"), signedIn ? t(`who.${signedIn.role}`, signedIn) : t("who.nobody"));
  // A lock says in its steps whom to call.
  by("support").hidden = status.locks.length > 0;
  setText(by("support"), t("support.phone", { phone: status.supportPhone }));
  by("provider").hidden = status.serverOnline;
  const plain = { ready: signedIn ? "home.ready" : "home.sign_in_first" }[state];
  by("plain").hidden = plain === undefined;
  setText(by("plain"), plain === undefined ? "" : t(plain));
  showSale(status);
  showLocks(status);
  showWarnings(status.warnings);
  allow(rightsOf(status, signedIn));
  showBeyond(several() && current === "home");
  fitBar();
  followHelp(status);
  followLink(status);
  if (state === "setup" && current !== "setup") {
    show("setup");
  } else if (state !== "setup" && current === "setup") {
    show("home");
  }
}

function rightsOf(status, signedIn) {
  const scope = blocked(status.locks);
  return {
    manager: signedIn?.role === "manager",
    "set-up": status.setUp,
    "signed-in": Boolean(signedIn),
    "may-sign-in": status.setUp && !signedIn && !scope.has("sign_in"),
    "may-sell": Boolean(signedIn) && !status.inTransaction && !scope.has("card_payment"),
    selling: status.inTransaction,
    nobody: !signedIn,
    "may-record": status.setUp && !scope.has("manual_ledger"),
    "may-leave": status.setUp && !status.locks.some((l) => ofTerminal(l) && l.cause === "away"),
  };
}

function setState(state) {
  document.body.dataset.state = state;
  setText(by("state"), t(`state.${state}`));
}

function allow(rights) {
  for (const element of document.querySelectorAll("[data-when]")) {
    element.hidden = !rights[element.dataset.when];
  }
  showActions(rights);
}

function showLoss(answer) {
  const lost = by("lost");
  lost.hidden = answered === null || answer.status === 503;
  if (answer.status === 503) {
    const why = answer.body.code === "replaced" ? "replaced" : "not_enrolled";
    setState(why);
    by("plain").hidden = false;
    setText(by("plain"), t(why === "replaced" ? "replaced.text" : "not_enrolled.text"));
    allow({});
    return;
  }
  setState("lost");
  if (answered !== null) {
    setText(lost, t("lost.text", { age: age((performance.now() - answered) / 1000) }));
  }
}

async function poll() {
  const before = acts();
  try {
    const answer = await askStatus();
    if (acts() !== before) {
      // Something was done meanwhile: this answer may be from before it.
    } else if (answer.ok) {
      answered = performance.now();
      by("lost").hidden = true;
      showStatus(answer.body);
    } else {
      showLoss(answer);
    }
  } finally {
    setTimeout(poll, every);
  }
}

/** A person is here: the till must not lock itself as if nobody were. */
function onTouch() {
  const now = performance.now();
  if (session.token !== null && now - touched >= touchEvery) {
    touched = now;
    touch();
  }
}

function onClick(event) {
  const button = event.target.closest("button");
  if (button?.dataset.go) {
    show(button.dataset.go);
  } else if (button?.dataset.do) {
    actions[button.dataset.do]();
  }
}

async function start() {
  applyTheme();
  try {
    await loadTexts();
  } catch (unreachable) {
    setTimeout(() => location.reload(), every);
    return;
  }
  addKeypads();
  applyTexts(document);
  connectActions(() => act("/away"));
  connectPages((step) => current === "home" && nextLock(step));
  connectForms();
  connectLedger();
  connectChecks();
  connectKeys();
  setState("starting");
  document.addEventListener("click", onClick);
  for (const sign of ["pointerdown", "keydown", "wheel"]) {
    document.addEventListener(sign, onTouch, { passive: true });
  }
  show("home");
  poll();
}

start();
