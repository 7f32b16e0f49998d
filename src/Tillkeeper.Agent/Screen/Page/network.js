/** The guided check of the network: each step in plain words, with what to do about it. */

import { call } from "./api.js";
import { problemText } from "./problems.js";
import { t } from "./text.js";
import { onOpen, setText } from "./views.js";

const list = document.getElementById("network");
const state = document.getElementById("network-state");
const again = document.getElementById("network-again");

export function connectNetwork() {
  onOpen("network", check);
  again.addEventListener("click", check);
}

async function check() {
  again.disabled = true;
  list.replaceChildren();
  setText(state, t("network.busy"));
  const answer = await call("POST", "/network-check");
  again.disabled = false;
  if (!answer.ok) {
    setText(state, problemText(answer));
    return;
  }
  setText(state, t(answer.body.ok ? "network.all_ok" : "network.not_ok"));
  list.replaceChildren(...answer.body.steps.map(row));
}

function row(step) {
  const line = document.createElement("li");
  line.dataset.result = step.result;
  const told = document.createElement("span");
  const words = { title: step.title, result: t(`network.${step.result}`), text: step.text };
  setText(told, t("network.row", words));
  line.append(told);
  if (step.fix.length > 0) {
    const fixes = document.createElement("ol");
    fixes.append(...step.fix.map(fix));
    line.append(fixes);
  }
  return line;
}

function fix(text) {
  const item = document.createElement("li");
  setText(item, text);
  return item;
}
