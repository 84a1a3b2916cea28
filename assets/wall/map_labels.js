/* Words on the map: letters of D and E, names where there is room, points of cases. Nothing is written over a city's name. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const SVG = "http://www.w3.org/2000/svg";
  const RADIUS = { "01": 9, "02": 8, "03": 7, "04": 6 };

  function meets(a, b, room) {
    return a.left < b.right + room && b.left < a.right + room && a.top < b.bottom + room && b.top < a.bottom + room;
  }

  const unit = (svg) => parseFloat(getComputedStyle(svg).getPropertyValue("--u")) || 1;

  wall.paintLetters = function (stage, data) {
    const svg = stage.querySelector(".boundaries[data-kind=shapes]");
    if (!svg) return;
    const taken = [...svg.querySelectorAll(".city text")].map((node) => node.getBoundingClientRect());
    const named = !taken.length;
    const u = unit(svg);
    svg.querySelectorAll(".label,.lead").forEach((node) => node.remove());
    const letters = [...svg.querySelectorAll(".letter")];
    for (const node of letters) {
      const item = data.items[node.dataset.for];
      const loud = item && (item.cls === "D" || item.cls === "E");
      node.setAttribute("class", `letter is-${item ? item.cls : "N"}`);
      node.textContent = loud && !named ? item.cls : "";
      if (node.textContent) place(svg, node, taken, u);
    }
    if (named) name(svg, letters, data, u);
  };

  /* Moves a letter inside its shape until it is clear of the names; else beside it, with a leader. */
  function place(svg, node, taken, u) {
    const shape = svg.querySelector(`.shape[data-region="${CSS.escape(node.dataset.for)}"]`);
    const [x, y] = [Number(shape.dataset.x), Number(shape.dataset.y)];
    const path = shape.querySelector("path");
    const free = (far, inside) => {
      for (const [dx, dy] of ring(u, far)) {
        node.setAttribute("x", x + dx);
        node.setAttribute("y", y + dy);
        const box = node.getBoundingClientRect();
        if (inside && !path.isPointInFill(new DOMPoint(x + dx, y + dy))) continue;
        if (!taken.some((other) => meets(box, other, inside ? -2 : 3))) return taken.push(box);
      }
      return 0;
    };
    if (free([0, 8, 14, 20, 28, 38], true)) return;
    node.classList.add("letter--out");
    if (!free([24, 34, 46, 58, 72], false)) node.textContent = "";
    else lead(node, x, y);
  }

  function lead(node, x, y) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "lead");
    line.setAttribute("d", `M${x},${y}L${node.getAttribute("x")},${node.getAttribute("y")}`);
    node.parentNode.prepend(line);
  }

  function* ring(u, distances) {
    for (const far of distances) {
      const turns = far ? 12 : 1;
      for (let n = 0; n < turns; n++) yield [Math.cos((n * Math.PI) / 6) * far * u, Math.sin((n * Math.PI) / 6) * far * u];
    }
  }

  /* Without city names the shapes carry their own, worst and largest first, as far as they do not touch. */
  function name(svg, letters, data, u) {
    const taken = [];
    const unnamed = [];
    const size = (node) => {
      const box = svg.querySelector(`.shape[data-region="${CSS.escape(node.dataset.for)}"] path`).getBBox();
      return box.width * box.height;
    };
    const rank = (node) => "EDCBAN".indexOf(data.items[node.dataset.for]?.cls ?? "N");
    const order = letters.map((node) => [node, rank(node) < 2 && rank(node) >= 0 ? rank(node) : 2, size(node)]);
    order.sort((a, b) => a[1] - b[1] || b[2] - a[2]);
    for (const [node] of order) {
      const shape = svg.querySelector(`.shape[data-region="${CSS.escape(node.dataset.for)}"]`);
      const item = data.items[node.dataset.for];
      const label = document.createElementNS(SVG, "text");
      label.setAttribute("class", "label");
      for (const [line, words] of [shape.dataset.name, value(item)].entries()) {
        const span = document.createElementNS(SVG, "tspan");
        span.setAttribute("x", shape.dataset.x);
        span.setAttribute("y", Number(shape.dataset.y) + (line ? 19 : -4) * u);
        span.textContent = words;
        label.append(span);
      }
      node.parentNode.append(label);
      const box = label.getBoundingClientRect();
      if (!taken.some((other) => meets(box, other, 0))) {
        taken.push(box);
        continue;
      }
      label.remove();
      if (item && (item.cls === "D" || item.cls === "E")) unnamed.push(node);
    }
    for (const node of unnamed) {
      node.textContent = data.items[node.dataset.for].cls;
      place(svg, node, taken, u);
    }
  }

  function value(item) {
    if (!item) return "—";
    return /^[A-E]$/.test(item.cls) ? `${item.text} ${item.cls}` : item.text;
  }

  wall.paintPoints = function (stage, points) {
    const layer = stage.querySelector(".points");
    if (!layer) return;
    const u = unit(layer.ownerSVGElement);
    layer.replaceChildren(...[...points].sort((a, b) => b.severity.localeCompare(a.severity)).map((point) => dot(point, u)));
  };

  function dot(point, u) {
    const link = document.createElementNS(SVG, "a");
    link.setAttribute("class", `point point--${point.severity}`);
    link.setAttribute("href", point.href);
    link.setAttribute("aria-label", point.title);
    const circle = document.createElementNS(SVG, "circle");
    circle.setAttribute("cx", point.x);
    circle.setAttribute("cy", point.y);
    circle.setAttribute("r", RADIUS[point.severity] * u);
    const title = document.createElementNS(SVG, "title");
    title.textContent = point.title;
    link.append(title, circle);
    return link;
  }
})();
