/* All kinds of the catalogue, by group, to choose from. */
import { h, sheet } from "../js/dom.js";
import { state } from "../js/state.js";
import { t } from "../js/words.js";

export function allKinds(kinds, pick) {
  const one = (kind) =>
    h("button", { type: "button", class: "kind", onclick: () => (pick(kind.key), opened.close()) }, h("span", {}, kind.name));
  const groups = (state.catalogue?.groups ?? []).map((group) =>
    h(
      "section",
      { class: "stack" },
      h("h3", { class: "label" }, group.name),
      kinds.filter((kind) => kind.group === group.key).map(one),
    ),
  );
  const opened = sheet(t("kind.what"), groups);
}
