/** What needs looking after before it becomes a lock; it blocks nothing. */

import { applyTexts, t } from "./text.js";
import { setText } from "./views.js";

const list = document.getElementById("warnings");
const cards = new Map();

export function showWarnings(warnings) {
  const keys = new Set(warnings.map(keyOf));
  for (const [key, card] of cards) {
    if (!keys.has(key)) {
      card.remove();
      cards.delete(key);
    }
  }
  for (const warning of warnings) {
    const card = cards.get(keyOf(warning)) ?? newCard(keyOf(warning));
    const part = (name) => card.querySelector(`[data-part="${name}"]`);
    setText(part("title"), t("warning.title", { title: warning.title, code: warning.code }));
    setText(part("saw"), warning.saw);
    setText(part("now"), warning.now);
    part("saw").hidden = warning.saw === "";
  }
}

function keyOf(warning) {
  return `${warning.rule}/${warning.part ?? ""}`;
}

function newCard(key) {
  const card = document.getElementById("warning").content.cloneNode(true).firstElementChild;
  applyTexts(card);
  cards.set(key, list.appendChild(card));
  return card;
}
