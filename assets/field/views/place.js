/* Where: my grids as a list to choose from, and a small drawing of where I stand among them. */
import { h, s, sheet } from "../js/dom.js";
import { metres } from "../js/geo.js";
import { distance, t } from "../js/words.js";

const SIZE = 64;
const REACH_M = 600; // from the middle of the drawing to its edge, at least
const MANY = 8;

/* Dots of the grids around the position with its uncertainty; no map of others is fetched. */
export function miniMap(here, grids, chosen) {
  const middle = here ?? chosen;
  const made = s(
    "svg",
    { class: "minimap", viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true" },
    s("rect", { width: SIZE, height: SIZE, rx: 6, class: "minimap__ground" }),
  );
  for (const n of [16, 32, 48]) made.append(s("path", { class: "minimap__line", d: `M0 ${n}h${SIZE}M${n} 0v${SIZE}` }));
  if (!middle || middle.lon == null) return made;
  const reach = Math.max(REACH_M, chosen ? (metres(middle, chosen) ?? 0) * 1.3 : 0);
  const scale = SIZE / 2 / reach;
  const at = (place) => [
    SIZE / 2 + (place.lon - middle.lon) * 111_320 * Math.cos((middle.lat * Math.PI) / 180) * scale,
    SIZE / 2 - (place.lat - middle.lat) * 111_320 * scale,
  ];
  for (const grid of grids) {
    if (grid.lon == null) continue;
    const [x, y] = at(grid);
    if (x > 2 && y > 2 && x < SIZE - 2 && y < SIZE - 2)
      made.append(
        s("rect", {
          x: x - 3,
          y: y - 3,
          width: 6,
          height: 6,
          class: grid === chosen ? "minimap__grid minimap__grid--mine" : "minimap__grid",
        }),
      );
  }
  if (here)
    made.append(
      s("circle", {
        class: "minimap__around",
        cx: SIZE / 2,
        cy: SIZE / 2,
        r: Math.min(SIZE / 2, Math.max(9, here.accuracy * scale)),
      }),
      s("circle", { class: "minimap__here", cx: SIZE / 2, cy: SIZE / 2, r: 5 }),
    );
  return made;
}

/* A sheet with my grids, the nearest first where the position is known. */
export function gridPicker(grids, here, pick) {
  const far = (grid) => metres(here, grid) ?? Infinity;
  const sorted = [...grids].sort((a, b) => far(a) - far(b));
  const list = h("div", { class: "stack" });
  const draw = (text) =>
    list.replaceChildren(
      ...sorted
        .filter((grid) => `${grid.name} ${grid.place}`.includes(text))
        .map((grid) =>
          h(
            "button",
            { type: "button", class: "kind", onclick: () => (pick(grid.code), opened.close()) },
            h("span", {}, grid.name, h("small", {}, grid.place)),
            far(grid) < Infinity ? h("small", {}, distance(far(grid))) : null,
          ),
        ),
    );
  const search =
    grids.length > MANY
      ? h(
          "label",
          { class: "field" },
          h("span", { class: "label" }, t("place.search")),
          h("input", { type: "search", oninput: (event) => draw(event.target.value.trim()) }),
        )
      : null;
  draw("");
  const opened = sheet(
    t("place.choose"),
    ...[search, grids.length ? list : h("p", { class: "why" }, t("place.no_grids"))].filter(Boolean),
  );
}
