/** The checks that a cashier can run, of the network and of the terminal's parts: what was looked at, and what to do about it. */

import { call } from "./api.js";
import { showPager } from "./pages.js";
import { problemText } from "./problems.js";
import { t } from "./text.js";
import { onOpen, setText } from "./views.js";

const checks = {
  network: {
    ask: () => call("POST", "/network-check"),
    summary: (body) => (body.ok ? "network.all_ok" : "network.not_ok"),
    rows: (body) =>
      body.steps.map(({ title, result, text, fix }) => ({ title, result, text, fix })),
  },
  parts: {
    ask: () => call("POST", "/self-test", {}),
    summary: ({ parts }) => {
      const some = parts.some((part) => part.faulty) ? "parts.not_ok" : "parts.all_ok";
      return parts.length === 0 ? "parts.none" : some;
    },
    rows: ({ parts }) => parts.map((part) => ({ title: part.name, result: resultOf(part), fix: [] })),
  },
};

export function connectChecks() {
  for (const name of Object.keys(checks)) {
    const again = document.getElementById(`${name}-again`);
    const run = () => check(name, again);
    onOpen(name, run);
    again.addEventListener("click", run);
  }
}

async function check(name, again) {
  const { ask, summary, rows } = checks[name];
  const list = document.getElementById(name);
  const state = document.getElementById(`${name}-state`);
  again.disabled = true;
  list.replaceChildren();
  setText(state, t("check.busy"));
  showPager();
  const answer = await ask();
  again.disabled = false;
  setText(state, answer.ok ? t(summary(answer.body)) : problemText(answer));
  list.replaceChildren(...(answer.ok ? rows(answer.body).map(row) : []));
  showPager();
}

function resultOf(part) {
  const results = { ok: "ok", degraded: "weak", unknown: "unknown" };
  return part.faulty ? "failed" : (results[part.status] ?? "failed");
}

function row({ title, result, text, fix }) {
  const line = document.createElement("li");
  line.dataset.result = result;
  const told = document.createElement("span");
  const words = { title, result: t(`check.${result}`) };
  setText(told, text ? t("check.row", { ...words, text }) : t("check.short", words));
  line.append(told);
  if (fix.length > 0) {
    const fixes = document.createElement("ol");
    fixes.append(...fix.map(item));
    line.append(fixes);
  }
  return line;
}

function item(text) {
  const element = document.createElement("li");
  setText(element, text);
  return element;
}
