// Makes or uses a passkey (WebAuthn): asks the server what to sign, lets the device ask the person, and sends the form with its answer.
// What is to be done stands at the form, or at the button where a form has two ways.
(() => {
  const possible = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

  const wordsOf = (form) => form.querySelector("[data-words-stopped]")?.dataset ?? form.dataset;

  function tell(form, text) {
    const said = form.querySelector("[role=status]");
    said.hidden = text === "";
    said.textContent = text;
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }

  // The device's answer; null when the person stopped, took too long, or could not show who they are.
  async function asked(kind, options) {
    try {
      const credential =
        kind === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      return credential?.toJSON() ?? null;
    } catch (refused) {
      if (refused instanceof DOMException) return null;
      throw refused;
    }
  }

  function send(form, way) {
    if (way.dataset.send) form.action = way.dataset.send;
    form.submit();
  }

  async function sign(form, way) {
    tell(form, "");
    const begun = await fetch(way.dataset.options, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      cache: "no-store",
      signal: AbortSignal.timeout(20000),
    });
    if (!begun.ok) {
      // Without options there is nothing to sign: the server says why when the form arrives.
      send(form, way);
      return;
    }
    const { options, state } = await begun.json();
    const credential = await asked(way.dataset.passkey, options);
    if (credential === null) {
      tell(form, wordsOf(form).wordsStopped);
      return;
    }
    form.elements.state.value = state;
    form.elements.credential.value = JSON.stringify(credential);
    send(form, way);
  }

  function begin(form, way) {
    if (!possible) {
      tell(form, wordsOf(form).wordsImpossible);
      return;
    }
    sign(form, way).catch(() => tell(form, wordsOf(form).wordsStopped));
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.dataset.passkey) return;
    event.preventDefault();
    begin(event.target, event.target);
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest("button[data-passkey]");
    if (way) begin(way.form, way);
  });
})();
