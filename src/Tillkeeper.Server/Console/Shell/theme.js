// Dark or light: as the person chose here, else as the machine wishes. Runs before anything is drawn.
(() => {
  const chosen = localStorage.getItem("tillkeeper-theme");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.bsTheme = chosen ?? (dark ? "dark" : "light");
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    const root = document.documentElement;
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    localStorage.setItem("tillkeeper-theme", root.dataset.bsTheme);
  });
})();
