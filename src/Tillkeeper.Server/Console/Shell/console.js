// Dark or light as the machine wishes; said before anything is drawn.
document.documentElement.dataset.bsTheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
