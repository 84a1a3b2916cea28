/* The ranking: which row is in focus, bands that fold, rows that are looked for; the tree; the funnel plot; keys of all.
   What is in focus stands in the URL; a cursor that runs down the table asks for nothing on its way. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const SETTLE_MS = 160;
  let timer = 0;

  const page = () => document.querySelector(".page--ranking");
  const here = () => document.getElementById("desk-root")?.dataset.section === "ranking";
  const all = (css) => [...(page()?.querySelectorAll(css) || [])];
  const soon = (href) => {
    clearTimeout(timer);
    timer = setTimeout(() => here() && desk.go(href), SETTLE_MS);
  };

  /* ---- the table ---- */
  const shown = () => all(".ranks__row").filter((row) => row.checkVisibility());

  function mark(row) {
    for (const one of all(".ranks__row--on")) one.classList.remove("ranks__row--on");
    row.classList.add("ranks__row--on");
    row.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const rows = shown();
    const at = rows.findIndex((row) => row.classList.contains("ranks__row--on"));
    const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (!next) return;
    mark(next);
    soon(next.querySelector("a").getAttribute("href"));
  }

  function fold(group, open) {
    group.toggleAttribute("data-open", open);
    group.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(open));
  }

  function unfold(button) {
    const open = button.getAttribute("aria-pressed") !== "true";
    for (const group of all("tbody[data-group]")) if (group.querySelector("[data-fold]")) fold(group, open);
    button.setAttribute("aria-pressed", String(open));
    const words = button.textContent;
    button.textContent = button.dataset.words;
    button.dataset.words = words;
  }

  function find(box) {
    const panel = box.closest(".panel");
    const wanted = box.textContent.trim().toLowerCase();
    panel.querySelector("[data-ranks]").toggleAttribute("data-filtering", Boolean(wanted));
    for (const row of panel.querySelectorAll(".ranks__row")) row.classList.toggle("ranks__row--off", Boolean(wanted) && !row.dataset.find.includes(wanted));
    panel.querySelector("[data-none-found]").hidden = !wanted || shown().length > 0;
  }

  /* ---- the tree ---- */
  function turn(row, open) {
    if (row?.hasAttribute("aria-expanded")) row.setAttribute("aria-expanded", String(open));
  }

  function walk(row, key) {
    const rows = all("[data-node]").filter((one) => one.checkVisibility());
    const at = rows.indexOf(row);
    const open = row.getAttribute("aria-expanded");
    if (key === "ArrowDown") rows[at + 1]?.focus();
    if (key === "ArrowUp") rows[at - 1]?.focus();
    if (key === "ArrowRight") open === "false" ? turn(row, true) : open === "true" && rows[at + 1]?.focus();
    if (key === "ArrowLeft") open === "true" ? turn(row, false) : row.closest("[role=group]")?.previousElementSibling.focus();
  }

  /* ---- the funnel plot: arrows go from one region to the next by what it had to do ---- */
  function along(stage, by) {
    const points = [...stage.querySelectorAll("[data-region]")];
    points.sort((a, b) => a.firstElementChild.cx.baseVal.value - b.firstElementChild.cx.baseVal.value);
    const at = points.findIndex((one) => one.dataset.on === "true");
    const next = points[Math.min(Math.max(at + by, 0), points.length - 1)];
    if (!next) return;
    for (const one of points) one.dataset.on = String(one === next);
    for (const one of points) one.classList.toggle("funnelplot__point--at", one === next);
    soon(next.dataset.href);
  }

  /* ---- hands ---- */
  document.addEventListener("click", (event) => {
    const on = (css) => event.target.closest?.(css);
    if (!on(".page--ranking")) return;
    if (on("[data-twist]")) {
      const row = on("[data-node]");
      if (row.hasAttribute("aria-expanded")) {
        event.preventDefault();
        event.stopPropagation();
        return turn(row, row.getAttribute("aria-expanded") !== "true");
      }
    }
    if (on("[data-fold]")) return fold(on("tbody"), !on("tbody").hasAttribute("data-open"));
    if (on("[data-unfold]")) return unfold(on("[data-unfold]"));
    if (on("[data-href]")) return desk.go(on("[data-href]").dataset.href);
    const row = on(".ranks__row");
    if (row && !on("a,button")) {
      mark(row);
      desk.go(row.querySelector("a").getAttribute("href"));
    }
    return undefined;
  }, true);

  document.addEventListener("input", (event) => {
    if (event.target.closest?.("[data-find-row]")) find(event.target);
  });

  /* A table drawn anew shows what is in focus. */
  let seen = "";
  new MutationObserver(() => {
    const row = here() && shown().find((one) => one.classList.contains("ranks__row--on"));
    if (!row || row.dataset.region === seen) return;
    seen = row.dataset.region;
    row.scrollIntoView({ block: "nearest" });
  }).observe(document.documentElement, { childList: true, subtree: true });

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    t: () => page().querySelector("[data-trace-cases]")?.click(),
    w: () => page().querySelector("[data-key-w]")?.click(),
    n: () => page().querySelector("[data-next-act]")?.click(),
    p: () => peers(),
    c: () => (back() || page().querySelector('.head__tabs [href*="view=changes"]'))?.click(),
    0: () => page().querySelector("[data-weights-reset]")?.click(),
  };

  /* From what changed since the last edition to the ranking. */
  const back = () => all(".panel--ranking_changes [data-back-ranks]").find((one) => one.checkVisibility());

  function peers() {
    const menu = all('[data-menu="peers"]').find((one) => one.checkVisibility());
    const tabs = [...(menu?.querySelectorAll(".menu__item") || [])];
    const at = tabs.findIndex((one) => one.hasAttribute("aria-current"));
    tabs[(at + 1) % tabs.length]?.click();
  }

  const leave = () => all("[data-back-ranks]").find((one) => one.checkVisibility());

  document.addEventListener(
    "keydown",
    (event) => {
      if (!here() || event.isComposing || event.altKey || event.metaKey || event.ctrlKey || desk.dialog()) return;
      const box = event.target.closest?.("[data-find-row]");
      if (box && ["Enter", "Escape"].includes(event.key)) {
        event.preventDefault();
        if (event.key === "Escape") box.textContent = "";
        find(box);
        return box.blur();
      }
      if (event.target.closest?.("textarea,[contenteditable]")) return undefined;
      const node = event.target.closest?.("[data-node]");
      const stage = event.target.closest?.("[data-funnel]");
      const arrow = event.key.startsWith("Arrow");
      if (node && arrow) walk(node, event.key);
      else if (stage && ["ArrowLeft", "ArrowRight"].includes(event.key)) along(stage, event.key === "ArrowLeft" ? -1 : 1);
      else if (event.key === "Escape" && leave()) leave().click();
      else if (keys[event.key.toLowerCase()]) keys[event.key.toLowerCase()]();
      else return undefined;
      event.preventDefault();
      return event.stopPropagation();
    },
    true,
  );
})();
