/* The callout beside the shape under the pointer or the focus; without either it rests on the worst region. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const WAIT_MS = 140; // on the way to the callout the pointer crosses other shapes
  const WORDS = ".city text,.label,.letter,.map__side > *";
  let chosen = null;
  let timer = 0;

  const box = () => document.getElementById("wall-map-callout");
  const stage = () => document.getElementById("wall-map-stage");
  const slot = (name) => box().querySelector(`[data-slot="${name}"]`);

  wall.spoken = function (item) {
    const facts = box()?.querySelectorAll(".callout__facts span") || [];
    const words = [...facts].map((node) => node.firstChild.nodeValue.trim());
    const letter = /^[A-E]$/.test(item.cls) ? ` ${item.cls}` : "";
    const stock = item.open === null ? "" : `, ${words[0]} ${item.open}, ${words[1]} ${item.overdue}`;
    return `${item.name} ${item.text}${letter}${stock}`;
  };

  function fill(item) {
    slot("band").textContent = /^[A-E]$/.test(item.cls) ? item.cls : "";
    slot("band").className = `band band--${/^[A-E]$/.test(item.cls) ? item.cls : "N"}`;
    slot("band").hidden = /^S/.test(item.cls);
    slot("name").textContent = item.name;
    slot("value").textContent = item.text;
    box().querySelector(".callout__facts").hidden = item.open === null;
    slot("cases").textContent = slot("cases").dataset[item.open === null ? "score" : "cases"];
    slot("open").textContent = (item.open ?? 0).toLocaleString("en-US");
    slot("overdue").textContent = (item.overdue ?? 0).toLocaleString("en-US");
    slot("overdue").className = item.overdue ? "is-late" : "";
    slot("drill").setAttribute("href", item.href);
    slot("cases").setAttribute("href", item.cases);
    const order = wall.orderOf(item.code);
    slot("order").hidden = !order;
    if (order) slot("order").setAttribute("href", order);
  }

  function choose(code) {
    const item = wall.mapItem(code);
    if (!box() || !item) return hide();
    chosen = code;
    fill(item);
    for (const tile of stage().querySelectorAll(".tile")) tile.classList.toggle("tile--chosen", tile.dataset.region === code);
    const path = stage().querySelector(`.shape[data-region="${CSS.escape(code)}"] path`);
    stage().querySelector(".chosen")?.setAttribute("d", path ? path.getAttribute("d") : "");
    box().hidden = false;
    stand(code);
    return undefined;
  }

  function hide() {
    chosen = null;
    if (box()) box().hidden = true;
    stage()?.querySelector(".chosen")?.setAttribute("d", "");
  }

  /* At the place on the stage that is free of the shape and covers the fewest words and other shapes. */
  function stand(code) {
    const frame = stage().getBoundingClientRect();
    const panel = stage().parentNode.getBoundingClientRect();
    const size = box().getBoundingClientRect();
    const nodes = [...stage().querySelectorAll("[data-region]")];
    const boxes = nodes.map((node) => [node.dataset.region === code ? 12 : 1, (node.querySelector("path,rect") || node).getBoundingClientRect()]);
    const words = [...stage().parentNode.querySelectorAll(WORDS)].map((node) => node.getBoundingClientRect());
    let best = null;
    for (const [x, y] of corners(frame, size)) {
      const shapes = boxes.reduce((sum, [weight, b]) => sum + share(b, x, y, size) * weight, 0);
      const cost = shapes + 6 * words.filter((b) => share(b, x, y, size)).length;
      if (!best || cost < best[0] - 0.01) best = [cost, x, y];
    }
    for (const node of stage().querySelectorAll(".graticule text")) {
      const covered = share(node.getBoundingClientRect(), best[1], best[2], size) > 0;
      node.setAttribute("visibility", covered ? "hidden" : "visible");
    }
    box().style.left = `${best[1] - panel.left}px`;
    box().style.top = `${best[2] - panel.top}px`;
  }

  function corners(frame, size) {
    const right = frame.right - size.width;
    const note = stage().parentNode.querySelector(".map__note")?.getBoundingClientRect();
    const low = Math.min(frame.bottom, note?.height ? note.top - 6 : frame.bottom) - size.height;
    const down = (part) => frame.top + (low - frame.top) * part;
    const middle = (frame.left + right) / 2;
    const rows = [1, 0.88, 0.75, 0, 0.63, 0.5, 0.38, 0.25, 0.13];
    return rows.flatMap((part) => [right, frame.left, middle].map((x) => [x, down(part)]));
  }

  /* Part of a shape's box that a callout at x, y would cover. */
  function share(b, x, y, size) {
    const w = Math.min(b.right, x + size.width) - Math.max(b.left, x);
    const h = Math.min(b.bottom, y + size.height) - Math.max(b.top, y);
    return w > 0 && h > 0 ? (w * h) / Math.max(b.width * b.height, 1) : 0;
  }

  /* Nobody points at anything: keep what was chosen while it exists, else the worst region, on a map of cases. */
  wall.restCallout = function (_stage, data) {
    if (chosen && data.items[chosen] && stage().querySelector(`[data-region="${CSS.escape(chosen)}"]`)) return choose(chosen);
    const worst = Object.values(data.items)
      .filter((item) => item.open !== null && (item.cls === "E" || item.cls === "D"))
      .filter((item) => stage().querySelector(`[data-region="${CSS.escape(item.code)}"]`))
      .sort((a, b) => b.cls.localeCompare(a.cls) || a.value - b.value)[0];
    return worst ? choose(worst.code) : hide();
  };

  function later(code) {
    clearTimeout(timer);
    timer = setTimeout(() => choose(code), WAIT_MS);
  }

  document.addEventListener("pointerover", (event) => {
    const shape = event.target.closest?.(".shape,.tile");
    if (shape) later(shape.dataset.region);
    else if (event.target.closest?.("#wall-map-callout")) clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const shape = event.target.closest?.(".shape,.tile,.rank__link");
    if (shape && wall.mapItem(shape.dataset.region)) choose(shape.dataset.region);
  });
})();
