// Opens the trace of a number in a dialog, finds figures, marks the chapter in sight.
// Text from the report only ever becomes text nodes.
"use strict";
(() => {
  const { figures, sources } = JSON.parse(document.getElementById("page-traces").textContent);
  const dialog = document.getElementById("page-trace");
  const content = dialog.querySelector("div");
  const MANY = 50; // sources shown before one asks for the rest
  const SHOWN = 8; // places in the text that one can jump to

  function make(name, className, ...children) {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children.filter((child) => child !== null && child !== ""));
    return node;
  }

  function button(words, act) {
    const node = make("button", "", words);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  // --- the tree -------------------------------------------------------------------------------------------------

  function branch(id, path) {
    const figure = figures[id];
    if (!figure) return make("li", "", make("div", "leaf", make("span", "", `${id}（没有这个数值）`)));
    const head = [make("span", "", figure.label || id), make("b", "", figure.value || "")];
    if (path.includes(id)) return make("li", "", make("div", "leaf", ...head, make("i", "", "循环引用")));
    if (!figure.inputs && !figure.sources && !figure.formula) return make("li", "", make("div", "leaf", ...head));
    const details = make("details", "", make("summary", "", ...head));
    details.addEventListener("toggle", () => {
      if (details.children.length === 1) details.append(...inside(id, path));
    });
    return make("li", "", details);
  }

  function inside(id, path) {
    const figure = figures[id];
    const parts = [];
    if (figure.formula) parts.push(make("p", "formula", `算式：${figure.formula}`));
    if (figure.exact) parts.push(make("p", "formula", `未舍入：${figure.exact}`));
    const below = (figure.inputs || []).map((input) => branch(input, [...path, id]));
    const rows = figure.sources || [];
    const list = make("ul", "", ...below, ...rows.slice(0, MANY).map(leaf));
    if (rows.length > MANY) {
      const more = make("li", "", button(`再列其余 ${rows.length - MANY} 条`, () => more.replaceWith(...rows.slice(MANY).map(leaf))));
      list.append(more);
    }
    return list.children.length ? [...parts, list] : parts;
  }

  function leaf(position) {
    const [kind, words, place, reference] = sources[position];
    const where = [reference, place].filter(Boolean).join("，");
    return make("li", "", make("div", "leaf", make("b", "kind", kind), make("span", "", words, where ? make("small", "where", where) : "")));
  }

  // --- the dialog -----------------------------------------------------------------------------------------------

  function open(id, printed) {
    const figure = figures[id];
    if (!figure) return;
    const title = make("h2", "", figure.label || id);
    title.id = "page-trace-title";
    dialog.setAttribute("aria-labelledby", "page-trace-title");
    const tree = make("div", "tree", ...inside(id, []));
    content.replaceChildren(
      title,
      make("p", "value", figure.value || "—"),
      printed && printed !== figure.value ? make("p", "quiet", `此处写作 ${printed}`) : "",
      make("p", "", make("code", "", id)),
      places(id),
      tree,
    );
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  function places(id) {
    const all = [...document.querySelectorAll("article a[data-figure]")].filter((ref) => ref.dataset.figure === id);
    if (!all.length) return make("p", "quiet", "正文没有引用");
    const jumps = all.slice(0, SHOWN).map((ref, at) => {
      const jump = button(String(at + 1), () => go(ref));
      jump.setAttribute("aria-label", `到第 ${at + 1} 处`);
      return jump;
    });
    return make("p", "places", `正文出现 ${all.length} 处，看第 `, ...jumps, " 处");
  }

  function go(ref) {
    dialog.close();
    document.querySelectorAll(".here").forEach((other) => other.classList.remove("here"));
    for (let fold = ref.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    ref.classList.add("here");
    ref.scrollIntoView({ block: "center" });
    ref.focus({ preventScroll: true });
  }

  document.querySelectorAll("a[data-figure]").forEach((ref) => {
    ref.setAttribute("role", "button");
    ref.setAttribute("aria-haspopup", "dialog");
  });
  document.addEventListener("click", (event) => {
    const ref = event.target.closest("a[data-figure]");
    if (ref && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(ref.dataset.figure, ref.textContent);
    }
    if (event.target === dialog) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches("a[data-figure]")) {
      event.preventDefault();
      event.target.click();
    }
    if (event.key === "/" && !event.target.matches("input, textarea") && !dialog.open) {
      event.preventDefault();
      search.focus();
    }
  });

  // --- search ---------------------------------------------------------------------------------------------------

  const search = document.getElementById("page-search");
  const found = document.getElementById("page-found");
  search.closest(".search").hidden = false;
  const haystack = Object.entries(figures).map(([id, figure]) => [id, `${figure.label || ""} ${id} ${figure.value || ""}`.replaceAll(",", "").toLowerCase()]);
  search.addEventListener("input", () => {
    const words = search.value.replaceAll(",", "").toLowerCase().split(/\s+/).filter(Boolean);
    const hits = words.length ? haystack.filter(([, hay]) => words.every((word) => hay.includes(word))) : [];
    const entries = hits.slice(0, 40).map(([id]) => {
      const hit = button("", () => open(id));
      hit.append(make("span", "", figures[id].label || id), make("b", "", figures[id].value || ""));
      return make("li", "", hit);
    });
    if (words.length) entries.push(make("li", "quiet", hits.length ? `共 ${hits.length} 个` : "没有查到"));
    found.replaceChildren(...entries);
  });
  search.addEventListener("keydown", (event) => {
    const first = found.querySelector("button");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) { event.preventDefault(); first.focus(); }
    if (event.key === "Escape") { search.value = ""; found.replaceChildren(); }
  });
  found.addEventListener("keydown", (event) => {
    const to = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (!to) return;
    event.preventDefault();
    (event.target.closest("li")[to]?.querySelector("button") || search).focus();
  });

  // --- contents and wide tables ---------------------------------------------------------------------------------

  const contents = document.querySelector(".contents");
  const roomy = matchMedia("(min-width: 68rem)");
  const fold = () => { contents.open = roomy.matches; };
  roomy.addEventListener("change", fold);
  fold();

  const entries = new Map([...contents.querySelectorAll("a")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const heads = [...document.querySelectorAll("main [id]")].filter((head) => entries.has(head.id));
  const mark = () => {
    const passed = heads.filter((head) => head.getBoundingClientRect().top < 120).pop() || heads[0];
    for (const [id, a] of entries) {
      if (passed && id === passed.id) a.setAttribute("aria-current", "location");
      else a.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(() => { waiting = false; mark(); });
    waiting = true;
  }, { passive: true });
  mark();

  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) target.classList.toggle("over", target.scrollWidth > target.clientWidth + 1);
  });
  document.querySelectorAll(".scroll").forEach((frame) => watch.observe(frame));
})();
