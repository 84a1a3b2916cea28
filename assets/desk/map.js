/* The map of the queue: its ground is fetched once a region, the rows on the screen are painted on it as points. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const STAGE = "desk-map-stage";
  const XMLNS = "http://www.w3.org/2000/svg";
  let ground = null; // the region whose ground is shown

  desk.paint_map = async function (place) {
    const region = new URLSearchParams(place?.search || "").get("region") || "";
    if (ground !== region) {
      const query = region ? `?${new URLSearchParams({ region })}` : "";
      const response = await fetch(`/desk/ground.svg${query}`);
      if (response.ok) {
        const parsed = new DOMParser().parseFromString(await response.text(), "image/svg+xml");
        document.getElementById(STAGE)?.replaceChildren(document.importNode(parsed.documentElement, true));
        ground = region;
      }
    }
    tidy();
    desk.paint();
    return region;
  };

  /* Names that would stand over another, over the legend or beyond the frame are left out. */
  function tidy() {
    const stage = document.getElementById(STAGE);
    const room = stage.getBoundingClientRect();
    const drawn = stage.querySelector("svg")?.getScreenCTM();
    if (!room.width || !drawn) return;
    stage.style.setProperty("--map-grain", String(1 / drawn.a)); // drawing units a pixel: names keep their size
    const taken = [...document.querySelectorAll(".map__legend,.map__source")].map((node) => node.getBoundingClientRect());
    const names = [...stage.querySelectorAll(".ground__name")];
    names.sort((one, other) => one.classList.contains("ground__name--around") - other.classList.contains("ground__name--around"));
    for (const name of names) {
      const box = name.getBoundingClientRect();
      const inside = box.left >= room.left + 2 && box.right <= room.right - 2 && box.top >= room.top + 2 && box.bottom <= room.bottom - 2;
      const free = taken.every((other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom);
      name.style.visibility = inside && free ? "" : "hidden";
      if (inside && free) taken.push(box);
    }
  }
  window.addEventListener("resize", tidy);

  function point(row, on) {
    const link = document.createElementNS(XMLNS, "g");
    link.setAttribute("class", `point point--${row.tone}${on ? " point--on" : ""}`);
    link.setAttribute("transform", `translate(${row.x.toFixed(1)} ${row.y.toFixed(1)})`);
    link.dataset.point = row.key;
    if (on) link.append(circle(11, "point__ring"));
    link.append(circle(on ? 6 : 5, "point__dot"));
    const title = document.createElementNS(XMLNS, "title");
    title.textContent = `${row.number} ${row.title}`;
    link.append(title);
    return link;
  }

  function circle(radius, name) {
    const node = document.createElementNS(XMLNS, "circle");
    node.setAttribute("r", radius);
    node.setAttribute("class", name);
    return node;
  }

  let waiting = false;
  desk.paint = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const layer = document.querySelector(`#${STAGE} .ground__points`);
      if (!layer) return;
      const rows = desk.visible();
      desk.askNear();
      const placed = rows.filter((row) => row.x !== null && row.x !== undefined);
      placed.sort((one, other) => (one.key === desk.picked()) - (other.key === desk.picked()));
      layer.replaceChildren(...placed.map((row) => point(row, row.key === desk.picked())));
      const note = document.querySelector("[data-map-count]");
      if (note) note.textContent = note.dataset.words.replace("{n}", rows.length).replace("{m}", placed.length);
    });
  };

  desk.growMap = () => {
    document.querySelector(".board__grid")?.classList.toggle("board__grid--map");
    tidy();
    desk.paint();
  };

  document.addEventListener("click", (event) => {
    const node = event.target.closest("[data-point]");
    if (node) desk.pickKey(node.dataset.point);
    if (event.target.closest("[data-map-grow]")) desk.growMap();
  });
})();
