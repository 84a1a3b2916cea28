/* Words on the map: letters of D and E, names where there is room, points of cases. Nothing is written over a city's
   name. Boxes are reckoned in user units, so that trying a place costs no layout. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const SVG = "http://www.w3.org/2000/svg";
  const RADIUS = { "01": 11, "02": 10, "03": 9, "04": 8 };

  const unit = (svg) => parseFloat(getComputedStyle(svg).getPropertyValue("--u")) || 1;
  const around = (x, y, width, height) => ({ x: x - width / 2, y: y - height / 2, width, height });
  const loud = (item) => item && (item.cls === "D" || item.cls === "E");

  function meets(a, b) {
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  }

  function make(name, attributes, parent) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent?.append(node);
    return node;
  }

  wall.paintLetters = function (stage, data) {
    const svg = stage.querySelector(".boundaries[data-kind=shapes]");
    if (!svg) return;
    const u = unit(svg);
    const taken = [...svg.querySelectorAll(".city text")].map((node) => node.getBBox());
    const shapes = new Map([...svg.querySelectorAll(".shape")].map((node) => [node.dataset.region, node]));
    svg.querySelectorAll(".label,.lead").forEach((node) => node.remove());
    const letters = [...svg.querySelectorAll(".letter")];
    for (const node of letters) {
      node.setAttribute("class", `letter is-${data.items[node.dataset.for]?.cls ?? "N"}`);
      node.textContent = "";
    }
    const left = taken.length ? letters : writeNames(letters, shapes, data, taken, u);
    for (const node of left) {
      const item = data.items[node.dataset.for];
      if (!loud(item)) continue;
      node.textContent = item.cls;
      place(node, shapes.get(node.dataset.for), taken, u);
    }
  };

  /* Moves a letter inside its shape until it is clear of other words; else beside it, with a leader. */
  function place(node, shape, taken, u) {
    const [x, y] = [Number(shape.dataset.x), Number(shape.dataset.y)];
    const path = shape.querySelector("path");
    const free = (distances, inside) => {
      for (const [dx, dy] of ring(u, distances)) {
        const box = around(x + dx, y + dy, (inside ? 15 : 24) * u, (inside ? 20 : 28) * u);
        if (taken.some((other) => meets(box, other))) continue;
        if (inside && !path.isPointInFill(new DOMPoint(x + dx, y + dy))) continue;
        node.setAttribute("x", x + dx);
        node.setAttribute("y", y + dy);
        return taken.push(box);
      }
      return 0;
    };
    if (free([0, 8, 14, 20, 28, 38], true)) return;
    if (!free([24, 34, 46, 58, 72], false)) return void (node.textContent = "");
    node.classList.add("letter--out");
    const end = `${node.getAttribute("x")},${node.getAttribute("y")}`;
    node.parentNode.prepend(make("path", { class: "lead", d: `M${x},${y}L${end}` }));
  }

  function* ring(u, distances) {
    for (const far of distances) {
      const turns = far ? 12 : 1;
      for (let n = 0; n < turns; n++) yield [Math.cos((n * Math.PI) / 6) * far * u, Math.sin((n * Math.PI) / 6) * far * u];
    }
  }

  /* Without city names the shapes carry their own, worst and largest first, as far as they do not touch.
     Gives back the letters of those that found no room. */
  function writeNames(letters, shapes, data, taken, u) {
    const area = (node) => {
      const box = shapes.get(node.dataset.for).querySelector("path").getBBox();
      return box.width * box.height;
    };
    const order = letters.map((node) => [node, area(node)]).sort((a, b) => b[1] - a[1]);
    const left = [];
    for (const [node] of order) {
      const shape = shapes.get(node.dataset.for);
      const words = [shape.dataset.name, value(data.items[node.dataset.for])];
      const [x, y] = [Number(shape.dataset.x), Number(shape.dataset.y)];
      const box = around(x, y, Math.max(...words.map(width)) * 21 * u, 44 * u);
      if (taken.some((other) => meets(box, other))) {
        left.push(node);
        continue;
      }
      taken.push(box);
      const label = make("text", { class: "label" }, node.parentNode);
      words.forEach((text, line) => (make("tspan", { x, y: y + (line ? 19 : -4) * u }, label).textContent = text));
    }
    return left;
  }

  /* In CJK characters; Latin letters and figures take about half of one. */
  function width(text) {
    return [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) < 0x2e80 ? 0.52 : 1.02), 0);
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
    const link = make("a", { class: `point point--${point.severity}`, href: point.href, "aria-label": point.title });
    make("title", {}, link).textContent = point.title;
    make("circle", { cx: point.x, cy: point.y, r: RADIUS[point.severity] * u }, link);
    return link;
  }
})();
