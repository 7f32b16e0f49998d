/** The server's API, spoken with the owner's key. The key is in this variable and nowhere else: it ends with the page. */

import { has, language, t } from "./text.js";

const longest = 20000;
let key = "";

export const signIn = (given) => {
  key = given.trim();
};
export const signOut = () => {
  key = "";
};
export const isSignedIn = () => key !== "";

/** Never throws: without an answer the status is 0. */
export async function call(method, path, body) {
  const headers = {
    Accept: "application/json",
    "Accept-Language": language,
    Authorization: `Bearer ${key}`,
  };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(longest),
    });
    const text = await answer.text();
    return { status: answer.status, ok: answer.ok, body: text === "" ? {} : JSON.parse(text) };
  } catch (unreachable) {
    return { status: 0, ok: false, body: {} };
  }
}

/** A refusal in plain words. */
export function problemText(answer) {
  if (answer.status === 0) {
    return t("problem.unreachable");
  }
  const { code } = answer.body;
  return code && has(`problem.${code}`)
    ? t(`problem.${code}`)
    : t("problem.other", { code: code ?? answer.status });
}
