/** The agent's local API. A call never throws: without an answer its status is 0. */

import { language } from "./text.js";

const tokenKey = "tillkeeper.session";

/** The signed-in operator's token; it ends with the browser tab. Passcodes are never kept. */
export const session = {
  get token() {
    return sessionStorage.getItem(tokenKey);
  },
  begin(token) {
    sessionStorage.setItem(tokenKey, token);
  },
  end() {
    sessionStorage.removeItem(tokenKey);
  },
};

let started = 0;

/** How many requests that change something have begun or ended. */
export const acts = () => started;

/** Checking a passcode takes a small terminal some seconds; nothing is waited for longer than this. */
const longest = 20000;

export async function call(method, path, body, limit = longest) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limit);
  const changes = method === "GET" ? 0 : 1;
  started += changes;
  const headers = { Accept: "application/json", "Accept-Language": language };
  if (session.token) {
    headers.Authorization = `Bearer ${session.token}`;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  try {
    const answer = await fetch(`/local/v1${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      signal: stop.signal,
    });
    const text = await answer.text();
    return { status: answer.status, ok: answer.ok, body: read(text) };
  } catch (unreachable) {
    return { status: 0, ok: false, body: {} };
  } finally {
    clearTimeout(timer);
    started += changes;
  }
}

export function status() {
  return call("GET", `/status?lang=${language}`, undefined, 3000);
}

/** Changes nothing that is shown, so the answer to a question asked meanwhile still holds. */
export async function touch() {
  try {
    await fetch("/local/v1/touch", { method: "POST", cache: "no-store" });
  } catch (unreachable) {
    // The next touch says it again.
  }
}

function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch (noJson) {
    return {};
  }
}
