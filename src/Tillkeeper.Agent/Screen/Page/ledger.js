/** Payments written down by hand: the form's request and the latest records below it. */

import { call } from "./api.js";
import { showPager } from "./pages.js";
import { money, t } from "./text.js";
import { onOpen, setText, show } from "./views.js";

/** As many as there are digits to choose them by. */
const shown = 9;
const list = document.getElementById("ledger");
let pending = null;
let chosen = null;

export function connectLedger() {
  onOpen("ledger-list", load);
  onOpen("ledger-void", () => {
    setText(document.getElementById("ledger-void-title"), t("ledger.void_title", chosen));
  });
}

/** The same record sent again, after an answer that was lost, is written once. */
export async function record(fields) {
  const text = JSON.stringify(fields);
  if (pending?.text !== text) {
    pending = { text, id: newId() };
  }
  const answer = await call("POST", "/ledger", { id: pending.id, ...fields });
  if (answer.status !== 0) {
    pending = null;
  }
  return answer;
}

export function voided(note) {
  return call("POST", `/ledger/${chosen.number}/void`, { note });
}

async function load() {
  const answer = await call("GET", "/ledger");
  const items = answer.ok ? answer.body.items.slice(0, shown) : [];
  list.replaceChildren(...items.map(row));
  showPager();
}

function row(item, index) {
  const line = document.createElement("li");
  const text = document.createElement("span");
  setText(text, t("ledger.row", words(item)));
  line.append(text);
  const open = item.voids === undefined && item.voidedBy === undefined;
  line.classList.toggle("void", item.voidedBy !== undefined);
  if (open) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.number = index + 1;
    setText(button, t("ledger.void"));
    button.addEventListener("click", () => {
      chosen = words(item);
      show("ledger-void");
    });
    line.append(button);
  }
  return line;
}

function words(item) {
  const sign = item.amountMinor < 0 ? "-" : "";
  return {
    number: item.number,
    amount: sign + money(Math.abs(item.amountMinor)),
    method: t(`method.${item.method}`),
    time: new Date(item.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
  };
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
