/* What is done to a case: one form for every action of the table, made of what the action needs and takes. */
import { ApiError } from "../js/api.js";
import { actionsOf, actionWord, number, refOf } from "../js/case.js";
import { catalogue, dossier, keptDossier } from "../js/data.js";
import { h, notice, say } from "../js/dom.js";
import { add, change } from "../js/queue.js";
import { state } from "../js/state.js";
import { full, read } from "../js/store.js";
import { beside, facts, label, t } from "../js/words.js";
import { choice, draft, fault, photoField, submit, textField } from "./form.js";

const DONE_WAYS = ["handle", "stage", "progress"];
const MOST_PHOTOS = 4;
let open = null; // the form that stands, {draft, leave}

export default {
  form: true,
  async draw({ county, id, action, entry: entryId }) {
    const entry = entryId ? await read("entries", entryId) : null;
    const found = await known(county, id, Boolean(entry));
    if (!found)
      return {
        title: t("case.title"),
        back: `#/case/${county}/${id}`,
        body: [notice("warn", t("case.not_here"))],
      };
    const allowed = entry ? found.actions : actionsOf(id, found.actions);
    const chosen = allowed.find((one) => one.action === action) ?? (entry ? fromTable(action) : null);
    if (!chosen)
      return {
        title: t("case.number", { number: number(found.head) }),
        back: `#/case/${county}/${id}`,
        body: [notice("warn", t("act.not_now"))],
      };
    return form(found.head, chosen, allowed, entry);
  },
  leave() {
    open?.leave();
    open = null;
  },
};

/* Head and actions: the inbox's if the case is in it, else the dossier's. Of a conflict's entry always the newest. */
async function known(county, id, newest) {
  const listed = state.inbox?.cases.find((one) => one.head.id === id);
  if (listed && !newest) return listed;
  try {
    const got = state.online ? await dossier(county, id) : await keptDossier(county, id);
    return got?.data ?? listed ?? null;
  } catch (error) {
    if (error instanceof ApiError) return listed ?? null;
    throw error;
  }
}

function fromTable(action) {
  const step = facts.steps[action];
  return (
    step && {
      action,
      label: label("action", action),
      needs: step.needs,
      takes: step.takes,
      reasons: step.reasons.map((code) => [code, label("reason", code)]),
    }
  );
}

async function form(head, first, allowed, entry) {
  const kept = draft(`${state.me.id} act ${head.id}`);
  const value = {
    inputs: {},
    photos: [],
    ...(entry ? { inputs: { ...entry.body.inputs }, photos: [...entry.photos] } : await kept.load()),
  };
  const blobs = {};
  const ways = DONE_WAYS.includes(first.action)
    ? DONE_WAYS.map((key) => allowed.find((one) => one.action === key)).filter(Boolean)
    : [first];
  const shown = { action: first };
  const version = head.version;
  const node = h("form", { id: "form", class: "list", novalidate: true, onsubmit: (event) => (event.preventDefault(), send()) });
  open = {
    leave: () => (
      kept.close(),
      entry && change(entry.id, { state: entry.error ? "stuck" : "waiting" }, (one) => one.state === "held")
    ),
  };
  const kinds = needsKinds(first) ? ((await catalogue())?.kinds ?? []) : [];
  const changed = () => !entry && kept.save(value);

  function draw() {
    const { action } = shown;
    const keys = [...action.needs, ...action.takes];
    node.replaceChildren(
      h("p", { class: "about" }, h("b", {}, head.title), h("span", {}, `${number(head)} · ${head.state_label}`)),
      ...(ways.length > 1
        ? [
            choice(
              t("act.how"),
              "way",
              ways.map((one) => [one.action, t(`way.${one.action}`), t(`way.${one.action}_why`)]),
              action.action,
              (key) => ((shown.action = ways.find((one) => one.action === key)), draw()),
            ),
          ]
        : []),
      ...keys.map((key) => input(key, action.needs.includes(key), action)),
    );
  }

  function set(key, given) {
    value.inputs[key] = given;
    changed();
  }

  function input(key, needed, action) {
    const title = needed ? t(`input.${key}`) : beside(t(`input.${key}`), t("input.optional"));
    const options = {
      reason: action.reasons,
      limit: coded("limit"),
      level: coded("level"),
      severity: coded("severity"),
      kind: kinds.map((one) => [one.key, one.name]),
      rating: [1, 2, 3, 4, 5].map((n) => [n, t("rating", { n })]),
      reached: [
        [true, t("yes")],
        [false, t("no")],
      ],
    }[key];
    if (key === "evidence")
      return h(
        "div",
        { class: "field" },
        h("span", { class: "label" }, title),
        photoField(value, blobs, { most: MOST_PHOTOS, changed }),
      );
    if (options) return choice(title, key, options, value.inputs[key], (given) => set(key, given));
    return textField(title, key, value.inputs[key], (given) => set(key, given), {
      rows: key === "note" ? 4 : 1,
      required: needed,
      most: key === "note" ? 2000 : 200,
    });
  }

  async function send() {
    const { action } = shown;
    const missing = action.needs.find((key) =>
      key === "evidence" ? !value.photos.length : value.inputs[key] === undefined || !String(value.inputs[key]).trim(),
    );
    if (missing) return fault(node, t("form.missing", { what: t(`input.${missing}`) }));
    if (action.action === "progress" && !value.inputs.note?.trim() && !value.photos.length)
      return fault(node, t("form.say_something"));
    fault(node, null);
    const keys = [...action.needs, ...action.takes];
    const inputs = Object.fromEntries(Object.entries(value.inputs).filter(([key, given]) => keys.includes(key) && given !== ""));
    const photos = keys.includes("evidence") ? value.photos : [];
    if (photos.length) inputs.evidence = photos;
    try {
      await add(
        {
          ...(entry ? { id: entry.id, device_at: entry.device_at } : {}),
          kind: "action",
          user: state.me.id,
          ref: refOf(head.id),
          path: `/cases/${head.county_code}/${head.id}/actions`,
          title: head.title,
          what: actionWord(action),
          body: { action: action.action, version, inputs },
          photos,
        },
        { blobs, draft: kept.key },
      );
    } catch (error) {
      if (!full(error)) throw error;
      return fault(node, t("full.form"));
    }
    await kept.drop();
    say(t(state.online ? "sent.now" : "sent.later"));
    location.replace(entry ? "#/queue" : `#/case/${head.county_code}/${head.id}`);
  }

  draw();
  return {
    title: actionWord(first),
    back: entry ? "#/queue" : `#/case/${head.county_code}/${head.id}`,
    body: [node],
    foot: submit(actionWord(first), t("sent.promise")),
  };
}

function needsKinds(action) {
  return [...action.needs, ...action.takes].includes("kind");
}

function coded(table) {
  return facts.inputs[table].map((code) => [code, label(table, code)]);
}
