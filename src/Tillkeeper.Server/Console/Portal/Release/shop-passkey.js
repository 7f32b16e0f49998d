// Makes or uses a passkey (WebAuthn): asks the server what to sign, lets the device ask the person, and sends the form with its answer.
(() => {
  const possible = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

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

  async function sign(form) {
    tell(form, "");
    const begun = await fetch(form.dataset.options, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      cache: "no-store",
      signal: AbortSignal.timeout(20000),
    });
    if (!begun.ok) {
      // Without options there is nothing to sign: the server says why when the form arrives.
      form.submit();
      return;
    }
    const { options, state } = await begun.json();
    const credential = await asked(form.dataset.passkey, options);
    if (credential === null) {
      tell(form, form.dataset.wordsStopped);
      return;
    }
    form.elements.state.value = state;
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    if (!possible) {
      tell(form, form.dataset.wordsImpossible);
      return;
    }
    sign(form).catch(() => tell(form, form.dataset.wordsStopped));
  });
})();
