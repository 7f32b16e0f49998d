// Moments in the reader's own zone and language; ages that count on while one looks.
(() => {
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const language = document.documentElement.lang;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const absolute = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

  function age(at) {
    const seconds = (at - Date.now()) / 1000;
    const [unit, size] = units.find(([, s]) => Math.abs(seconds) >= s) ?? units.at(-1);
    return relative.format(Math.trunc(seconds / size), unit);
  }

  function show() {
    for (const time of document.querySelectorAll("time[data-style]")) {
      const at = Date.parse(time.dateTime);
      const text = time.dataset.style === "age" ? age(at) : absolute.format(at);
      if (time.textContent !== text) time.textContent = text;
      const title = absolute.format(at);
      if (time.dataset.style === "age" && time.title !== title) time.title = title;
    }
  }

  window.tillkeeperTimes = { show, age };
  show();
  setInterval(show, 1000);
})();
