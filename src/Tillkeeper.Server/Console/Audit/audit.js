// While a verification is at work, how far it is: asked for once a second, until it has ended.
(() => {
  async function look() {
    const part = document.getElementById("verification");
    if (part?.dataset.running !== "yes") return;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("verification");
      if (answer.ok && fresh) {
        part.replaceWith(fresh);
        window.tillkeeperTimes.show();
      }
    } finally {
      setTimeout(look, 1000);
    }
  }
  setTimeout(look, 300);
})();
