/** The owner's page: signs in, shows what is locked, ends what a passkey may end. */

import { call, isSignedIn, problemText, signIn, signOut } from "./api.js";
import { enrol, isPossible, release } from "./passkey.js";
import { applyTexts, language, t } from "./text.js";
import { drawPasskeys, drawTills, forget } from "./views.js";

const between = 2000;
const mostTills = 50;
const byId = (id) => document.getElementById(id);
let busy = false;

function say(text) {
  byId("notice").hidden = text === "";
  byId("notice").textContent = text;
}

function show(signedIn) {
  byId("sign-in").hidden = signedIn;
  byId("shop").hidden = !signedIn;
}

/** Reads everything again; the first refusal, or null when all is drawn. */
async function refresh() {
  const [list, passkeys] = await Promise.all([
    call("GET", `/terminals?limit=${mostTills}`),
    call("GET", `/passkeys?limit=${mostTills}`),
  ]);
  const tills = list.ok
    ? await Promise.all(list.body.items.map(({ id }) => call("GET", `/terminals/${id}`)))
    : [];
  const refused = [list, passkeys, ...tills].find((answer) => !answer.ok);
  if (refused === undefined && isSignedIn()) {
    drawTills(
      tills.map(({ body: { id, model, serial, locks } }) => ({ id, model, serial, locks: locks.map(shown) })),
      end,
    );
    drawPasskeys(passkeys.body.items);
  }
  return refused ?? null;
}

/** Only what is on the page, so that it is not drawn again for what is not. */
const shown = ({ id, status, waysOut, message }) => ({ id, status, waysOut, message });

function leave(text) {
  signOut();
  forget();
  byId("tills").replaceChildren();
  byId("passkeys").replaceChildren();
  show(false);
  say(text);
}

/** One thing at a time: the device asks the person only once. */
async function act(work, done) {
  if (busy) {
    return;
  }
  busy = true;
  say("");
  try {
    const answer = isPossible() ? await work() : { status: 400, body: { code: "no_passkeys_here" } };
    if (answer.status === 401) {
      leave(problemText(answer));
      return;
    }
    say(answer.ok ? t(done) : problemText(answer));
    await refresh();
  } finally {
    busy = false;
  }
}

const end = (terminal, lock) => act(() => release(terminal, lock), "lock.ended");

byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { key } = event.target.elements;
  signIn(key.value);
  const refused = await refresh();
  if (refused) {
    leave(problemText(refused));
    return;
  }
  key.value = "";
  say("");
  show(true);
});

byId("enrol").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name } = event.target.elements;
  act(async () => {
    const answer = await enrol(name.value);
    if (answer.ok) {
      name.value = "";
    }
    return answer;
  }, "passkeys.added");
});

byId("sign-out").addEventListener("click", () => leave(""));

async function watch() {
  if (isSignedIn() && !byId("shop").hidden && !busy && !document.hidden) {
    const refused = await refresh();
    if (refused?.status === 401 && isSignedIn()) {
      leave(problemText(refused));
    }
  }
  setTimeout(watch, between);
}

byId("language").href = `/owner?lang=${language === "zh" ? "en" : "zh"}`;
applyTexts();
watch();
