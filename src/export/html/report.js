(() => {
  "use strict";
  const form = document.getElementById("filter");
  const department = document.getElementById("department");
  const shown = document.getElementById("shown");
  const marked = [...document.querySelectorAll("[data-d]")];
  const cards = marked.filter((part) => part.dataset.l);
  const groups = [...document.querySelectorAll(".run"), ...document.querySelectorAll(".group")];

  const narrow = () => {
    const levels = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const wanted = department.value;
    for (const part of marked) {
      const theirs = wanted === "" || part.dataset.d.split(" ").includes(wanted);
      part.hidden = !theirs || (part.dataset.l !== undefined && !levels.has(part.dataset.l));
    }
    for (const group of groups) {
      group.hidden = group.querySelector("article:not([hidden])") === null;
    }
    const left = cards.filter((card) => !card.hidden).length;
    shown.textContent = `点検結果 ${cards.length}件のうち ${left}件を表示`;
  };

  const all = () => {
    form.reset();
    narrow();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  // A link to what is hidden would lead nowhere.
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.offsetParent === null) {
      all();
      target.scrollIntoView();
    }
  });
  form.hidden = false;
  narrow();
})();
