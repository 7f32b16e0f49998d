/** What is typed and sent: one entry a form. */

import { call, session } from "./api.js";
import { complete, connectFields, goToFirst } from "./fields.js";
import { helpedLock } from "./help.js";
import { record, voided } from "./ledger.js";
import { problemText } from "./problems.js";
import { begin as beginSale } from "./sale.js";
import { t } from "./text.js";
import { current, forgetSecrets, say, show } from "./views.js";

/** A half-typed passcode does not stay on a till that everybody can reach. */
const idle = 60000;

/** send: makes the request; done: what follows a yes; wrong: the text for a guess that was not right. */
const forms = {
  setup: {
    send: ({ operator, passcode }) => call("POST", "/setup", { operator, passcode }),
    done: ({ operator }) => next("sign-in", "setup.done", operator),
  },
  "sign-in": {
    send: ({ operator, passcode }) => call("POST", "/sign-in", { operator, passcode }),
    done: (_, answer) => {
      session.begin(answer.session);
      show("home");
    },
    wrong: "problem.wrong_passcode",
  },
  operator: {
    send: ({ operator, role }) => call("POST", "/operators", { operator, role }),
    done: ({ operator }) => next("passcode", "operator.done", operator),
  },
  passcode: {
    send: ({ operator, passcode, current: old }) =>
      call(
        "POST",
        `/operators/${encodeURIComponent(operator)}/passcode`,
        old ? { passcode, current: old } : { passcode },
      ),
    done: ({ operator }) => next("sign-in", "passcode.done", operator),
    wrong: "problem.wrong_passcode",
  },
  sale: {
    send: ({ amount }) =>
      call("POST", "/transactions", { capability: "card_payment", amountMinor: minor(amount) }),
    done: ({ amount }, answer) => {
      beginSale(answer.id, minor(amount));
      show("home");
    },
  },
  ledger: {
    send: ({ amount, ...rest }) => record({ amountMinor: minor(amount), ...rest }),
    done: () => next("ledger", "ledger.done"),
  },
  "ledger-void": {
    send: ({ why, note }) => voided([t(`void.${why}`), note].filter(Boolean).join(t("works.gap"))),
    done: () => next("ledger", "ledger.void_done"),
  },
  code: {
    send: ({ code }) =>
      call("POST", `/locks/${encodeURIComponent(helpedLock()?.id ?? "")}/code`, { code }),
    done: () => {
      const reset = helpedLock()?.waysOut.includes("password_reset");
      next(reset ? "passcode" : "home", reset ? "code.done_reset" : "code.done");
    },
    wrong: "problem.wrong_code",
  },
};

export function connectForms() {
  for (const form of document.querySelectorAll("[data-form]")) {
    let timer;
    connectFields(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (complete(form)) {
        clearTimeout(timer);
        submit(form);
      }
    });
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => forgetSecrets(form), idle);
    });
  }
}

async function submit(form) {
  const { send, done, wrong } = forms[form.dataset.form];
  const fields = Object.fromEntries(new FormData(form));
  forgetSecrets(form);
  if ("repeat" in fields && fields.repeat !== fields.passcode) {
    say(t("passcode.differ"), "bad");
    goToFirst(form);
    return;
  }
  const view = current;
  const button = form.querySelector("button.main");
  button.disabled = true;
  say(t("form.busy"));
  const answer = await send(fields);
  button.disabled = false;
  if (answer.ok) {
    done(fields, answer.body);
  } else if (current === view) {
    refuse(form, answer, wrong);
  }
}

function refuse(form, answer, wrong) {
  const text = problemText(answer, wrong);
  const usedUp = answer.status === 401 && answer.body?.remaining === 0;
  if (answer.status === 423 || usedUp || (answer.status === 409 && form.dataset.form === "code")) {
    // The reason, and what now, stand on the other view.
    show(answer.status === 409 ? "help" : "home");
  } else {
    goToFirst(form);
  }
  say(text, "bad");
}

function next(view, key, operator) {
  show(view);
  if (operator !== undefined) {
    const form = document.querySelector(`[data-form="${view}"]`);
    form.querySelector('[name="operator"]').value = operator;
    goToFirst(form);
  }
  say(t(key), "good");
}

function minor(amount) {
  return Number(amount.replace(/\D/g, ""));
}
