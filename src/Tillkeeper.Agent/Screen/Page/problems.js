/** Refusals in plain words, with the tries that are left. */

import { has, language, t } from "./text.js";

/**
 * @param answer what `call` returned
 * @param wrong the key for a guess that was not right, where the request was a guess
 */
export function problemText(answer, wrong) {
  if (answer.status === 0) {
    return t("problem.unreachable");
  }
  const { code, remaining } = answer.body;
  const words = [t(keyOf(answer, wrong), { code: code ?? answer.status })];
  if (code === "weak_passcode" && language === "en" && answer.body.detail) {
    words.push(answer.body.detail);
  }
  if (Number.isInteger(remaining)) {
    words.push(triesLeft(remaining));
  }
  return words.join(language === "zh" ? "" : " ");
}

function keyOf(answer, wrong) {
  const { code, remaining } = answer.body;
  if (answer.status === 401) {
    return wrong && Number.isInteger(remaining) ? wrong : "problem.unauthenticated";
  }
  if (code && has(`problem.${code}`)) {
    return `problem.${code}`;
  }
  if (answer.status === 423) {
    return "problem.locked";
  }
  return answer.status === 403 ? "problem.forbidden" : "problem.other";
}

function triesLeft(count) {
  if (count === 0) {
    return t("remaining.none");
  }
  return count === 1 ? t("remaining.one") : t("remaining.many", { count });
}
