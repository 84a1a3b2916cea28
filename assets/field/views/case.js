/* 案件: what it is, how its three clocks stand and why, what happened, and what can be done. */
import { ApiError } from "../js/api.js";
import { actionsOf, actionWord, number, pending, shortPlace } from "../js/case.js";
import { dossier, keptDossier } from "../js/data.js";
import { button, h, icon, link, notice, picture, sheet } from "../js/dom.js";
import { mapLink, metres } from "../js/geo.js";
import { thumbUrl } from "../js/photos.js";
import { now, state } from "../js/state.js";
import { dayTime, distance, listed, shortTime, t } from "../js/words.js";
import { actHref, tags } from "./inbox.js";
import { clocks } from "./clocks.js";
import { throwToWall } from "./drive.js";

const BESIDE = 2; // actions beside the first that fit the bar
let shownId = null;
let loaded = null;

export default {
  back: "#/",
  on: ["queue", "tick", "case"],
  async draw({ county, id }, { event }) {
    if (shownId !== id || !event || event === "case") loaded = await load(county, id);
    shownId = id;
    if (!loaded?.data)
      return {
        title: t("case.title"),
        body: [notice("warn", t(loaded?.gone ? "case.gone" : "case.not_here"))],
      };
    const { head } = loaded.data;
    return {
      title: number(head),
      body: [
        top(head),
        h(
          "div",
          { class: "list" },
          stale(loaded),
          waitingCard(head),
          clocks(loaded.data),
          story(loaded.data),
          reporter(loaded.data),
        ),
      ],
      foot: foot(head, actionsOf(head.id, loaded.data.actions)),
    };
  },
};

/* Asks the server; meanwhile nothing, as what is on the phone is shown as soon as the server is known to be away. */
async function load(county, id) {
  try {
    return (state.online ? await dossier(county, id) : await keptDossier(county, id)) ?? fromInbox(id);
  } catch (error) {
    if (error instanceof ApiError) return { gone: error.status === 404 };
    throw error;
  } finally {
    document.body.dataset.case = id;
  }
}

/* Of a case that was never opened the inbox holds the head, the clock and the actions. */
function fromInbox(id) {
  const found = state.inbox?.cases.find((one) => one.head.id === id);
  return found
    ? {
        at: state.inboxAt,
        fresh: false,
        data: { head: found.head, clocks: found.clock ? [found.clock] : [], steps: [], actions: found.actions, reporter: null },
      }
    : null;
}

function stale(found) {
  return found.fresh ? null : h("p", { class: "note" }, icon("off"), t("case.as_of", { at: dayTime(found.at) }));
}

function top(head) {
  const far = metres(state.here, head);
  return h(
    "section",
    { class: "head" },
    tags(head, [head.state_label]),
    h("h2", { class: "head__title" }, head.title),
    head.description ? h("p", { class: "head__say" }, head.description) : null,
    h(
      "div",
      { class: "head__place" },
      icon("pin"),
      h(
        "span",
        {},
        shortPlace(head.place),
        head.address ? h("br") : null,
        head.address,
        far === null ? null : h("span", { class: "head__far" }, t("case.far", { far: distance(far) })),
      ),
      head.lon !== null ? link(t("case.navigate"), mapLink(head, head.title), { name: "nav" }) : null,
    ),
    state.wall ? button(t("wall.throw"), () => throwToWall(head), { name: "wall", kind: "btn--wide" }) : null,
  );
}

function waitingCard(head) {
  const waiting = pending(head.id);
  if (!waiting.length) return null;
  return h(
    "a",
    { class: `card card--say ${waiting.some((one) => one.state === "stuck") ? "card--stuck" : ""}`, href: "#/queue" },
    icon("up"),
    h("span", {}, t("case.waiting", { what: listed(waiting.map((one) => one.what)) })),
    icon("next"),
  );
}

function story({ steps, chain_ok }) {
  if (!steps.length) return null;
  const list = [...steps].reverse();
  return h(
    "section",
    { class: "card story" },
    h(
      "h2",
      { class: "card__head" },
      t("case.story"),
      h("span", { class: chain_ok ? "ok" : "bad" }, t(chain_ok ? "case.chain" : "case.chain_broken")),
    ),
    h(
      "ol",
      { class: "story__list" },
      list.map((step, n) =>
        h(
          "li",
          { class: `step ${n === 0 ? "step--now" : ""}` },
          h("time", { datetime: step.at }, shortTime(step.at, now())),
          h("i", { class: "step__dot", "aria-hidden": "true" }),
          h(
            "div",
            {},
            h("b", {}, step.label),
            said(step),
            step.device_at && late(step)
              ? h("p", { class: "step__device" }, t("case.entered", { at: dayTime(step.device_at, now()) }))
              : null,
            evidence(step),
          ),
        ),
      ),
    ),
  );
}

/* Entered offline, sent later: both times are told. */
function late(step) {
  return Math.abs(Date.parse(step.at) - Date.parse(step.device_at)) > 60_000;
}

function said(step) {
  const parts = [[step.role_label, step.unit].filter(Boolean).join(" · "), step.reason_label, step.note].filter(Boolean);
  return parts.map((text) => h("p", {}, text));
}

function evidence(step) {
  if (!step.evidence.length) return null;
  return h(
    "div",
    { class: "thumbs" },
    step.evidence.map((sha, n) =>
      h(
        "button",
        { type: "button", class: "thumbs__one", onclick: () => enlarge(sha) },
        picture(thumbUrl(sha), t("case.photo", { n: n + 1, of: step.label })),
      ),
    ),
  );
}

function enlarge(sha) {
  sheet(t("case.evidence"), h("img", { class: "full", src: `/api/v1/evidence/${sha}?size=full`, alt: t("case.evidence") }));
}

function reporter({ reporter: who }) {
  if (!who || (!who.name && !who.phone)) return null;
  return h(
    "section",
    { class: "card" },
    h("h2", { class: "card__head" }, t("case.reporter")),
    h("p", { class: "why" }, [who.name, who.phone].filter(Boolean).join(" ")),
  );
}

function foot(head, actions) {
  if (!actions.length) return null;
  const first = actions.find((one) => one.primary) ?? actions[0];
  const rest = actions.filter(
    (one) => one !== first && !(first.action === "handle" && (one.action === "stage" || one.action === "progress")),
  );
  const beside = rest.length > BESIDE ? rest.slice(0, BESIDE - 1) : rest;
  const hidden = rest.slice(beside.length);
  return h(
    "div",
    { class: "foot foot--acts" },
    link(actionWord(first), actHref(head, first), { kind: "btn--p" }),
    beside.map((one) => link(actionWord(one), actHref(head, one))),
    hidden.length ? button(t("case.more"), () => more(head, hidden)) : null,
  );
}

function more(head, actions) {
  const opened = sheet(
    t("case.more"),
    h(
      "div",
      { class: "stack" },
      actions.map((one) => h("a", { class: "btn", href: actHref(head, one), onclick: () => opened.close() }, one.label)),
    ),
  );
}
