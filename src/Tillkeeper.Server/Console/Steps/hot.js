// Keys that lead to a part of the page: data-hot names the key. They work wherever nobody is typing, beside those of the frame.
(() => {
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog[open]")) return;
    if (going || event.key === "g") {
      // The second key after g belongs to the frame.
      going = event.key === "g" && !going;
      if (going) setTimeout(() => (going = false), 1500);
      return;
    }
    const to = document.querySelector(`[data-hot="${CSS.escape(event.key)}"]`);
    if (!to) return;
    event.preventDefault();
    to.scrollIntoView({ block: "center" });
    to.focus();
  });
})();
