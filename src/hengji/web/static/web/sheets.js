// Paper sheets by keyboard: a digit that is an option goes on to the next question, Enter too; Enter at the last keeps the sheet.
"use strict";
(() => {
  const form = document.querySelector("[data-sheets]");
  if (!form) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden])")];

  function on(field) {
    const next = fields[fields.indexOf(field) + 1];
    next?.focus();
    next?.select();
    return Boolean(next);
  }

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !fields.includes(event.target) || event.isComposing) return;
    event.preventDefault();
    if (!on(event.target)) form.requestSubmit();
  });
  form.addEventListener("input", (event) => {
    const most = Number(event.target.dataset.most);
    if (most && most < 10 && /^[0-9]$/.test(event.target.value) && Number(event.target.value) <= most) on(event.target);
  });
  const first = form.querySelector("[aria-invalid=true]") ?? fields[1] ?? fields[0];
  first.focus();
  first.select();
})();
