// Keeps the live part of a page fresh: one stream says that something has changed, the part is asked for again and laid over the old one.
// While the stream is away the page says how old it is; whoever is typing in the part is not disturbed.
(() => {
  const region = document.getElementById("live");
  const address = region?.dataset.live;
  const state = document.getElementById("live-state");
  if (!address) return;
  const words = JSON.parse(document.body.dataset.liveWords);
  let seen = Date.now();
  let connected = false;
  let asking = false;
  let again = false;
  let stream = null;

  function tell() {
    state.hidden = false;
    state.dataset.connected = connected;
    const age = new Intl.RelativeTimeFormat(document.documentElement.lang).format(
      -Math.max(1, Math.round((Date.now() - seen) / 1000)),
      "second",
    );
    const text = connected ? words.live : words.old.replace("{0}", age);
    if (state.textContent !== text) state.textContent = text;
  }

  // A form that is left as it is by every refresh is no reason to wait.
  const typing = () =>
    document.getElementById("live").contains(document.activeElement) &&
    document.activeElement.matches("input, textarea, select") &&
    !document.activeElement.closest("[hx-morph-skip]");

  async function refresh() {
    if (asking || typing()) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    try {
      const answer = await fetch(region.dataset.page ?? location.href, { headers: { "X-Live": "1" }, redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect") {
        // Signed out meanwhile: the page says so where one signs in.
        location.reload();
        return;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
      if (answer.ok && fresh) {
        // What somebody has opened stays open.
        for (const open of document.querySelectorAll("#live details[open][id]"))
          fresh.querySelector(`details[id="${open.id}"]`)?.setAttribute("open", "");
        await htmx.swap({ target: document.getElementById("live"), swap: "innerMorph", text: fresh.innerHTML });
        seen = Date.now();
        window.tillkeeperTimes.show();
        document.dispatchEvent(new CustomEvent("tillkeeper:fresh"));
      }
    } catch {
      again = true;
    } finally {
      asking = false;
      if (again && !typing()) setTimeout(refresh, 1000);
    }
  }

  function connect() {
    stream = new EventSource(address);
    stream.addEventListener("hello", () => {
      // What happened while nobody listened.
      if (!connected) refresh();
      connected = true;
      seen = Date.now();
      tell();
    });
    stream.addEventListener("ping", () => {
      connected = true;
      seen = Date.now();
    });
    stream.addEventListener("changed", refresh);
    stream.onerror = () => {
      connected = false;
      tell();
      // The browser tries again by itself, unless it was told no.
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
    };
  }

  document.addEventListener("focusout", () => again && refresh());
  addEventListener("pagehide", () => stream?.close());
  setInterval(tell, 1000);
  connect();
})();
