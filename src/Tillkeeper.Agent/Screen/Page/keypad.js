/** Big keys for whoever has no keyboard, and arrow keys among them for whoever has no touch. */

import { money } from "./text.js";

const columns = 3;

/** Puts a keypad into every form that wants one. It types into the field that was used last. */
export function addKeypads() {
  const template = document.getElementById("keypad");
  for (const place of document.querySelectorAll("[data-keypad]")) {
    place.append(template.content.cloneNode(true));
    connect(place.closest("form"), place);
  }
  for (const input of document.querySelectorAll("[data-digits]")) {
    restrict(input);
  }
}

function connect(form, place) {
  const keys = [...place.querySelectorAll("[data-key]")];
  keys.forEach((key, index) => {
    key.tabIndex = index === 0 ? 0 : -1;
    // The field keeps the focus, so that what was typed stays in sight.
    key.addEventListener("pointerdown", (event) => event.preventDefault());
    key.addEventListener("click", () => press(form.querySelector(".field.now"), key.dataset.key));
  });
  place.addEventListener("keydown", (event) => move(event, keys));
}

/** A choice is made by its number, anything else is typed. */
function press(field, key) {
  if (field.matches("fieldset")) {
    field.querySelector(`[data-number="${key}"] input`)?.click();
    return;
  }
  const input = field.querySelector("input");
  if (key === "clear") {
    input.value = "";
  } else if (key === "erase") {
    input.value = input.value.slice(0, -1);
  } else if (input.maxLength < 0 || input.value.length < input.maxLength) {
    input.value += key;
  }
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function move(event, keys) {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  const from = keys.indexOf(event.target);
  const to = keys[from + step];
  if (step === undefined || to === undefined) {
    return;
  }
  event.preventDefault();
  keys[from].tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

/** Digits only, full-width ones included; money is shown with its point while it is typed. */
function restrict(input) {
  const most = Number(input.dataset.digits);
  // No second keyboard over ours; a real one types all the same.
  input.inputMode = "none";
  input.addEventListener("input", () => {
    const typed = input.value.normalize("NFKC").replace(/\D/g, "");
    const digits = "money" in input.dataset ? typed.replace(/^0+/, "") : typed;
    const kept = digits.slice(0, most);
    input.value = "money" in input.dataset && kept !== "" ? money(kept) : kept;
  });
}
