// A number opens its trace in a dialog; the trace is fetched when it is asked for. Without this its link leads to a page of its own.
"use strict";
(() => {
  const dialog = document.getElementById("trace");
  const box = dialog.querySelector("div");

  async function open(link) {
    const answer = await fetch(`${link.href}?part=1`, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) { location.assign(link.href); return; }
    box.innerHTML = await answer.text();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-figure]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link).catch(() => location.assign(link.href));
    }
    if (event.target === dialog) dialog.close();
  });
})();
