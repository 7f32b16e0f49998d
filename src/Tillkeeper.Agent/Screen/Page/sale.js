/** The sale that this page started. Its id outlives a reload, so that the sale can always be ended. */

import { call } from "./api.js";
import { problemText } from "./problems.js";
import { money, t } from "./text.js";
import { say, setText } from "./views.js";

const key = "tillkeeper.sale";
const panel = document.getElementById("sale");

export function begin(id, amountMinor) {
  sessionStorage.setItem(key, JSON.stringify({ id, amountMinor }));
}

export function showSale(status) {
  const running = own();
  if (running !== null && !status.inTransaction) {
    // It ended without us: too long, or the program was restarted.
    sessionStorage.removeItem(key);
  }
  panel.hidden = !status.inTransaction;
  for (const button of panel.querySelectorAll("button")) {
    button.hidden = running === null;
  }
  setText(
    document.getElementById("sale-amount"),
    running === null ? t("home.other_sale") : t("home.sale", { amount: money(running.amountMinor) }),
  );
}

/** @param outcome "approved" or "declined" */
export async function end(outcome) {
  const answer = await call("DELETE", `/transactions/${encodeURIComponent(own().id)}`, { outcome });
  if (answer.ok || answer.status === 404) {
    sessionStorage.removeItem(key);
    say(t("sale.done"), "good");
  } else {
    say(problemText(answer), "bad");
  }
}

function own() {
  return JSON.parse(sessionStorage.getItem(key));
}
