// Long work is followed: what stands in [data-follow] is fetched anew from there while [data-busy] stands in it.
"use strict";
(() => {
  const PAUSE = 1500;

  async function follow(box) {
    const answer = await fetch(box.dataset.follow, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const focused = box.contains(document.activeElement);
      if (!focused) box.innerHTML = await answer.text();
    }
    wait(box);
  }

  function wait(box) {
    if (box.querySelector("[data-busy]")) setTimeout(() => follow(box).catch(() => wait(box)), PAUSE);
  }

  document.querySelectorAll("[data-follow]").forEach(wait);
})();
