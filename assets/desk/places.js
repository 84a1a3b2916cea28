/* A region is chosen by its name: words are looked for as they are typed, and the units of what is chosen follow. */
(function () {
  "use strict";
  const FINDER = "[data-find-place]";
  const SETTLE_MS = 200;
  let timer = 0;
  let latest = 0; // an answer that comes after a later question is dropped

  const boxOf = (node) => node.closest(".place");
  const options = (box) => [...box.querySelectorAll("[role=option]")];

  function shut(box, back) {
    const list = box.querySelector("[role=listbox]");
    const finder = box.querySelector(FINDER);
    list.replaceChildren();
    list.hidden = true;
    finder.setAttribute("aria-expanded", "false");
    if (back) finder.textContent = box.dataset.told;
  }

  function option(row) {
    const node = Object.assign(document.createElement("button"), { className: "place__option", tabIndex: -1 });
    node.setAttribute("role", "option");
    node.append(Object.assign(document.createElement("b"), { textContent: row.name }), row.path);
    node.place = row;
    return node;
  }

  async function look(finder) {
    const box = boxOf(finder);
    const words = finder.textContent.trim();
    const mine = ++latest;
    if (!words) return shut(box, false);
    const response = await fetch(`/api/v1/regions?${new URLSearchParams({ q: words })}`).catch(() => null);
    if (mine !== latest) return undefined;
    const rows = response?.ok ? (await response.json()).rows : [];
    const list = box.querySelector("[role=listbox]");
    const none = Object.assign(document.createElement("p"), { className: "dim", textContent: box.dataset.none });
    list.replaceChildren(...(rows.length ? rows.map(option) : [none]));
    list.hidden = false;
    finder.setAttribute("aria-expanded", "true");
    mark(box, options(box)[0]);
    return undefined;
  }

  function mark(box, chosen) {
    for (const one of options(box)) one.setAttribute("aria-selected", String(one === chosen));
    chosen?.scrollIntoView({ block: "nearest" });
  }

  function choose(box, node) {
    const row = node.place;
    Object.assign(box.dataset, { value: row.code, told: row.name, about: row.path });
    box.querySelector(".place__path").textContent = row.path;
    latest++;
    shut(box, true);
    const units = box.closest("[data-api]").querySelector("[data-units]");
    if (units) offer(units, row.units);
  }

  /* What the server drew is hidden, never taken out: it is not ours. */
  function offer(group, names) {
    for (const old of group.querySelectorAll("[data-found]")) old.remove();
    for (const drawn of group.children) {
      drawn.hidden = Boolean(drawn.dataset.value);
      drawn.setAttribute("aria-checked", String(!drawn.dataset.value));
    }
    for (const name of names) {
      const node = Object.assign(document.createElement("button"), { className: "option", textContent: name });
      node.setAttribute("role", "radio");
      node.setAttribute("aria-checked", "false");
      Object.assign(node.dataset, { value: name, found: "true" });
      group.append(node);
    }
  }

  document.addEventListener("input", (event) => {
    const finder = event.target.closest(FINDER);
    if (!finder) return;
    clearTimeout(timer);
    timer = setTimeout(() => look(finder), SETTLE_MS);
  });

  document.addEventListener("focusin", (event) => {
    const finder = event.target.closest(FINDER);
    if (finder) getSelection().selectAllChildren(finder);
  });

  document.addEventListener("focusout", (event) => {
    const box = event.target.closest(".place");
    if (box && !box.contains(event.relatedTarget)) {
      clearTimeout(timer);
      latest++;
      shut(box, true);
    }
  });

  document.addEventListener("mousedown", (event) => {
    const node = event.target.closest(".place__option");
    if (!node) return;
    event.preventDefault(); // the finder keeps the focus until the choice is made
    choose(boxOf(node), node);
  });

  document.addEventListener("keydown", (event) => {
    const finder = event.target.closest?.(FINDER);
    if (!finder || event.isComposing) return;
    const box = boxOf(finder);
    const all = options(box);
    const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) mark(box, all[(now + step + all.length) % all.length]);
    else if (event.key === "Enter" && all[now]) choose(box, all[now]);
    else if (event.key === "Escape") shut(box, true);
    else if (event.key !== "Enter") return;
    event.preventDefault();
  });
})();
