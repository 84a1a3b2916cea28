/* The map: shapes are fetched once for a region and view, values are painted on them. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const wide = window.matchMedia("(min-aspect-ratio: 5/2)");
  const fetched = new Map();
  let data = null;
  let turn = 0;

  wall.mapItem = (code) => data?.items[code];
  wall.casesOf = (code) => data?.items[code]?.cases;
  wall.orderOf = (code) => data?.order && `${data.order}&at=${encodeURIComponent(code)}`; // "" where none may be given

  function shapes(query) {
    if (!fetched.has(query)) {
      const text = fetch(`/wall/shapes.svg?${query}`).then((r) => (r.ok ? r.text() : Promise.reject(new Error(`shapes: ${r.status}`))));
      text.catch(() => fetched.delete(query));
      fetched.set(query, text);
    }
    return fetched.get(query);
  }

  /* The same region's shapes in another view. */
  function queryFor(view) {
    const query = new URLSearchParams(data.shapes.replace(/^\?/, ""));
    query.set("view", view);
    return data.view === view ? data.shapes.replace(/^\?/, "") : query.toString();
  }

  function wanted() {
    if (!data.hasMap) return [["tile", data.shapes.replace(/^\?/, "")]];
    const views = wide.matches || data.view === "both" ? ["map", "tile"] : [data.view];
    return views.map((view) => [view, queryFor(view)]);
  }

  async function lay(stage) {
    const panes = wanted();
    const texts = await Promise.all(panes.map(([, query]) => shapes(query)));
    const key = panes.map(([, query]) => query).join("|");
    if (stage.dataset.shapes === key) return;
    stage.replaceChildren(...texts.map((text, n) => pane(text, panes[n][0])));
    stage.dataset.shapes = key;
  }

  function pane(text, view) {
    const box = document.createElement("div");
    box.className = `map__pane map__pane--${view}`;
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    box.append(document.importNode(svg, true));
    return box;
  }

  wall.paint_map = async function (given) {
    const stage = document.getElementById("wall-map-stage");
    if (!given || !stage) return window.dash_clientside.no_update;
    data = given;
    const mine = ++turn;
    try {
      await lay(stage);
    } catch (error) {
      console.warn(error.message);
      return "failed";
    }
    if (mine !== turn) return window.dash_clientside.no_update;
    for (const node of stage.querySelectorAll("[data-region]")) paint(node, data.items[node.dataset.region]);
    for (const node of stage.querySelectorAll("[data-city]")) paintCity(node, data.groups[node.dataset.city]);
    wall.paintLetters(stage, data);
    wall.paintPoints(stage, data.points);
    wall.restCallout(stage, data);
    return String(mine);
  };

  function paint(node, item) {
    const cls = item ? item.cls : "N";
    node.setAttribute("class", `${node.classList[0]} is-${cls}`);
    if (!item) return;
    node.setAttribute("href", item.href);
    node.setAttribute("aria-label", wall.spoken(item));
    const value = node.querySelector(".tile__value");
    if (value) value.textContent = /^[A-E]$/.test(cls) ? `${item.text} ${cls}` : item.text;
  }

  function paintCity(node, group) {
    const value = node.querySelector(".city__value");
    value.textContent = group ? group.text : "";
    value.setAttribute("display", group ? "inline" : "none");
    if (group) node.setAttribute("href", group.href);
  }

  wide.addEventListener("change", () => data && wall.paint_map(data));
})();
