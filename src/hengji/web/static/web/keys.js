// The keyboard: / goes to the search, j and k walk through a queue (data-queue), Enter opens, s saves, ? shows the keys.
"use strict";
(() => {
  const queue = document.querySelector("[data-queue]");
  const rows = queue ? [...queue.querySelectorAll("[data-row]")] : [];
  let at = rows.findIndex((row) => row.classList.contains("here"));

  function go(step) {
    if (!rows.length) return;
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows.forEach((row, position) => row.classList.toggle("here", position === at));
    rows[at].scrollIntoView({ block: "nearest" });
    rows[at].querySelector("a, button, input")?.focus({ preventScroll: true });
  }

  // What has to be pushed sideways to be read is reached by the Tab key, in browsers that do not see to it themselves.
  const sideways = new ResizeObserver((boxes) => boxes.forEach(({ target }) => {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }));
  document.querySelectorAll(".scroll, .track").forEach((box) => sideways.observe(box));

  // On a telephone the screens stand in a row that is pushed sideways: the one at hand is brought into sight.
  const current = document.querySelector(".side [aria-current]");
  const row = current?.closest("ul");
  if (row) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      const form = document.querySelector("form[data-save]");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const search = document.querySelector("input[type=search]");
      if (search) { event.preventDefault(); search.focus(); }
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "s") document.querySelector("form[data-save]")?.requestSubmit();
    else if (event.key === "?") document.getElementById("keys")?.showModal();
  });
})();
