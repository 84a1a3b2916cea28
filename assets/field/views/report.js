/* 上报: photo first, position, kind, three taps. Works without a network; the draft is kept while one writes. */
import { ask } from "../js/api.js";
import { catalogue, failed } from "../js/data.js";
import { button, h, icon, say, sheet } from "../js/dom.js";
import { allowed, locate, nearest } from "../js/geo.js";
import { add, change } from "../js/queue.js";
import { set, state } from "../js/state.js";
import { full, read } from "../js/store.js";
import { kindsOffered, remember, SHOWN, similarHere } from "../js/suggest.js";
import { dayTime, distance, label, t } from "../js/words.js";
import { draft, fault, photoField, submit } from "./form.js";
import { gridPicker, miniMap } from "./place.js";

const CALM_MS = 400;
const TITLE = 60;
const FRESH_MS = 300_000;
let open = null;

export default {
  tab: "report",
  back: "#/",
  form: true,
  async draw({ entry: entryId }) {
    const entry = entryId ? await read("entries", entryId) : null;
    const kept = draft(`${state.me.id} report`);
    const value = {
      photos: [],
      grid: null,
      kind: null,
      note: "",
      severity: null,
      here: null,
      repeat_of: null,
      ...(entry ? fromEntry(entry) : await kept.load()),
    };
    const offered = await kindsOffered((await catalogue())?.kinds ?? []);
    value.kind ??= offered[0]?.basis ? offered[0].key : null;
    open = new ReportForm(value, offered, kept, entry);
    return {
      title: t(entry ? "report.edit" : "tab.report"),
      back: entry ? "#/queue" : "#/",
      right: entry ? null : button(t("report.clear"), () => open.clear(), { kind: "btn--quiet" }),
      body: [open.node],
      foot: submit(t("tab.report"), t("sent.promise")),
    };
  },
  leave() {
    open?.leave();
    open = null;
  },
};

function fromEntry(entry) {
  const { body } = entry;
  return {
    photos: [...entry.photos],
    grid: body.place,
    kind: body.kind,
    note: body.description ?? "",
    severity: body.severity ?? null,
    repeat_of: body.repeat_of ?? null,
    here: body.lon == null ? null : { lon: body.lon, lat: body.lat, accuracy: body.accuracy },
  };
}

class ReportForm {
  constructor(value, offered, kept, entry) {
    Object.assign(this, { value, offered, kept, entry, blobs: {}, similar: [], asking: 0, refused: null });
    this.place = h("div", { class: "loc" });
    this.kinds = h("div", {});
    this.hint = h("div", { "aria-live": "polite" });
    const { changed } = this;
    this.node = h(
      "form",
      { id: "form", class: "list", novalidate: true, onsubmit: (event) => (event.preventDefault(), this.send()) },
      photoField(value, this.blobs, { large: true, changed }),
      this.place,
      this.kinds,
      this.hint,
      h(
        "label",
        { class: "note-field" },
        h("span", { class: "unseen" }, t("report.note")),
        h("textarea", {
          rows: 1,
          maxlength: 2000,
          placeholder: t("report.note"),
          value: value.note,
          oninput: (event) => ((value.note = event.target.value), changed()),
        }),
      ),
    );
    this.drawPlace();
    this.drawKinds();
    this.look();
    this.locateIfAllowed();
  }

  changed = () => {
    if (!this.entry) this.kept.save(this.value);
  };

  leave() {
    this.gone = true;
    clearTimeout(this.asking);
    this.kept.close();
    if (this.entry) change(this.entry.id, { state: this.entry.error ? "stuck" : "waiting" }, (one) => one.state === "held");
  }

  async clear() {
    await this.kept.drop();
    location.replace("#/");
  }

  // ---- where

  get grid() {
    const grids = state.inbox?.grids ?? [];
    return grids.find((one) => one.code === this.value.grid) ?? null;
  }

  async locateIfAllowed() {
    if (!this.value.here && (await allowed())) await this.locate();
    else if (!this.value.grid && (state.inbox?.grids ?? []).length === 1) this.choose(state.inbox.grids[0].code);
  }

  locate = async () => {
    this.finding = true;
    this.drawPlace();
    try {
      const here = state.here && Date.now() - state.here.at < FRESH_MS ? state.here : await locate();
      set({ here }, "here");
      this.value.here = here;
      const found = nearest(here, state.inbox?.grids ?? []);
      if (found) this.value.grid = found.place.code;
      this.refused = null;
    } catch (error) {
      this.refused = error.code === 1 ? "place.refused" : "place.none";
    }
    this.finding = false;
    this.changed();
    if (this.gone) return;
    this.drawPlace();
    this.look();
  };

  choose = (code) => {
    this.value.grid = code;
    this.changed();
    this.drawPlace();
    this.look();
  };

  drawPlace() {
    const { here } = this.value;
    const { grid } = this;
    const small = this.finding
      ? t("place.finding")
      : here
        ? t("place.accuracy", { n: here.accuracy })
        : t(this.refused ?? "place.not_asked");
    this.place.replaceChildren(
      miniMap(here, state.inbox?.grids ?? [], grid),
      h(
        "div",
        { class: "loc__say" },
        h("b", {}, grid ? grid.name : t("place.choose")),
        h("span", {}, [grid?.place?.split("·").slice(1, -1).join("·"), small].filter(Boolean).join(" · ")),
      ),
      h(
        "div",
        { class: "loc__acts" },
        here ? null : button(t("place.locate"), this.locate, { kind: "btn--link", disabled: this.finding }),
        button(t("place.change"), () => gridPicker(state.inbox?.grids ?? [], here, this.choose), { kind: "btn--link" }),
      ),
    );
  }

  // ---- what

  drawKinds() {
    const { value, offered } = this;
    const chosen = offered.find((one) => one.key === value.kind);
    const shown = [...new Set([chosen, ...offered].filter(Boolean))].slice(0, SHOWN);
    const basis = { habit: t("kind.by_habit"), place: t("kind.by_place") };
    this.kinds.replaceChildren(
      h(
        "fieldset",
        { class: "choice" },
        h("legend", { class: "label" }, t("kind.what")),
        h(
          "div",
          { class: "choice__all choice__all--kinds" },
          shown.map((one) =>
            h(
              "label",
              { class: "kind" },
              h("input", {
                type: "radio",
                name: "kind",
                value: one.key,
                checked: one.key === value.kind,
                onchange: () => this.pick(one.key),
              }),
              h("span", {}, one.name),
              one.key === value.kind && basis[one.basis] ? h("small", {}, basis[one.basis]) : null,
            ),
          ),
          h(
            "button",
            { type: "button", class: "kind kind--more", onclick: this.allKinds },
            h("span", {}, t("kind.other")),
            icon("next"),
          ),
        ),
      ),
    );
  }

  pick = (key) => {
    this.value.kind = key;
    this.changed();
    this.drawKinds();
    this.kinds.querySelector("input:checked")?.focus();
    this.look();
  };

  allKinds = () => {
    const groups = state.catalogue?.groups ?? [];
    const opened = sheet(
      t("kind.what"),
      ...groups.map((group) =>
        h(
          "section",
          { class: "stack" },
          h("h3", { class: "label" }, group.name),
          this.offered
            .filter((one) => one.group === group.key)
            .map((one) =>
              h(
                "button",
                { type: "button", class: "kind", onclick: () => (this.pick(one.key), opened.close()) },
                h("span", {}, one.name),
              ),
            ),
        ),
      ),
    );
  };

  // ---- is it known already?

  look() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask(), CALM_MS);
  }

  async ask() {
    const { kind, grid, here, note } = this.value;
    if (!kind || !grid) return this.drawHint([]);
    let rows = similarHere(kind, here ?? this.grid);
    if (state.online) {
      const query = new URLSearchParams({
        place: grid,
        kind,
        title: this.title(note),
        ...(here ? { lon: here.lon, lat: here.lat } : {}),
      });
      rows = await ask("GET", `/similar?${query}`, { patience: 6000 }).then(
        (answer) => answer.body.rows,
        (error) => (failed(error), rows),
      );
    }
    if (!this.gone) this.drawHint(rows);
  }

  drawHint(rows) {
    const same = rows.find((one) => one.id === this.value.repeat_of);
    if (!rows.length && !this.value.repeat_of) return this.hint.replaceChildren();
    const words = this.value.repeat_of
      ? h("span", {}, t("similar.same", { number: same?.number ?? "" }))
      : h("span", {}, t("similar.found", { n: rows.length }), h("br"), t("similar.compare"));
    this.hint.replaceChildren(
      h("button", { type: "button", class: "dup", onclick: () => this.compare(rows) }, icon("copies"), words, icon("next")),
    );
  }

  compare(rows) {
    const say_ = (id) => {
      this.value.repeat_of = id;
      this.changed();
      this.drawHint(rows);
      opened.close();
    };
    const opened = sheet(
      t("similar.title"),
      h("p", { class: "why" }, t("similar.about")),
      ...rows.map((one) =>
        h(
          "article",
          { class: "card card--one" },
          h(
            "p",
            { class: "due" },
            h("b", {}, one.number),
            h("span", {}, one.state_label),
            one.metres == null ? null : h("span", { class: "due__far" }, distance(one.metres)),
          ),
          h("h3", { class: "card__title" }, one.title),
          h("p", { class: "why" }, t("similar.reported", { at: dayTime(one.reported_at) })),
          button(t("similar.is_same"), () => say_(one.id), {
            kind: this.value.repeat_of === one.id ? "btn--p btn--wide" : "btn--wide",
          }),
        ),
      ),
      button(t("similar.none"), () => say_(null), { kind: "btn--wide" }),
    );
  }

  // ---- off it goes

  title(note) {
    const kind = this.offered.find((one) => one.key === this.value.kind);
    return (note.trim().split("\n")[0] || [kind?.name, this.grid?.name].filter(Boolean).join(" · ")).slice(0, TITLE);
  }

  body() {
    const { value } = this;
    const { here } = value;
    return {
      place: value.grid,
      kind: value.kind,
      title: this.title(value.note),
      evidence: [...value.photos],
      ...(value.note.trim() ? { description: value.note.trim() } : {}),
      ...(here ? { lon: here.lon, lat: here.lat, accuracy: here.accuracy } : {}),
      ...(value.repeat_of ? { repeat_of: value.repeat_of } : {}),
    };
  }

  async send() {
    const { value, node, entry } = this;
    if (!value.kind) return fault(node, t("form.missing", { what: t("kind.what_short") }));
    if (!value.grid) return fault(node, t("form.missing", { what: t("place.short") }));
    fault(node, null);
    const body = this.body();
    try {
      await add(
        {
          ...(entry ? { id: entry.id, device_at: entry.device_at } : {}),
          kind: "report",
          user: state.me.id,
          ref: null,
          path: "/cases",
          title: body.title,
          what: label("action", "report"),
          where: this.grid?.name ?? "",
          body,
          photos: [...value.photos],
        },
        { blobs: this.blobs, draft: this.kept.key },
      );
    } catch (error) {
      if (!full(error)) throw error;
      return fault(node, t("full.form"));
    }
    this.blobs = {};
    await this.kept.drop();
    await remember(value.kind);
    say(t(state.online ? "sent.now" : "sent.later"));
    location.replace(entry ? "#/queue" : "#/mine");
  }
}
