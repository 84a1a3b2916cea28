/* Is it known already? A hint while one writes; whoever says "the same" still reports, as a repeat. */
import { ask } from "../js/api.js";
import { failed } from "../js/data.js";
import { button, h, icon, sheet } from "../js/dom.js";
import { state } from "../js/state.js";
import { similarHere } from "../js/suggest.js";
import { dayTime, distance, t } from "../js/words.js";

const CALM_MS = 400;
const PATIENCE_MS = 6000;

/* `form` has value {kind, here, note, repeat_of}, grid, title(note) and changed(). */
export class SimilarHint {
  constructor(form) {
    Object.assign(this, { form, timer: 0, gone: false });
    this.node = h("div", { "aria-live": "polite" });
  }

  leave() {
    this.gone = true;
    clearTimeout(this.timer);
  }

  /* Looks again, once the hand rests. */
  look() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.find(), CALM_MS);
  }

  async find() {
    const { form } = this;
    const { kind, here, note } = form.value;
    if (!kind || !form.grid) return this.draw([]);
    let rows = similarHere(kind, here ?? form.grid);
    if (state.online) {
      const where = here ? { lon: here.lon, lat: here.lat } : {};
      const query = new URLSearchParams({ place: form.grid.code, kind, title: form.title(note), ...where });
      rows = await ask("GET", `/similar?${query}`, { patience: PATIENCE_MS }).then(
        (answer) => answer.body.rows,
        (error) => (failed(error), rows),
      );
    }
    if (!this.gone) this.draw(rows);
  }

  draw(rows) {
    const chosen = this.form.value.repeat_of;
    if (!rows.length && !chosen) return this.node.replaceChildren();
    const same = rows.find((one) => one.id === chosen);
    const words = chosen
      ? [t("similar.same", { number: same?.number ?? "" })]
      : [t("similar.found", { n: rows.length }), h("br"), t("similar.compare")];
    const open = () => this.compare(rows);
    this.node.replaceChildren(
      h("button", { type: "button", class: "dup", onclick: open }, icon("copies"), h("span", {}, words), icon("next")),
    );
  }

  compare(rows) {
    const opened = sheet(
      t("similar.title"),
      h("p", { class: "why" }, t("similar.about")),
      rows.map((row) => this.card(row, () => opened.close())),
      button(t("similar.none"), () => (this.say(null, rows), opened.close()), { kind: "btn--wide" }),
    );
  }

  card(row, close, rows = [row]) {
    const chosen = this.form.value.repeat_of === row.id;
    return h(
      "article",
      { class: "card" },
      h(
        "p",
        { class: "due" },
        h("b", {}, row.number),
        h("span", {}, row.state_label),
        row.metres == null ? null : h("span", { class: "due__far" }, distance(row.metres)),
      ),
      h("h3", { class: "card__title" }, row.title),
      h("p", { class: "why" }, t("similar.reported", { at: dayTime(row.reported_at) })),
      button(t("similar.is_same"), () => (this.say(row.id, rows), close()), { kind: chosen ? "btn--p btn--wide" : "btn--wide" }),
    );
  }

  say(id, rows) {
    this.form.value.repeat_of = id;
    this.form.changed();
    this.draw(rows);
  }
}
