/** One view at a time, and the notice above it. */

import { showPager } from "./pages.js";

const sections = [...document.querySelectorAll("[data-view]")];
const notice = document.getElementById("notice");
const openers = new Map();

export let current = "home";

/** Lets a view prepare itself each time it is shown. */
export function onOpen(view, prepare) {
  openers.set(view, prepare);
}

export function show(view) {
  forget();
  say("");
  current = view;
  document.body.dataset.showing = view;
  for (const section of sections) {
    section.hidden = section.dataset.view !== view;
  }
  openers.get(view)?.();
  const section = sections.find((candidate) => candidate.dataset.view === view);
  focusOn(section.querySelector(".field.now input:checked, .field.now input:not([type=radio]), h1[tabindex], .pages"));
  showPager();
}

/** Tells the person something; the tone is "good", "bad" or nothing. */
export function say(text, tone = "") {
  setText(notice, text);
  notice.hidden = text === "";
  notice.className = `note ${tone}`;
  showPager();
}

/** Touches the page only where something changed, so that screen readers and focus stay undisturbed. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Empties every field. */
export function forget() {
  for (const form of document.forms) {
    form.reset();
  }
}

/** Empties what is good for one try, and what nobody else may read. */
export function forgetSecrets(root) {
  for (const input of root.querySelectorAll("[data-once]")) {
    input.value = "";
  }
}

/** Focuses without scrolling: what is in sight stays there. */
export function focusOn(element) {
  element?.focus({ preventScroll: true });
}
