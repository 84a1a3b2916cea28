/* Weights that are tried: a slider for each, by pointer or by keys; what they come to is asked for once the hand rests.
   The others are not pushed about: weights count in proportion to their sum. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const REST_MS = 180;
  const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
  let timer = 0;
  let held = null;

  const trial = () => document.querySelector("[data-trial]");
  const dials = () => [...trial().querySelectorAll("[data-dial]")];
  const now = (dial) => Number(dial.getAttribute("aria-valuenow"));
  const moved = (dial) => Math.abs(now(dial) - Number(dial.dataset.weight)) >= 0.05;

  function put(dial, value) {
    const found = Math.min(Math.max(Math.round(value * 10) / 10, 0), 100);
    dial.setAttribute("aria-valuenow", found.toFixed(1));
    dial.firstElementChild.style.width = `${found}%`;
    dial.parentElement.querySelector(".dial__value").textContent = found.toFixed(1);
    dial.parentElement.classList.toggle("dial--moved", moved(dial));
    ask();
  }

  function ask() {
    const sum = dials().reduce((total, dial) => total + now(dial), 0);
    trial().querySelector("[data-weights-sum]").textContent = sum.toFixed(1);
    clearTimeout(timer);
    timer = setTimeout(send, REST_MS);
  }

  /* All siblings or none: what is not named would share what is left. */
  function send() {
    if (!trial()) return;
    const way = (name) => trial().querySelector(`[data-way=${name}] [aria-checked=true]`).dataset.value;
    const tried = dials().some(moved);
    const weights = tried ? Object.fromEntries(dials().map((dial) => [dial.dataset.dial, now(dial)])) : {};
    desk.set("desk-ranking-weights", { data: { weights, normalise: way("normalise"), aggregate: way("aggregate"), parent: trial().dataset.trial } });
  }

  function choose(option) {
    for (const other of option.parentElement.children) other.setAttribute("aria-checked", String(other === option));
    ask();
  }

  function reset() {
    for (const dial of dials()) put(dial, Number(dial.dataset.weight));
    for (const group of trial().querySelectorAll("[data-way]")) choose(group.firstElementChild);
  }

  function drag(event) {
    const box = held.getBoundingClientRect();
    put(held, (100 * (event.clientX - box.left)) / box.width);
  }

  document.addEventListener("pointerdown", (event) => {
    held = event.target.closest?.("[data-dial]") || null;
    if (!held) return;
    held.setPointerCapture(event.pointerId);
    drag(event);
  });
  document.addEventListener("pointermove", (event) => held && drag(event));
  document.addEventListener("pointerup", () => (held = null));
  document.addEventListener("pointercancel", () => (held = null));

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-weights-reset]")) reset();
    const option = event.target.closest?.("[data-way] [role=radio]");
    if (option) choose(option);
  });

  document.addEventListener(
    "keydown",
    (event) => {
      const dial = event.target.closest?.("[data-dial]");
      const by = STEPS[event.key];
      if (!dial || !by) return;
      put(dial, now(dial) + by);
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
})();
