/* Rows of the supervise page that are ticked, and supervising them together. Ticks follow cases, not places: a list that
   is drawn anew keeps them where their cases stand now. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const PAGE = "desk-supervise-body";
  const ticked = new Set();

  const ticks = () => [...document.querySelectorAll(`#${PAGE} [data-tick]`)];
  const here = () => document.getElementById("desk-root")?.dataset.section === "supervise";

  /* A case can stand in two lists; it is sent once. */
  desk.superviseTicked = () => {
    const found = new Map(ticks().filter((one) => ticked.has(one.dataset.tick)).map((one) => [one.dataset.tick, one]));
    return here() ? [...found].map(([key, one]) => ({ key, version: Number(one.dataset.version) })) : [];
  };

  function show() {
    const all = ticks();
    const keys = new Set(all.map((one) => one.dataset.tick));
    for (const key of ticked) if (!keys.has(key)) ticked.delete(key);
    for (const one of all) {
      const on = String(ticked.has(one.dataset.tick));
      if (one.getAttribute("aria-checked") !== on) one.setAttribute("aria-checked", on);
    }
    const bar = document.querySelector("[data-supervise-bar]");
    if (!bar) return;
    if (bar.hidden !== !ticked.size) bar.hidden = !ticked.size;
    const words = bar.querySelector("[data-words]");
    const told = words.dataset.words.replace("{n}", ticked.size);
    if (words.textContent !== told) words.textContent = told;
  }

  desk.superviseUntick = () => {
    ticked.clear();
    show();
  };

  function turn(keys) {
    const all = keys.every((key) => ticked.has(key));
    for (const key of keys) ticked[all ? "delete" : "add"](key);
    show();
  }

  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-tick]");
    const list = event.target.closest("[data-tick-all]");
    if (one) turn([one.dataset.tick]);
    else if (list) turn([...list.closest("[data-list]").querySelectorAll("[data-tick]")].map((node) => node.dataset.tick));
  });

  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
})();
