/* Navigation: links to this same page change the URL without a reload; focus survives a refresh; an open list or case
   takes the focus and gives it back. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});

  wall.go = function (search) {
    window.dash_clientside.set_props("wall-url", { search: search === "?" ? "" : search });
  };

  /* The URL without the open list or case: the panels below need not be read again when one opens. */
  const OVER = ["list", "part", "at", "kind", "day", "case", "p", "directive", "order", "score", "node", "behind"];
  wall.place = function (search, before) {
    const query = new URLSearchParams(search || "");
    for (const name of OVER) query.delete(name);
    const place = query.size ? `?${query}` : "";
    document.dispatchEvent(new CustomEvent("wall:moved", { detail: search || "" }));
    return place === before ? window.dash_clientside.no_update : place;
  };

  /* Follows a link inside the wall; false when it leads elsewhere. */
  wall.follow = function (link) {
    if (!link || !link.getAttribute("href") || link.dataset.plain || link.target) return false;
    const href = link.getAttribute("href");
    const to = new URL(href, location.href);
    if (to.origin !== location.origin || to.pathname !== location.pathname) return false;
    wall.go(to.search);
    return true;
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (link && link.dataset.next) {
      const next = encodeURIComponent(location.pathname + location.search);
      link.setAttribute("href", `${link.getAttribute("href").split("?")[0]}?next=${next}`);
    }
    if (wall.follow(link)) event.preventDefault();
    const point = !link && event.target.closest(".funnelplot [data-href]"); // the same way leads from the ranking by keyboard
    if (point) wall.go(point.dataset.href);
  });

  /* ---- focus ---- */
  const KEYS = ["data-region", "data-kpi", "data-case", "data-kind", "data-page", "data-directive", "data-pick"];
  let last = null; // how to find again what had the focus
  let opener = null;

  function describe(node) {
    const panel = node.closest("section[id],nav[id],header,.over");
    const own = node.closest(KEYS.map((key) => `[${key}]`).join(","));
    const name = own && KEYS.find((key) => own.hasAttribute(key));
    const mark = own ? `[${name}="${CSS.escape(own.getAttribute(name))}"]` : `a[href="${CSS.escape(node.getAttribute("href") || "")}"]`;
    return { node, scope: panel && panel.id ? `#${panel.id} ` : "", mark };
  }

  function find(what) {
    const node = document.querySelector(what.scope + what.mark);
    return node && (node.matches("a,button,[tabindex]") ? node : node.querySelector("a,button"));
  }

  document.addEventListener("focusin", (event) => {
    if (event.target !== document.body) last = describe(event.target);
  });

  /* After going up, the focus lands on the region one came from: its row, and its shape once the map has it. */
  let hoped = null;
  wall.expectFocus = function (code) {
    if (!code) return;
    hoped = `[data-region="${CSS.escape(code)}"]`;
    last = { node: null, scope: ".main ", mark: hoped };
  };
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => (hoped = null), true);

  function meetHope() {
    const shape = hoped && document.querySelector(`#wall-map-stage ${hoped}`);
    if (!shape) return;
    hoped = null;
    shape.focus({ preventScroll: true });
  }

  function keepFocus() {
    const active = document.activeElement;
    if (!last) return;
    const lost = !active || active === document.body;
    const moved = active === last.node && active.isConnected && last.mark.startsWith("[data-case") && find(last) !== active;
    if (!lost && !moved) return;
    const again = find(last);
    if (again && again !== active) again.focus({ preventScroll: true });
  }

  function tendDialog() {
    const dialog = document.querySelector(".dialog");
    const shell = document.querySelectorAll(".header,.main,.footer");
    const open = Boolean(dialog);
    for (const part of shell) part.toggleAttribute("inert", open);
    if (open && !dialog.contains(document.activeElement)) {
      opener ||= last;
      dialog.querySelector(".dialog__title")?.focus({ preventScroll: true });
    }
    if (!open && opener) {
      find(opener)?.focus({ preventScroll: true });
      opener = null;
    }
  }

  new MutationObserver(() => {
    tendDialog();
    keepFocus();
    meetHope();
    wall.markNewRows?.();
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-case"] });
})();
