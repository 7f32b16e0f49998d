/** Making and using a passkey (WebAuthn). Both ask the server what to sign and give it what the device answered. */

import { call } from "./api.js";

/** Some browsers inside other apps have none of it. */
export const isPossible = () =>
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

/** What the person sees when the device gave no answer; the code is one of this page's own. */
const stopped = { status: 400, ok: false, body: { code: "device_stopped" } };

/** Makes a passkey on this device. */
export async function enrol(name) {
  const begun = await call("POST", "/passkeys/options");
  if (!begun.ok) {
    return begun;
  }
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(begun.body.options);
  const credential = await asked(() => navigator.credentials.create({ publicKey }));
  return credential === null
    ? stopped
    : call("POST", "/passkeys", { name, state: begun.body.state, credential });
}

/** Ends one lock. */
export async function release(terminal, lock) {
  const at = `/terminals/${encodeURIComponent(terminal)}/locks/${encodeURIComponent(lock)}`;
  const begun = await call("POST", `${at}/passkey-options`);
  if (!begun.ok) {
    return begun;
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(begun.body.options);
  const credential = await asked(() => navigator.credentials.get({ publicKey }));
  return credential === null
    ? stopped
    : call("POST", `${at}/passkey-release`, { state: begun.body.state, credential });
}

/** The device's answer; null when the person stopped, took too long, or could not show who they are. */
async function asked(device) {
  try {
    return (await device())?.toJSON() ?? null;
  } catch (refused) {
    if (refused instanceof DOMException) {
      return null;
    }
    throw refused;
  }
}
