// Sends one document and shows how far it is. What fails says why and can be sent again; the others are not touched.
(() => {
  function tell(form, text, failed) {
    const said = form.querySelector("[role=status]");
    said.hidden = false;
    said.textContent = text;
    said.classList.toggle("text-danger", failed);
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }

  function send(form) {
    const bar = form.querySelector("progress");
    const request = new XMLHttpRequest();
    bar.value = 0;
    bar.hidden = false;
    request.timeout = 120000;
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    };
    request.onload = () => {
      bar.hidden = true;
      if (request.status < 300) {
        form.querySelector("input[type=file]").value = "";
        form.dataset.done = "1";
        tell(form, form.dataset.wordsSent, false);
        return;
      }
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      tell(form, page.querySelector("[data-code] p")?.textContent ?? form.dataset.wordsFailed, true);
    };
    request.onerror = request.ontimeout = () => {
      bar.hidden = true;
      tell(form, form.dataset.wordsFailed, true);
    };
    request.open("POST", form.action);
    request.send(new FormData(form));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (!form) return;
    event.preventDefault();
    const [file] = form.querySelector("input[type=file]").files;
    if (file.size > Number(form.dataset.most)) {
      tell(form, form.dataset.wordsLarge, true);
      return;
    }
    send(form);
  });
})();
