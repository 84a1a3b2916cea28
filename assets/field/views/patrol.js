/* 巡查无异常: a record of its own, never a case. One tap; a sentence if there is one. */
import { h, notice, say } from "../js/dom.js";
import { nearest } from "../js/geo.js";
import { add } from "../js/queue.js";
import { state } from "../js/state.js";
import { full } from "../js/store.js";
import { t } from "../js/words.js";
import { choice, fault, submit, textField } from "./form.js";

const SHOWN = 6;

export default {
  back: "#/mine",
  form: true,
  draw() {
    const grids = state.inbox?.grids ?? [];
    const value = { place: (nearest(state.here, grids)?.place ?? grids[0])?.code, note: "" };
    if (!grids.length) return { title: t("patrol.title"), body: [notice("pin", t("place.no_grids"))] };
    const node = h(
      "form",
      { id: "form", class: "list", onsubmit: (event) => (event.preventDefault(), send(node, value)) },
      h("p", { class: "about" }, h("span", {}, t("patrol.about"))),
      grids.length <= SHOWN
        ? choice(
            t("place.short"),
            "grid",
            grids.map((one) => [one.code, one.name, one.place.split("·").slice(-2, -1)[0]]),
            value.place,
            (key) => (value.place = key),
          )
        : select(grids, value),
      textField(t("report.note"), "note", "", (text) => (value.note = text), { rows: 2 }),
    );
    return { title: t("patrol.title"), body: [node], foot: submit(t("patrol.send"), t("sent.promise")) };
  },
};

function select(grids, value) {
  return h(
    "label",
    { class: "field" },
    h("span", { class: "label" }, t("place.short")),
    h(
      "select",
      { onchange: (event) => (value.place = event.target.value) },
      grids.map((one) => h("option", { value: one.code, selected: one.code === value.place }, `${one.name} · ${one.place}`)),
    ),
  );
}

async function send(node, value) {
  const grid = state.inbox.grids.find((one) => one.code === value.place);
  try {
    await add({
      kind: "patrol",
      user: state.me.id,
      path: "/patrols",
      title: grid.name,
      what: t("patrol.title"),
      body: { place: grid.code, ...(value.note.trim() ? { note: value.note.trim() } : {}) },
    });
  } catch (error) {
    if (!full(error)) throw error;
    return fault(node, t("full.form"));
  }
  say(t(state.online ? "sent.now" : "sent.later"));
  location.replace("#/mine");
}
