/**
 * A keypad is enough: digits choose what carries their number, Cancel goes back, up and down turn pages and change fields; * and # do
 * the same where there are no arrows.
 */

import { press } from "./actions.js";
import { move } from "./fields.js";
import { turn } from "./pages.js";
import { current, show } from "./views.js";

const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -1, PageDown: 1, "*": -1, "#": 1 };
const parents = { code: "help", operator: "settings", passcode: "settings", "ledger-void": "ledger-list" };

export function connectKeys() {
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing && handle(event)) {
      event.preventDefault();
    }
  });
}

function handle(event) {
  const form = event.target.closest("[data-form]");
  if (event.key === "Escape" || event.key === "Cancel") {
    return cancel(form);
  }
  if (event.target.closest("[data-keypad]")) {
    return false;
  }
  if (event.key === "Clear" && event.target.matches("input")) {
    event.target.value = "";
    return true;
  }
  const step = steps[event.key];
  if (step !== undefined) {
    return form === null ? turn(step) : changeField(event, form, step);
  }
  return /^[0-9]$/.test(event.key) && digit(event, Number(event.key));
}

function cancel(form) {
  if (form !== null && move(form, -1, true)) {
    return true;
  }
  if (current !== "setup") {
    show(parents[current] ?? "home");
  }
  return true;
}

/** A name or a note may hold a * or a #. */
function changeField(event, form, step) {
  const free = event.target.matches("input:not([data-digits]):not([type=radio])");
  return !(free && "*#".includes(event.key)) && move(form, step, false);
}

function digit(event, number) {
  const choice = event.target.closest("fieldset");
  if (choice !== null) {
    const picked = choice.querySelector(`[data-number="${number}"] input`);
    picked?.click();
    picked?.focus();
    return true;
  }
  if (event.target.matches("input")) {
    return false;
  }
  const section = document.querySelector("section:not([hidden])");
  const button = [...section.querySelectorAll(`button[data-number="${number}"]`)].find(
    (candidate) => candidate.checkVisibility() && !candidate.disabled,
  );
  if (button !== undefined) {
    button.click();
    return true;
  }
  return (current === "home" || current === "menu") && press(number, current === "menu");
}
