/* Lists of verdicts and what is open beside them. J and K walk the rows, Enter goes into what is open, Esc closes it. A
   cursor that runs down the list asks for nothing on its way. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const SECTIONS = ["appeals", "problems", "findings", "schemes"]; // dashboard/domain/desk_state.py: EVALUATION
  const SETTLE_MS = 160;
  let timer = 0;

  const section = () => document.getElementById("desk-root")?.dataset.section;
  const page = () => (SECTIONS.includes(section()) ? document.querySelector(`.page--${section()}`) : null);
  const rows = () => [...page().querySelectorAll("[data-row]")];
  const ON = (row) => row.classList.contains("rows__row--on") || row.classList.contains("versions__row--on");

  function follow(row, at_once) {
    const name = row.matches(".versions__row") ? "versions__row--on" : "rows__row--on";
    for (const one of rows()) one.classList.toggle(name, one === row);
    row.scrollIntoView({ block: "nearest" });
    clearTimeout(timer);
    const href = row.querySelector(".rows__link").getAttribute("href");
    timer = setTimeout(() => page()?.contains(row) && desk.go(href), at_once ? 0 : SETTLE_MS);
  }

  function step(by) {
    const all = rows();
    const at = all.findIndex(ON);
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) follow(next);
  }

  function enter() {
    const body = page().querySelector(".verdicts__body");
    if (body) body.focus();
    else if (rows().length) step(0);
  }

  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("[data-row]");
    if (row && page()?.contains(row) && row.querySelector(".rows__link") && !event.target.closest("a,button,summary,textarea,.form")) follow(row, true);
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const here = page();
      if (!here || event.isComposing || event.altKey || event.metaKey || event.ctrlKey || desk.dialog()) return;
      const typing = event.target.closest?.("textarea,[contenteditable]");
      if (event.key === "Escape" && typing && here.contains(typing)) return typing.blur();
      if (typing || document.querySelector("details.menu[open]")) return;
      const close = here.querySelector("[data-close]");
      const plain = event.target === document.body || event.target.matches?.("[data-row] a,.panel__scroll");
      if (event.key === "j" || event.key === "J") step(1);
      else if (event.key === "k" || event.key === "K") step(-1);
      else if (event.key === "Enter" && plain) enter();
      else if (event.key === "Escape" && close) close.click();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
})();
