/** The fields of a form: all of them where the screen is high, one after the other where it is not. */

import { focusOn } from "./views.js";

/** The style sheet hides every other field under the same condition. */
const low = matchMedia("(max-height: 460px)");

export function connectFields(form) {
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (field !== null) {
      mark(form, field);
    }
  });
  form.addEventListener("reset", () => mark(form, fieldsOf(form)[0]));
  mark(form, fieldsOf(form)[0]);
}

/**
 * The next field or the one before.
 * @param onlyHidden only where one field at a time is shown
 * @returns whether there was one
 */
export function move(form, step, onlyHidden) {
  const fields = fieldsOf(form);
  const to = fields[fields.findIndex((field) => field.classList.contains("now")) + step];
  if (to === undefined || (onlyHidden && !low.matches)) {
    return false;
  }
  go(form, to);
  return true;
}

/** @returns whether everything has been asked for; otherwise it goes to what is missing */
export function complete(form) {
  const fields = fieldsOf(form);
  const missing = fields.find((field) => field.querySelector("input[required]")?.value === "");
  const at = fields.findIndex((field) => field.classList.contains("now"));
  if (low.matches && at < fields.length - 1 && fields[at] !== missing) {
    go(form, fields[at + 1]);
    return false;
  }
  if (missing !== undefined) {
    go(form, missing);
  }
  return missing === undefined;
}

/** Back to the field where typing goes on: the first that is empty and must not be. */
export function goToFirst(form) {
  const fields = fieldsOf(form);
  const empty = fields.find((field) => field.querySelector("input[required]")?.value === "");
  go(form, empty ?? fields[0]);
}

function fieldsOf(form) {
  return [...form.querySelectorAll(".field")].filter((field) => !field.hidden);
}

function go(form, field) {
  mark(form, field);
  focusOn(field.querySelector("input:checked") ?? field.querySelector("input"));
}

function mark(form, field) {
  for (const other of form.querySelectorAll(".field")) {
    other.classList.toggle("now", other === field);
  }
}
