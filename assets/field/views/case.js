/* 案件: what it is, how its three clocks stand and why, what happened, and what can be done. */
import { ApiError } from "../js/api.js";
import { actionsOf, actionWord, moment, number, pending, timeOf, used } from "../js/case.js";
import { clockBar } from "../js/clockbar.js";
import { dossier, keptDossier } from "../js/data.js";
import { button, cardMark, h, icon, link, picture, sheet } from "../js/dom.js";
import { mapLink, metres } from "../js/geo.js";
import { thumbUrl } from "../js/photos.js";
import { now, state } from "../js/state.js";
import { dayTime, distance, facts, hour, shortTime, span, t } from "../js/words.js";
import { actHref, tags } from "./inbox.js";
import { throwToWall } from "./drive.js";

const CLOCKS = ["accept", "handle", "verify"];
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
        body: [h("p", { class: "card card--say" }, icon("warn"), t(loaded?.gone ? "case.gone" : "case.not_here"))],
      };
    const { head } = loaded.data;
    return {
      title: t("case.number", { number: number(head) }),
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
    return state.online ? await dossier(county, id) : ((await keptDossier(county, id)) ?? fromInbox(id));
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
        head.place,
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
    h("span", {}, t("case.waiting", { what: waiting.map((one) => one.what).join(t("list.comma")) })),
    icon("next"),
  );
}

function clocks({ clocks: told, head }) {
  if (!told.length) return null;
  return h(
    "section",
    { class: "card card--clocks", "aria-label": t("case.clocks") },
    CLOCKS.map((key) => told.find((one) => one.clock === key))
      .filter(Boolean)
      .map((clock) => (clock.status === "running" || clock.status === "paused" ? running(clock, head) : quiet(clock))),
  );
}

function quiet(clock) {
  const limit = span(clock.limit_minutes, clock.work);
  const said =
    clock.status === "waiting"
      ? t(`clock.waits_${clock.clock}`, { limit })
      : t("clock.done", { used: span(clock.used_minutes, clock.work), limit });
  const mark =
    clock.on_time === null
      ? null
      : h(
          "span",
          { class: clock.on_time ? "ok" : "bad" },
          icon(clock.on_time ? "check" : "warn"),
          t(clock.on_time ? "clock.on_time" : "clock.late"),
        );
  return h(
    "div",
    { class: "clock" },
    h("b", {}, t(`clock.short_${clock.clock}`)),
    h("span", { class: "clock__say" }, said),
    clock.status === "done" ? mark : null,
  );
}

function running(clock, head) {
  const time = timeOf(clock, head.close_due_at);
  const cards = [
    ["yellow", clock.yellow_at],
    ["red", clock.due_at],
  ]
    .filter(([, at]) => at)
    .map(([card, at]) =>
      h("span", { class: "due__card" }, cardMark(card), h("span", { class: "unseen" }, t(`card.${card}`)), moment(at)),
    );
  return h(
    "div",
    { class: `clock-run ${time.late ? "clock-run--late" : ""}` },
    h(
      "p",
      { class: "due due--big" },
      h("span", { class: "due__name" }, t(`clock.short_${clock.clock}`)),
      h("b", {}, time.big),
      h("span", { class: "due__cards" }, cards),
    ),
    clockBar(clock),
    h(
      "dl",
      { class: "told" },
      h("dt", {}, t("clock.start")),
      h("dd", {}, t(`clock.start_${clock.clock}`, { at: dayTime(clock.started_at, now()) })),
      h("dt", {}, t("clock.limit")),
      h(
        "dd",
        {},
        t("clock.limits", {
          yellow: span(clock.yellow_minutes, clock.work),
          red: span(clock.limit_minutes + clock.extended_minutes, clock.work),
          rule: clock.rule,
        }),
        clock.extended_minutes ? t("clock.extended", { span: span(clock.extended_minutes, clock.work) }) : null,
      ),
      h("dt", {}, t("clock.used")),
      h("dd", {}, span(used(clock, now()), clock.work)),
      ...skips(clock),
    ),
  );
}

/* 夜间 17:30–08:30 ×2; holidays and pauses by their dates */
function skips(clock) {
  if (!clock.skipped.length) return [];
  const said = new Map();
  for (const one of clock.skipped) {
    const daily = one.why === "night" || one.why === "lunch";
    const words = `${facts.words[`skip.${one.why}`] ?? one.why} ${daily ? `${hour(one.start)}–${hour(one.end)}` : `${dayTime(one.start, now())} – ${dayTime(one.end, now())}`}`;
    said.set(words, (said.get(words) ?? 0) + 1);
  }
  return [
    h("dt", {}, t("clock.skips")),
    h("dd", {}, [...said.keys()].slice(0, 6).join(t("list.comma")), said.size > 6 ? "…" : ""),
  ];
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
