/** What is longer than the screen is turned over like pages, by one button or by keys: a small screen has no use for scrolling. */

import { t } from "./text.js";

const button = document.getElementById("pager");
/** The columns of a page stand this far apart; the style sheet says the same. */
const gap = 16;
/** What follows the last page, and precedes the first; another lock, where there are several. */
let beyond = () => false;
/** Whether there is something beyond even where one page shows all. */
let others = false;

export function connectPages(onBeyond) {
  beyond = onBeyond;
  button.addEventListener("click", () => turn(1));
  addEventListener("resize", showPager);
}

/** @returns whether there was anything to turn to */
export function turn(step) {
  const pages = shown();
  if (pages === null) {
    return false;
  }
  const at = pageOf(pages) + step;
  const count = countOf(pages);
  if (at < 0 || at >= count) {
    if (!beyond(step)) {
      pages.scrollLeft = at < 0 ? lastOf(pages) : 0;
    }
  } else {
    pages.scrollLeft = at * width(pages);
  }
  showPager();
  return true;
}

export function firstPage() {
  const pages = shown();
  if (pages !== null) {
    pages.scrollLeft = 0;
  }
}

export function lastPage() {
  const pages = shown();
  if (pages !== null) {
    pages.scrollLeft = lastOf(pages);
  }
}

export function showBeyond(some) {
  others = some;
  showPager();
}

/** The button says where one is; there is none where everything is in sight. */
export function showPager() {
  const pages = shown();
  const count = pages === null ? 1 : countOf(pages);
  button.hidden = count === 1 && !others;
  if (pages === null || button.hidden) {
    return;
  }
  const bar = pages.parentElement.querySelector(".bar");
  if (button.parentElement !== bar) {
    bar.append(button);
  }
  const place = { at: pageOf(pages) + 1, count };
  const text = t("pages.at", place);
  if (button.textContent !== text) {
    button.textContent = text;
    button.setAttribute("aria-label", t("pages.on", place));
  }
}

function shown() {
  return document.querySelector("section:not([hidden]) > .pages");
}

function width(pages) {
  return pages.clientWidth + gap;
}

function countOf(pages) {
  return Math.max(1, Math.round((pages.scrollWidth + gap) / width(pages)));
}

function pageOf(pages) {
  return Math.round(pages.scrollLeft / width(pages));
}

function lastOf(pages) {
  return (countOf(pages) - 1) * width(pages);
}
