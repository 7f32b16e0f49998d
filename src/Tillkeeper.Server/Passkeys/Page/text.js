/** What a person reads, in the language the page was served in. Both files have the same keys. */

export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

const answer = await fetch(`/owner/owner.${language}.json`, { cache: "no-store" });
const texts = await answer.json();

export const has = (key) => Object.hasOwn(texts, key);

export function t(key, values = {}) {
  if (!has(key)) {
    throw new Error(key);
  }
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Fills in every text that the markup names. */
export function applyTexts() {
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(element.dataset.text);
  }
}
