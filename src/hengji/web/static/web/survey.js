// The questionnaire: says how many questions are left, and is not handed in twice by an unsure finger. It works without this.
"use strict";
(() => {
  const sheet = document.querySelector("[data-sheet]");
  if (!sheet) return;
  const questions = [...sheet.querySelectorAll("[data-question]")];
  const told = sheet.querySelector("[data-left]");

  function count() {
    const left = questions.filter((question) => !question.querySelector(":checked")).length;
    told.textContent = left ? `还有 ${left} 题没有选` : "都选好了，请点“交卷”";
    told.hidden = false;
  }

  sheet.addEventListener("change", count);
  sheet.addEventListener("submit", () => { sheet.querySelector("button").disabled = true; });
  addEventListener("pageshow", () => { sheet.querySelector("button").disabled = false; count(); });
})();
