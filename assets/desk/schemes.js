/* The scheme's form: sums of weights as they are typed, mirrored comparisons and what they come to, the month of an export. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const CALM_MS = 250;
  let timer = 0;

  const figure = (text) => (text.trim() && Number.isFinite(Number(text)) ? Number(text) : NaN);
  const short = (value) => String(Number(value.toPrecision(4)));

  function add(group) {
    const cells = [...group.querySelectorAll("[data-weight]")];
    const sum = cells.reduce((total, cell) => total + figure(cell.querySelector("textarea")?.value ?? cell.textContent), 0);
    const out = group.querySelector("[data-sum]");
    out.textContent = Number.isFinite(sum) ? short(sum) : "—";
    const good = Math.abs(sum - Number(group.dataset.whole)) < 1e-4 * Number(group.dataset.whole);
    out.classList.toggle("bad", !good);
    out.setAttribute("aria-invalid", String(!good));
  }

  function compare(table) {
    const pairs = {};
    for (const cell of table.querySelectorAll("[data-pair]")) {
      pairs[cell.dataset.pair] = cell.value.trim();
      const mirror = table.querySelector(`[data-mirror="${CSS.escape(cell.dataset.pair)}"]`);
      const value = figure(cell.value);
      mirror.textContent = value > 0 ? short(1 / value) : "—";
    }
    clearTimeout(timer);
    timer = setTimeout(() => desk.set("desk-scheme-pairs", { data: { node: table.dataset.pairs, pairs, at: Date.now() } }), CALM_MS);
  }

  document.addEventListener("input", (event) => {
    const group = event.target.closest?.("[data-siblings]");
    const table = event.target.closest?.("[data-pairs]");
    const month = event.target.closest?.("[data-export-form]");
    if (group && event.target.closest("[data-weight]")) add(group);
    if (table) compare(table);
    if (month) {
      for (const link of month.querySelectorAll("[data-export-month]")) {
        const query = new URLSearchParams({ month: event.target.value.trim(), form: link.dataset.exportMonth });
        link.setAttribute("href", `/api/v1/schemes/${month.dataset.exportForm}/export?${query}`);
      }
    }
  });
})();
