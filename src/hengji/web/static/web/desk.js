// The working paper: a preview as one types, figures put in where the cursor stands, files dropped where they belong.
"use strict";
(() => {
  const form = document.querySelector("form[data-paper]");
  const text = document.getElementById("analysis");
  const shown = document.querySelector("[data-shown]");
  let waiting = 0;
  let looking = 0;
  let latest = 0;

  async function preview() {
    const turn = ++latest;
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (answer && answer.ok && turn === latest) shown.innerHTML = await answer.text();
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(preview, 400);
  }

  if (form && text && shown) {
    let changed = false;
    text.addEventListener("input", () => { changed = true; later(); });
    form.addEventListener("submit", () => { changed = false; });
    window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  }

  const picker = document.querySelector("form[data-picker]");
  const found = document.querySelector("[data-found]");
  if (picker && found && text) {
    const look = async () => {
      const answer = await fetch(`${picker.action}?pick=1&q=${encodeURIComponent(picker.q.value)}`).catch(() => null);
      if (answer && answer.ok) found.innerHTML = await answer.text();
    };
    picker.addEventListener("submit", (event) => { event.preventDefault(); look(); });
    picker.q.addEventListener("input", () => { clearTimeout(looking); looking = setTimeout(look, 250); });
    found.addEventListener("click", (event) => {
      const link = event.target.closest("[data-figure]");
      if (!link) return;
      event.preventDefault();
      text.setRangeText(`{{ ${link.dataset.figure} }}`, text.selectionStart, text.selectionEnd, "end");
      text.focus();
      text.dispatchEvent(new Event("input"));
    });
  }

  const drop = document.querySelector("[data-drop]");
  if (drop) {
    const files = drop.querySelector("input[type=file]");
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
    });
  }
})();
