/** What a person reads, in the language the page was served in. Both files have the same keys. */

export const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";

let texts = {};

export async function loadTexts() {
  const answer = await fetch(`/screen/screen.${language}.json`, { cache: "no-store" });
  texts = await answer.json();
}

export function has(key) {
  return Object.prototype.hasOwnProperty.call(texts, key);
}

export function t(key, values = {}) {
  if (!has(key)) {
    throw new Error(key);
  }
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Fills in every text and label that the markup names. */
export function applyTexts(root) {
  for (const element of root.querySelectorAll("[data-text]")) {
    element.textContent = t(element.dataset.text);
  }
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", t(element.dataset.label));
  }
}

/** How long ago, or how much longer, in the coarsest unit that says enough. */
export function age(seconds) {
  const count = Math.max(0, Math.floor(seconds));
  if (count < 120) {
    return t("age.seconds", { count });
  }
  return count < 7200
    ? t("age.minutes", { count: Math.floor(count / 60) })
    : t("age.hours", { count: Math.floor(count / 3600) });
}

/** A countdown: minutes and seconds, with hours in front when there are any. */
export function clock(seconds) {
  const two = (value) => String(value).padStart(2, "0");
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = `${two(minutes)}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Minor units as they stand on a receipt. */
export function money(minor) {
  const digits = String(minor).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
