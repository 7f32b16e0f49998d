/** The fields of a form: all of them where there is room, otherwise one after the other. */

import { focusOn } from "./views.js";

/** The style sheet hides every other field under the same condition. */
const low = matchMedia("(max-height: 460px)");
/** More than these have room on no screen. */
const most = 3;

export function connectFields(form) {
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (field !== null) {
      mark(form, field);
    }
  });
  form.addEventListener("reset", () => mark(form, fieldsOf(form)[0]));
  form.classList.toggle("long", form.querySelectorAll(".field").length > most);
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
  if (to === undefined || (onlyHidden && !oneByOne(form))) {
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
  if (oneByOne(form) && at < fields.length - 1 && fields[at] !== missing) {
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

function oneByOne(form) {
  return low.matches || form.classList.contains("long");
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
