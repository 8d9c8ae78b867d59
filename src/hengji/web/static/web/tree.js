// The indicator tree: weights add up while they are typed; indicators move anywhere in the tree by button or by dragging.
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

  const MOST_LEVELS = 4; // as the workbook has columns for; the server holds to it
  const parentOf = (node) => node.parentElement.closest("[data-node]");
  const level = (node) => (node ? 1 + level(parentOf(node)) : 0);
  const height = (node) => 1 + Math.max(0, ...below(node).map(height));
  const nameOf = (node) => node.querySelector("input[name^=name-]").value;
  const number = (node) => node.querySelector("[data-place]").value.split(":")[0];

  // Why a node cannot stand below another (null: at the top); empty when it can.
  function refused(node, parent) {
    if (parent?.matches("[data-closed]")) return `“${nameOf(parent)}”已有评分标准，不能再有下级。`;
    return level(parent) + height(node) > MOST_LEVELS ? `指标最多 ${MOST_LEVELS} 级。` : "";
  }

  function put(node, parent, before) {
    const fault = refused(node, parent);
    form.querySelector("[data-told]").textContent = fault || `“${nameOf(node)}”移到了${parent ? `“${nameOf(parent)}”下` : "一级"}，保存后生效。`;
    if (fault) return;
    const list = parent ? parent.querySelector(":scope > ol") ?? parent.appendChild(document.createElement("ol")) : form.querySelector(".tree");
    list.insertBefore(node, before);
    total();
  }

  function move(node, step) {
    const other = step < 0 ? node.previousElementSibling : node.nextElementSibling;
    if (other) put(node, parentOf(node), step < 0 ? other : other.nextElementSibling);
  }

  function nest(node, step) {
    const parent = parentOf(node);
    const above = node.previousElementSibling;
    if (step < 0 && parent) put(node, parentOf(parent), parent.nextElementSibling);
    else if (step > 0 && above) put(node, above, null);
  }

  form.addEventListener("input", total);
  form.addEventListener("submit", () => {
    for (const node of form.querySelectorAll("[data-node]")) {
      const parent = parentOf(node);
      node.querySelector("[data-place]").value = `${number(node)}:${parent ? number(parent) : ""}`;
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { move: step, level: levels, confirm: words } = button.dataset;
    if (step || levels) {
      event.preventDefault();
      (step ? move : nest)(button.closest("[data-node]"), Number(step || levels));
      button.focus();
    } else if (words && !window.confirm(words)) event.preventDefault();
  });

  let held = null;
  form.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.(".grip")) return;
    held = event.target.closest("[data-node]");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(held, 0, 0);
  });
  // Over the middle of what can take it, it goes below that; over the upper or lower edge, before or behind it.
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-node]");
    if (!over || !held) return;
    event.preventDefault();
    if (held.contains(over)) return;
    const box = over.querySelector(".node").getBoundingClientRect();
    const at = (event.clientY - box.top) / box.height;
    const inside = at > 0.3 && at < 0.7 && !refused(held, over);
    const parent = inside ? over : parentOf(over);
    const before = inside ? null : at < 0.5 ? over : over.nextElementSibling;
    const there = parentOf(held) === parent && (before === held || held.nextElementSibling === before);
    if (!there) put(held, parent, before);
  });
  form.addEventListener("drop", (event) => { if (held) event.preventDefault(); });
  form.addEventListener("dragend", () => { held = null; });
  total();
})();
