/* 我的: what waits to be sent, what became of my reports, what counts against my grid and why, and the phone itself. */
import { number } from "../js/case.js";
import { against as published } from "../js/data.js";
import { button, h, icon, link, say, sheet } from "../js/dom.js";
import { unsent } from "../js/queue.js";
import { deviceId } from "../js/sender.js";
import { signOut } from "../js/session.js";
import { can, now, state } from "../js/state.js";
import { read, write } from "../js/store.js";
import { beside, bytes, dayTime, facts, label, listed, shortTime, t } from "../js/words.js";
import { speak } from "../js/shell.js";

const SHOWN = 8;
let all = false;

export default {
  tab: "mine",
  on: ["queue", "inbox", "session", "wall"],
  async draw(_given, { redraw }) {
    const [device, buzz, used, edition] = await Promise.all([
      deviceId(),
      read("meta", "buzz"),
      navigator.storage?.estimate?.(),
      state.inbox?.grid_today ? published() : null,
    ]);
    return {
      title: t("tab.mine"),
      sub: state.me?.name ?? "",
      body: [
        h(
          "div",
          { class: "list" },
          queueCard(),
          patrolCard(),
          wallCard(),
          against(),
          inEdition(edition),
          reports(redraw),
          phone(device, Boolean(buzz), used?.usage ?? 0),
        ),
      ],
    };
  },
};

function row(href, name, words, small, more) {
  return h(
    "a",
    { class: "card card--row", href },
    icon(name),
    h("span", { class: "card__two" }, h("b", {}, words), small ? h("small", {}, small) : null),
    more,
    icon("next"),
  );
}

function queueCard() {
  const waiting = unsent(state.entries);
  const stuck = waiting.filter((entry) => entry.state === "stuck").length;
  const words = stuck
    ? t("queue.stuck_n", { n: stuck })
    : waiting.length
      ? t("queue.waiting_n", { n: waiting.length })
      : t("queue.all_sent");
  return row("#/queue", stuck ? "warn" : waiting.length ? "up" : "check", words, t(waiting.length ? "queue.kept" : "queue.see"));
}

function patrolCard() {
  return can("patrol.record") ? row("#/patrol", "walk", t("patrol.title"), t("patrol.small")) : null;
}

function wallCard() {
  return can("wall.drive")
    ? row("#/drive", "wall", state.wall ? t("wall.driving", { name: state.wall.name }) : t("wall.pair"), t("wall.small"))
    : null;
}

/* Cases of a place; nobody is ranked. */
function against() {
  const today = state.inbox?.grid_today;
  if (!today) return null;
  const figures = [
    ["open", "grid.open"],
    ["overdue", "grid.overdue"],
    ["red", "grid.red"],
    ["yellow", "grid.yellow"],
  ];
  return h(
    "section",
    { class: "card", "aria-labelledby": "against" },
    h("h2", { class: "card__head", id: "against" }, t("grid.title")),
    h(
      "dl",
      { class: "figures" },
      figures.map(([key, words]) =>
        h(
          "div",
          { class: today[key] && key !== "open" ? "figures__one figures__one--worse" : "figures__one" },
          h("dd", {}, today[key]),
          h("dt", {}, t(words)),
        ),
      ),
    ),
    today.items.length
      ? h(
          "ul",
          { class: "rows" },
          today.items.map((one) =>
            h(
              "li",
              {},
              h(
                "a",
                { class: "rows__one", href: `#/case/${one.county_code}/${one.id}` },
                h("span", { class: `tag tag--${one.why}` }, one.why_label ?? one.why),
                h("b", {}, one.title),
                h("small", {}, one.rule),
              ),
            ),
          ),
        )
      : h("p", { class: "why" }, t("grid.none")),
    h("p", { class: "why why--end" }, t("grid.about")),
  );
}

/* What the last published edition counts against the grid: each figure with its cases, what was deducted, and problems. */
function inEdition(found) {
  if (!found?.edition) return null;
  const { edition, items, deductions, problems } = found;
  const period = t("against.period", { month: edition.start.slice(0, 7), scheme: edition.scheme });
  const lines = [
    ...items.flatMap(figure),
    ...deductions.map((one) => line(t("against.deducted", { n: one.points }), one.rule, `${one.region} · ${one.reason}`)),
    ...problems.map((one) => line(t("against.problem"), one.title, one.region)),
  ];
  return h(
    "section",
    { class: "card", "aria-labelledby": "edition" },
    h("h2", { class: "card__head", id: "edition" }, t("against.title"), h("span", { lang: found.lang }, period)),
    lines.length ? h("ul", { class: "rows", lang: found.lang }, lines) : h("p", { class: "why" }, t("against.none")),
    h("p", { class: "why why--end" }, t("against.about")),
  );
}

function figure(one) {
  const more = one.count - one.cases.length;
  return [
    line(t("against.count", { n: one.count, of: one.of }), one.name, one.why),
    ...one.cases.map((found) =>
      h(
        "li",
        { class: "rows__under" },
        h(
          "a",
          { class: "rows__one", href: `#/case/${found.county_code}/${found.id}` },
          h("b", {}, found.title),
          icon("next"),
          h("small", {}, number(found)),
        ),
      ),
    ),
    more > 0 ? h("li", { class: "rows__under" }, h("small", { class: "why" }, t("against.more", { n: more }))) : null,
  ].filter(Boolean);
}

function line(tag, words, small) {
  return h("li", { class: "rows__one" }, h("span", { class: "tag" }, tag), h("b", {}, words), h("small", {}, small));
}

function reports(redraw) {
  const waiting = unsent(state.entries).filter((entry) => entry.kind === "report");
  const mine = state.inbox?.mine ?? [];
  const shown = all ? mine : mine.slice(0, SHOWN);
  return h(
    "section",
    { class: "card", "aria-labelledby": "reports" },
    h("h2", { class: "card__head", id: "reports" }, t("mine.reports"), h("span", {}, t("mine.days"))),
    h(
      "ul",
      { class: "rows" },
      waiting.map((entry) =>
        h(
          "li",
          {},
          h(
            "a",
            { class: "rows__one", href: "#/queue" },
            h("span", { class: "tag tag--waiting" }, t(`entry.${entry.state}`)),
            h("b", {}, entry.title),
            h("small", {}, t("mine.written", { at: dayTime(entry.device_at) })),
          ),
        ),
      ),
      shown.map((one) =>
        h(
          "li",
          {},
          h(
            "a",
            { class: "rows__one", href: `#/case/${one.county_code}/${one.id}` },
            h("span", { class: "tag" }, one.state_label),
            h("b", {}, one.title),
            h(
              "small",
              {},
              `${number(one)} · ${shortTime(one.last.at, now())} ${one.last.note ? beside(one.last.label + t("list.colon").trim(), one.last.note) : one.last.label}`,
            ),
          ),
        ),
      ),
    ),
    mine.length || waiting.length ? null : h("p", { class: "why" }, t("mine.none")),
    mine.length > shown.length
      ? button(t("mine.all", { n: mine.length }), () => ((all = true), redraw()), { kind: "btn--wide" })
      : null,
  );
}

function phone(device, buzz, used) {
  const roles = listed([...new Set((state.me?.grants ?? []).map((grant) => label("role", grant.role)))]);
  return h(
    "section",
    { class: "card" },
    h("h2", { class: "card__head" }, t("phone.title")),
    h(
      "dl",
      { class: "told" },
      h("dt", {}, t("phone.who")),
      h("dd", {}, `${state.me?.name ?? ""} · ${roles}`),
      h("dt", {}, t("phone.device")),
      h("dd", {}, device.slice(-4).toUpperCase()),
      h("dt", {}, t("phone.used")),
      h("dd", {}, bytes(used)),
      h("dt", {}, t("phone.version")),
      h("dd", {}, facts.version),
    ),
    h(
      "label",
      { class: "switch" },
      h("span", {}, t("phone.buzz")),
      h("input", {
        type: "checkbox",
        role: "switch",
        checked: buzz,
        onchange: (event) => write("meta", event.target.checked, "buzz"),
      }),
    ),
    h(
      "div",
      { class: "stack stack--acts" },
      button(facts.lang === "en" ? "中文" : "English", () => speak(facts.lang === "en" ? "zh" : "en"), {
        kind: "btn--wide",
        lang: facts.lang === "en" ? "zh-CN" : "en",
      }),
      button(t("session.out"), leave, { name: "out", kind: "btn--wide" }),
    ),
  );
}

async function leave() {
  const waiting = unsent(state.entries).length;
  if (!waiting) return out();
  const opened = sheet(
    t("session.out"),
    h("p", { class: "why" }, t("session.out_unsent", { n: waiting })),
    h(
      "div",
      { class: "stack" },
      button(t("session.out_anyway"), () => (opened.close(), out()), { kind: "btn--bad btn--wide" }),
      link(t("queue.see"), "#/queue", { kind: "btn--wide", onclick: () => opened.close() }),
    ),
  );
}

async function out() {
  await signOut();
  location.replace("#/");
  say(t("session.bye"));
}
