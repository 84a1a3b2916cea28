/* 待办: what is due first, what is near, what is supervised; cases and directives in one list. */
import { actionsOf, actionWord, dueOf, moment, pending, timeOf, why } from "../js/case.js";
import { clockBar } from "../js/clockbar.js";
import { button, cardMark, clauses, h, icon, link, say } from "../js/dom.js";
import { locate, mapLink, metres } from "../js/geo.js";
import { now, set, state } from "../js/state.js";
import { dayParts, dayTime, distance, listed, t } from "../js/words.js";

const TABS = [
  ["", "inbox.first_due"],
  ["near", "inbox.near"],
  ["watched", "inbox.watched"],
];

export default {
  tab: "inbox",
  on: ["inbox", "queue", "tick", "session", "here"],
  draw({ which = "" }) {
    const items = itemsOf();
    const today = items.filter((item) => isToday(dueOf(item))).length;
    return {
      title: t("tab.inbox"),
      sub: state.inbox ? t("inbox.today", { n: today }) : "",
      body: [tabs(which, items), h("div", { class: "list", id: "list" }, ...shown(which, items))],
    };
  },
};

export function itemsOf() {
  const cases = (state.inbox?.cases ?? []).map((one) => ({ ...one, case: true }));
  const orders = (state.inbox?.directives ?? []).filter((one) => !one.mine?.answered_at && !one.withdrawn_at);
  return [...cases, ...orders].sort((a, b) => due(a) - due(b));
}

function due(item) {
  return Date.parse(dueOf(item)) || Infinity;
}

function isToday(at) {
  return at && (Date.parse(at) <= now() || dayParts(at, now()).day === t("day.today"));
}

function tabs(which, items) {
  const counts = { "": items.length, watched: items.filter(watched).length };
  return h(
    "nav",
    { class: "seg", "aria-label": t("inbox.sorted") },
    TABS.map(([key, words]) =>
      h(
        "a",
        { href: `#/${key}`, class: "seg__tab", "aria-current": key === which ? "true" : null },
        t(words),
        counts[key] !== undefined && state.inbox ? h("b", {}, ` ${counts[key]}`) : null,
      ),
    ),
  );
}

function watched(item) {
  return item.case && item.head.supervision !== "none";
}

function shown(which, items) {
  if (!state.inbox) return [empty(state.online ? "inbox.loading" : "inbox.never")];
  if (which === "watched") return cards(items.filter(watched), "inbox.none_watched");
  if (which !== "near") return cards(items, "inbox.none", true);
  if (!state.here) return [nearCard()];
  const placed = items.filter((item) => far(item) !== null).sort((a, b) => far(a) - far(b));
  return cards(placed, "inbox.none_near");
}

function cards(items, none, hot = false) {
  if (!items.length) return [empty(none)];
  const first = hot ? items.find((item) => item.case) : null;
  return items.map((item) => (item.case ? (item === first ? hotCard(item) : caseCard(item)) : orderCard(item)));
}

function empty(words) {
  return h("p", { class: "card card--say" }, icon(words === "inbox.none" ? "check" : "list"), h("span", {}, t(words)));
}

function nearCard() {
  return h(
    "div",
    { class: "card card--say" },
    icon("pin"),
    h("span", {}, t("near.ask")),
    button(t("near.locate"), find, { kind: "btn--p" }),
  );
}

async function find() {
  try {
    set({ here: await locate() }, "here");
  } catch (error) {
    say(t(error.code === 1 ? "place.refused" : "place.none"), "said--bad");
  }
}

function far(item) {
  return item.case ? metres(state.here, item.head) : null;
}

function distanceOf(item) {
  const value = far(item);
  return value === null ? null : h("span", { class: "due__far" }, distance(value));
}

export function caseHref(head) {
  return `#/case/${head.county_code}/${head.id}`;
}

export function actHref(head, action) {
  return `#/act/${head.county_code}/${head.id}/${action.action}`;
}

function hotCard(item) {
  const { head, clock } = item;
  const time = timeOf(clock, head.close_due_at);
  const actions = actionsOf(head.id, item.actions);
  const first = actions.find((one) => one.primary) ?? actions[0];
  const second =
    actions.find((one) => one !== first && one.action === "object") ??
    actions.find((one) => one !== first && one.action === "ask_extension");
  return h(
    "article",
    { class: `card card--hot ${time.late ? "card--late" : ""}` },
    h(
      "p",
      { class: "due due--big" },
      h("b", {}, time.big),
      time.card ? h("span", { class: "due__card" }, cardMark(time.card), cardWords(time)) : null,
      distanceOf(item),
    ),
    h("h2", { class: "card__title" }, h("a", { href: caseHref(head) }, head.title)),
    tags(head),
    clock ? clockBar(clock) : null,
    h("p", { class: "why" }, clauses(why(clock) ?? head.place)),
    unsentLine(head),
    h(
      "div",
      { class: "acts" },
      first
        ? link(actionWord(first), actHref(head, first), { kind: "btn--p" })
        : link(t("case.open"), caseHref(head), { kind: "btn--p" }),
      head.lon !== null
        ? link("", mapLink(head, head.title), { name: "nav", kind: "btn--icon", "aria-label": t("case.navigate") })
        : null,
      second ? link(actionWord(second), actHref(head, second)) : first ? link(t("case.open"), caseHref(head)) : null,
    ),
  );
}

function cardWords(time) {
  return time.late ? t("time.since", { at: moment(time.at) }) : t(`card.${time.card}_at`, { at: moment(time.at) });
}

function caseCard(item) {
  const { head, clock } = item;
  const at = dueOf(item);
  const parts = at ? dayParts(at, now()) : null;
  const late = at && Date.parse(at) < now();
  return h(
    "article",
    { class: `card card--one ${late ? "card--late" : ""}` },
    h(
      "p",
      { class: "due" },
      h("b", {}, parts ? (parts.near ? `${parts.day} ${parts.rest}` : parts.day) : t("time.none")),
      h(
        "span",
        {},
        parts && !parts.near ? `${parts.rest} ` : "",
        late ? t("time.late") : clock ? t(`clock.${clock.clock}`) : head.state_label,
      ),
      distanceOf(item),
    ),
    h("h2", { class: "card__title" }, h("a", { href: caseHref(head) }, head.title)),
    h("p", { class: "why" }, line(item)),
    unsentLine(head),
  );
}

function line({ head, clock }) {
  const parts = [head.kind_label, head.state_label];
  if (head.card !== "none") parts.push(t(`card.${head.card}`));
  if (clock?.status === "running" && Date.parse(clock.due_at) > now()) parts.push(timeOf(clock, null).big);
  return parts.join(" · ");
}

function unsentLine(head) {
  const waiting = pending(head.id);
  if (!waiting.length) return null;
  const stuck = waiting.some((entry) => entry.state === "stuck");
  return h(
    "p",
    { class: `unsent ${stuck ? "unsent--stuck" : ""}` },
    icon(stuck ? "warn" : "up"),
    t(stuck ? "queue.stuck_here" : "queue.waiting_here", { what: listed(waiting.map((entry) => entry.what)) }),
  );
}

export function tags(head, more = []) {
  return h(
    "p",
    { class: "tags" },
    h("span", { class: `tag tag--s${head.severity}` }, head.severity_label),
    h("span", { class: "tag" }, head.kind_label),
    head.supervision !== "none" ? h("span", { class: "tag tag--watched" }, t(`watched.${head.supervision}`)) : null,
    more.map((words) => h("span", { class: "tag" }, words)),
  );
}

function orderCard(order) {
  const fresh = !order.mine?.read_at;
  return h(
    "article",
    { class: `card card--one card--order ${fresh ? "card--fresh" : ""}` },
    h(
      "p",
      { class: "due" },
      h("b", {}, dayTime(order.due_at, now())),
      h("span", {}, Date.parse(order.due_at) < now() ? t("time.late") : t("order.name")),
      fresh ? h("span", { class: "due__far due__new" }, t("order.new")) : null,
    ),
    h("h2", { class: "card__title" }, h("a", { href: `#/order/${order.id}` }, order.text)),
    h(
      "p",
      { class: "why" },
      t("order.from", { who: order.issuer, at: dayTime(order.issued_at, now()), region: order.region_label ?? "" }),
    ),
  );
}
