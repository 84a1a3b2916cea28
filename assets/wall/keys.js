/* Keys: arrows move between shapes, tiles and rows; Enter follows (as links do); Esc closes or goes one region up;
   C opens the cases of the focused region; F full screen; P the code for a phone; space pauses the rotation. Backspace is
   left alone. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function middle(node) {
    const box = (node.querySelector(":scope > path") || node).getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  }

  /* The nearest link in the direction, ahead rather than aside; anything on that side when nothing is ahead. */
  function nearest(from, links, step) {
    return scan(from, links, step, 1.2) || scan(from, links, step, Infinity);
  }

  function scan(from, links, [dx, dy], widest) {
    const [x, y] = middle(from);
    let best = null;
    let least = Infinity;
    for (const link of links) {
      if (link === from) continue;
      const [u, v] = middle(link);
      const ahead = (u - x) * dx + (v - y) * dy;
      const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
      if (ahead <= 1 || aside > widest * ahead || ahead + 2.2 * aside >= least) continue;
      least = ahead + 2.2 * aside;
      best = link;
    }
    return best;
  }

  function shown(node) {
    return node.getClientRects().length > 0;
  }

  function move(step) {
    const dialog = document.querySelector(".dialog");
    const root = dialog || document;
    const active = document.activeElement;
    if (active?.matches(".dialog__body,.dialog__title") && step[1]) {
      const rows = [...root.querySelectorAll(".cases__link")];
      if (!rows.length) return false;
      rows[step[1] > 0 ? 0 : rows.length - 1].focus();
      return true;
    }
    if (!active || active === document.body) {
      const start = document.querySelector(".shape,.tile") || document.querySelector(".rank__link");
      start?.focus();
      return Boolean(start);
    }
    const map = active.closest(".map__pane");
    const links = [...(map || root).querySelectorAll("a[href],button")].filter(shown);
    const next = nearest(active, links, step) || (map && nearest(active, [...document.querySelectorAll(".main a[href]")].filter(shown), step));
    next?.focus();
    return Boolean(next);
  }

  function leave() {
    const close = document.querySelector(".dialog [data-close], .over .quiet a");
    if (close?.matches("button")) return void close.click();
    if (close) return void wall.follow(close);
    wall.expectFocus(document.querySelector("[data-here]")?.dataset.here);
    wall.follow(document.querySelector("[data-up]"));
  }

  function cases() {
    const code = document.activeElement?.closest("[data-region]")?.dataset.region;
    const link = wall.casesOf?.(code);
    if (link) wall.go(link);
  }

  wall.fullScreen = function () {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  };

  wall.leave = leave;

  const ACTIONS = { Escape: leave, f: () => wall.fullScreen(), c: cases, p: () => wall.pair(), " ": () => wall.pause() };

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.target.matches("input,textarea,select")) return;
    if (event.key === " " && event.target.matches("button")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (STEPS[key] ? move(STEPS[key]) : ACTIONS[key] && (ACTIONS[key](), true)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("#wall-header-full")) wall.fullScreen();
  });
})();
