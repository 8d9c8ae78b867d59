// The indicator tree: weights add up while they are typed; indicators move among their siblings by button or by dragging.
"use strict";
(() => {
  const form = document.querySelector("form[data-tree]");
  if (!form) return;
  const places = 1e6; // weights have at most six decimals: they are added as whole numbers
  const whole = (text) => (/^\d+(\.\d{1,6})?$/.test(text.trim()) ? Math.round(Number(text) * places) : NaN);
  const said = (sum) => String(sum / places);
  const weight = (node) => whole(node.querySelector("[data-weight]").value);
  const below = (node) => [...node.querySelectorAll(":scope > ol > [data-node]")];
  const add = (nodes) => nodes.reduce((sum, node) => sum + weight(node), 0);

  function tell(output, sum, wanted) {
    const off = Number.isNaN(sum) ? "有分值不是数字" : sum > wanted ? `多 ${said(sum - wanted)} 分` : sum < wanted ? `少 ${said(wanted - sum)} 分` : "";
    output.textContent = output.matches("[data-total]") ? (Number.isNaN(sum) ? "—" : said(sum)) : `下级合计 ${Number.isNaN(sum) ? "—" : said(sum)} 分${off ? "，" + off : ""}`;
    output.classList.toggle("off", off !== "");
  }

  function total() {
    const tops = [...form.querySelectorAll(".tree > [data-node]")];
    tell(form.querySelector("[data-total]"), add(tops), 100 * places);
    for (const node of form.querySelectorAll("[data-node]")) {
      const output = node.querySelector(":scope > .node [data-sum]");
      if (output) tell(output, add(below(node)), weight(node));
    }
  }

  function move(node, step) {
    const other = step < 0 ? node.previousElementSibling : node.nextElementSibling;
    if (other) other[step < 0 ? "before" : "after"](node);
  }

  form.addEventListener("input", total);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.move) {
      event.preventDefault();
      move(button.closest("[data-node]"), Number(button.dataset.move));
      button.focus();
    } else if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) event.preventDefault();
  });

  let held = null;
  form.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".grip")) return;
    held = event.target.closest("[data-node]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(held, 0, 0);
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-node]");
    const sibling = over && held && [...held.parentElement.children].find((each) => each.contains(over));
    if (!sibling) return;
    event.preventDefault();
    if (sibling !== held) {
      const box = sibling.querySelector(".node").getBoundingClientRect();
      sibling[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
    }
  });
  form.addEventListener("drop", (event) => { if (held) event.preventDefault(); });
  form.addEventListener("dragend", () => { held = null; });
  total();
})();
