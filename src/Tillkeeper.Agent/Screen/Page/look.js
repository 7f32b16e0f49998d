/** Language and brightness: by the machine's wish, by the address that the terminal's browser was given, or by a key. */

import { language } from "./text.js";

const asked = new URLSearchParams(location.search);

export function applyTheme() {
  const theme = asked.get("theme");
  if (theme === "dark" || theme === "light") {
    document.documentElement.dataset.theme = theme;
  }
}

export function switchTheme() {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = root.dataset.theme ?? (dark ? "dark" : "light");
  root.dataset.theme = now === "dark" ? "light" : "dark";
  asked.set("theme", root.dataset.theme);
  history.replaceState(null, "", `/?${asked}`);
}

export function switchLanguage() {
  asked.set("lang", language === "zh" ? "en" : "zh");
  location.assign(`/?${asked}`);
}
