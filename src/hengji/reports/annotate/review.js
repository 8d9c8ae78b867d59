// Goes between a mark and its finding, and filters the findings. j and k go to the next and the one before.
"use strict";
(() => {
  const cards = [...document.querySelectorAll(".cards > li")];
  const marks = [...document.querySelectorAll("mark[data-findings]")];
  const filter = document.querySelector(".filter");
  if (!filter) return;
  filter.hidden = false;
  const status = filter.querySelector("[role=status]");
  let current = null;

  const numbers = (mark) => mark.dataset.findings.split(" ");
  const of = (card) => card.id.slice("finding-".length);

  function show(card, { scrollMark, scrollCard }) {
    for (const each of [...cards, ...marks]) each.classList.remove("here");
    current = card;
    card.classList.add("here");
    const own = marks.filter((mark) => numbers(mark).includes(of(card)));
    for (const mark of own) mark.classList.add("here");
    const first = document.getElementById(`mark-${of(card)}`) || own[0];
    if (scrollMark && first) first.scrollIntoView({ block: "center" });
    if (scrollCard) card.scrollIntoView({ block: "nearest" });
  }

  function apply() {
    const data = new FormData(filter);
    const severities = data.getAll("severity");
    const group = data.get("group");
    const words = data.get("words").trim().toLowerCase();
    let shown = 0;
    for (const card of cards) {
      const fits = severities.some((each) => card.classList.contains(each))
        && (!group || card.dataset.group === group)
        && (!words || card.textContent.toLowerCase().includes(words));
      card.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    const visible = new Set(cards.filter((card) => !card.hidden).map(of));
    for (const mark of marks) mark.toggleAttribute("data-off", !numbers(mark).some((each) => visible.has(each)));
    status.textContent = shown === cards.length ? `共 ${shown} 条` : `显示 ${shown} 条，共 ${cards.length} 条`;
  }

  filter.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-findings]");
    const card = event.target.closest(".cards > li");
    if (mark) {
      const ids = numbers(mark);
      const next = ids[(ids.indexOf(current ? of(current) : "") + 1) % ids.length];
      const target = document.getElementById(`finding-${next}`);
      if (target) show(target, { scrollMark: false, scrollCard: true });
    } else if (card) {
      if (event.target.closest("a")) event.preventDefault();
      show(card, { scrollMark: true, scrollCard: false });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target.matches("mark")) event.target.click();
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const visible = cards.filter((card) => !card.hidden);
    const next = visible[visible.indexOf(current) + step] || visible[step > 0 ? 0 : visible.length - 1];
    if (next) show(next, { scrollMark: true, scrollCard: true });
  });
})();
