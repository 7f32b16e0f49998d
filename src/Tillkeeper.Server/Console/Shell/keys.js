// The keyboard: / searches, j and k move through a list, Enter opens, g and a letter goes to a page, ? helps.
(() => {
  const help = document.getElementById("help");
  let going = false;
  let current = -1;

  // On a phone the destinations scroll: where one is must be in sight.
  document.querySelector(".destinations .active")?.scrollIntoView({ block: "nearest", inline: "center" });

  const rows = () => [...document.querySelectorAll("[data-row]")];

  function move(by) {
    const all = rows();
    if (all.length === 0) return;
    current = Math.min(Math.max(current + by, 0), all.length - 1);
    all.forEach((row, index) => row.classList.toggle("current", index === current));
    const row = all[current];
    (row.querySelector("[data-open]") ?? row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (help.open) return;
    if (going) {
      going = false;
      const to = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (to) location.assign(to.href);
      return;
    }
    switch (event.key) {
      case "/":
        document.getElementById("search")?.focus();
        event.preventDefault();
        break;
      case "j":
        move(1);
        break;
      case "k":
        move(-1);
        break;
      case "g":
        going = true;
        setTimeout(() => (going = false), 1500);
        break;
      case "?":
        help.showModal();
        break;
    }
  });
})();
