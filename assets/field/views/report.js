/* 上报: photo first, position, kind, three taps. Works without a network; the draft is kept while one writes. */
import { catalogue } from "../js/data.js";
import { button, h, icon, say } from "../js/dom.js";
import { allowed, locate, metres, nearest } from "../js/geo.js";
import { add, change } from "../js/queue.js";
import { on, set, state } from "../js/state.js";
import { full, read } from "../js/store.js";
import { kindsOffered, remember, SHOWN } from "../js/suggest.js";
import { distance, label, t } from "../js/words.js";
import { draft, fault, photoField, submit } from "./form.js";
import { allKinds } from "./kinds.js";
import { gridPicker, miniMap } from "./place.js";
import { SimilarHint } from "./similar.js";

const TITLE = 60;
const FAR_M = 3000; // from the middle of the grid: is it the right one?
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
      here: null,
      repeat_of: null,
      ...(entry ? fromEntry(entry) : await kept.load()),
    };
    if (!entry && !(Date.now() - value.here?.at < FRESH_MS)) value.here = null; // a position of another day is no position
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
    repeat_of: body.repeat_of ?? null,
    here: body.lon == null ? null : { lon: body.lon, lat: body.lat, accuracy: body.accuracy },
  };
}

class ReportForm {
  constructor(value, offered, kept, entry) {
    Object.assign(this, { value, offered, kept, entry, blobs: {}, refused: null });
    this.place = h("div", { class: "loc" });
    this.kinds = h("div", {});
    this.similar = new SimilarHint(this);
    const { changed } = this;
    this.node = h(
      "form",
      { id: "form", class: "list", novalidate: true, onsubmit: (event) => (event.preventDefault(), this.send()) },
      photoField(value, this.blobs, { large: true, changed }),
      this.place,
      this.kinds,
      this.similar.node,
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
    this.deaf = on("catalogue", () => this.offer());
    this.drawPlace();
    this.drawKinds();
    this.similar.look();
    this.locateIfAllowed();
  }

  /* The catalogue came after the form stood. */
  async offer() {
    this.offered = await kindsOffered(state.catalogue.kinds);
    this.drawKinds();
  }

  changed = () => {
    if (!this.entry) this.kept.save(this.value);
  };

  leave() {
    this.gone = true;
    this.deaf();
    this.similar.leave();
    this.kept.close();
    if (this.entry) change(this.entry.id, { state: this.entry.error ? "stuck" : "waiting" }, (one) => one.state === "held");
  }

  async clear() {
    await this.kept.drop();
    location.replace("#/");
  }

  get grids() {
    return state.inbox?.grids ?? [];
  }

  get grid() {
    return this.grids.find((one) => one.code === this.value.grid) ?? null;
  }

  async locateIfAllowed() {
    if (!this.value.here && (await allowed())) await this.locate();
    else if (!this.value.grid && this.grids.length === 1) this.choose(this.grids[0].code);
  }

  locate = async () => {
    this.finding = true;
    this.drawPlace();
    try {
      const here = state.here && Date.now() - state.here.at < FRESH_MS ? state.here : await locate();
      set({ here }, "here");
      this.value.here = here;
      const found = nearest(here, this.grids);
      if (found) this.value.grid = found.place.code;
      this.refused = null;
    } catch (error) {
      this.refused = error.code === 1 ? "place.refused" : "place.none";
    }
    this.finding = false;
    this.changed();
    if (this.gone) return;
    this.drawPlace();
    this.similar.look();
  };

  choose = (code) => {
    this.value.grid = code;
    this.changed();
    this.drawPlace();
    this.similar.look();
  };

  drawPlace() {
    const { here } = this.value;
    const { grid, grids } = this;
    const locateButton = button(t("place.locate"), this.locate, { kind: "btn--link", disabled: this.finding });
    const changeButton = button(t("place.change"), () => gridPicker(grids, here, this.choose), { kind: "btn--link" });
    this.place.replaceChildren(
      miniMap(here, grids, grid),
      h(
        "div",
        { class: "loc__say" },
        h("b", {}, grid?.name ?? t(grids.length ? "place.choose" : "place.by_server")),
        h("span", {}, this.placeWords()),
      ),
      h("div", { class: "loc__acts" }, here ? null : locateButton, grids.length ? changeButton : null),
    );
  }

  placeWords() {
    const { here } = this.value;
    const far = this.grid ? metres(here, this.grid) : null;
    const how = this.finding
      ? "place.finding"
      : here
        ? "place.accuracy"
        : (this.refused ?? (this.grids.length ? "place.not_asked" : "place.needed"));
    const parts = [
      this.grid?.place.split("·").slice(1, -1).join("·"),
      t(how, { n: here?.accuracy }),
      far > FAR_M ? t("place.far", { far: distance(far) }) : null,
    ];
    return parts.filter(Boolean).join(" · ");
  }

  drawKinds() {
    const { value, offered } = this;
    const chosen = offered.find((one) => one.key === value.kind);
    const shown = [...new Set([chosen, ...offered].filter(Boolean))].slice(0, chosen ? SHOWN : SHOWN + 1);
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
            { type: "button", class: "kind kind--more", onclick: () => allKinds(this.offered, this.pick) },
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
    this.similar.look();
  };

  title(note) {
    const kind = this.offered.find((one) => one.key === this.value.kind);
    return (note.trim().split("\n")[0] || [kind?.name, this.grid?.name].filter(Boolean).join(" · ")).slice(0, TITLE);
  }

  body() {
    const { value } = this;
    const { here } = value;
    return {
      ...(value.grid ? { place: value.grid } : {}),
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
    const placed = this.grids.length ? value.grid : value.here; // without grids of one's own the server finds it
    if (!placed) return fault(node, t("form.missing", { what: t(this.grids.length ? "place.short" : "place.position") }));
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
