// The editor: as many numbers as lines, scrolled along; a mistake leads to its line.
(() => {
  const area = document.getElementById("document");
  if (!area) return;
  const numbers = document.querySelector(".editor-lines");

  function number() {
    const lines = area.value.split("\n").length;
    numbers.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
    numbers.scrollTop = area.scrollTop;
  }

  area.addEventListener("input", number);
  area.addEventListener("scroll", () => (numbers.scrollTop = area.scrollTop));
  for (const link of document.querySelectorAll("[data-line]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const lines = area.value.split("\n");
      const line = Math.min(Number(link.dataset.line), lines.length) - 1;
      const from = lines.slice(0, line).join("\n").length + (line > 0 ? 1 : 0);
      area.focus();
      area.setSelectionRange(from, from + lines[line].length);
      area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
    });
  }
  number();
})();
