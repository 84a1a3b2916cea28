/* Rotation: turns the wall's pages. Any input, or an open list, holds it for a minute; a pause lasts for the session. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const HOLD_MS = 60000;
  const KEY = "wall-paused";
  let held = Date.now() + HOLD_MS;
  let shown = Date.now();

  const paused = () => sessionStorage.getItem(KEY) === "1";

  wall.pause = function () {
    sessionStorage.setItem(KEY, paused() ? "0" : "1");
    if (!paused()) held = 0;
    shown = Date.now();
    show();
  };

  function hold() {
    held = Date.now() + HOLD_MS;
    shown = Date.now();
  }

  function turn() {
    const tabs = [...document.querySelectorAll("[data-page]")];
    if (tabs.length < 2) return;
    const at = tabs.findIndex((tab) => tab.hasAttribute("aria-current"));
    wall.follow(tabs[(at + 1) % tabs.length]);
  }

  wall.turnPage = turn;

  function label(box, waited, seconds) {
    if (paused()) return box.dataset.held;
    const clock = (n) => `${Math.floor(n / 60)}:${String(n % 60).padStart(2, "0")}`;
    return `${box.dataset.label} ${clock(Math.floor(waited / 1000))} / ${clock(seconds)}`;
  }

  function show() {
    const box = document.getElementById("wall-playlist-rotation");
    if (!box) return;
    const seconds = Number(box.dataset.seconds);
    const driven = document.documentElement.dataset.driven; // by a phone
    const resting = paused() || driven || Date.now() < held || document.querySelector(".dialog");
    if (resting) shown = Date.now();
    const waited = Math.min(Date.now() - shown, seconds * 1000);
    box.querySelector(".rotation__fill").style.width = `${waited / seconds / 10}%`;
    box.querySelector(".rotation__label").textContent = label(box, waited, seconds);
    document.getElementById("wall-playlist-pause").textContent = paused() ? box.dataset.go : box.dataset.pause;
    if (waited >= seconds * 1000 && !document.hidden) {
      shown = Date.now();
      turn();
    }
  }

  for (const kind of ["pointerdown", "keydown", "wheel"]) document.addEventListener(kind, hold, { passive: true });
  document.addEventListener("pointermove", hold, { passive: true });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#wall-playlist-pause")) wall.pause();
  });
  setInterval(show, 1000);
})();
