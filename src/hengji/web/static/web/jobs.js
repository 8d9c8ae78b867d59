// Long work is followed: what stands in [data-follow] is fetched anew from there while [data-busy] stands in it, and when one comes back to the page.
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
    if (box.querySelector("[data-busy]")) setTimeout(() => look(box), PAUSE);
  }

  function look(box) {
    if (document.hidden) wait(box);
    else follow(box).catch(() => wait(box));
  }

  const boxes = [...document.querySelectorAll("[data-follow]")];
  boxes.forEach(wait);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) boxes.filter((box) => !box.querySelector("[data-busy]")).forEach((box) => follow(box).catch(() => {}));
  });
})();
