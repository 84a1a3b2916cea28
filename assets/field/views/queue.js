/* 待发送: each entry with how it stands; a stuck one can be done anew, edited, taken out as a file, or deleted. */
import { pending } from "../js/case.js";
import { dossier } from "../js/data.js";
import { button, h, icon, picture, say, sheet } from "../js/dom.js";
import { ownUrl } from "../js/photos.js";
import { change, drop, pack, unsent } from "../js/queue.js";
import { kick } from "../js/send.js";
import { state } from "../js/state.js";
import { dayTime, label, t } from "../js/words.js";

const SHOWN_DONE = 8;

export default {
  back: "#/mine",
  tab: "mine",
  on: ["queue", "online", "session"],
  draw() {
    const waiting = unsent(state.entries);
    const done = state.entries
      .filter((entry) => entry.state === "done" && !entry.quiet)
      .reverse()
      .slice(0, SHOWN_DONE);
    return {
      title: t("queue.title"),
      sub: waiting.length ? t("queue.n", { n: waiting.length }) : "",
      body: [
        h(
          "div",
          { class: "list" },
          h(
            "p",
            { class: "note" },
            icon(state.online ? "check" : "off"),
            t(waiting.length ? (state.online ? "queue.goes" : "queue.offline") : "queue.empty"),
          ),
          waiting.map(card),
          waiting.some((entry) => entry.state === "waiting")
            ? button(t("queue.now"), kick, { name: "up", kind: "btn--wide btn--p", disabled: state.sending })
            : null,
          state.others ? h("p", { class: "note" }, icon("person"), t("queue.others", { n: state.others })) : null,
          done.length
            ? h(
                "section",
                { class: "card" },
                h("h2", { class: "card__head" }, t("queue.done")),
                h("ul", { class: "rows" }, done.map(doneRow)),
              )
            : null,
        ),
      ],
    };
  },
};

function doneRow(entry) {
  const href = entry.answer?.county_code ? `#/case/${entry.answer.county_code}/${entry.answer.id}` : null;
  return h(
    "li",
    {},
    h(
      href ? "a" : "span",
      { class: "rows__one", href },
      h("span", { class: "tag tag--done" }, entry.what),
      h("b", {}, entry.title),
      h("small", {}, t("queue.sent_at", { at: dayTime(entry.sent_at), number: entry.answer?.number ?? "" })),
    ),
  );
}

function card(entry) {
  const stuck = entry.state === "stuck";
  return h(
    "article",
    { class: `card entry ${stuck ? "card--stuck" : ""}`, "data-entry": entry.id },
    h(
      "p",
      { class: "due" },
      h("b", {}, entry.what),
      h("span", {}, t(`entry.${entry.state}`)),
      h("span", { class: "due__far" }, dayTime(entry.device_at)),
    ),
    h("h2", { class: "card__title" }, entry.title),
    noteOf(entry),
    entry.photos.length
      ? h(
          "div",
          { class: "thumbs" },
          entry.photos.map((sha, n) => picture(ownUrl(sha), t("photo.nth", { n: n + 1 }))),
        )
      : null,
    stuck
      ? trouble(entry)
      : entry.error && entry.state === "waiting"
        ? h("p", { class: "why" }, t("queue.tried", { n: entry.attempts }))
        : null,
    entry.state === "sending" ? null : acts(entry),
  );
}

function noteOf(entry) {
  const text = entry.body.inputs?.note ?? entry.body.description ?? entry.body.note ?? entry.body.answer;
  return text && text !== entry.title ? h("p", { class: "why" }, text) : null;
}

function trouble(entry) {
  const { error } = entry;
  const standing = error?.standing;
  if (error?.status === 409 && standing)
    return h(
      "div",
      { class: "conflict", role: "alert" },
      h("b", {}, t("conflict.title")),
      h(
        "p",
        {},
        t("conflict.who", {
          who: [standing.actor, label("role", standing.role)].filter(Boolean).join(" · "),
          at: dayTime(standing.at),
          what: standing.action_label ?? label("action", standing.action),
        }),
      ),
      h("p", {}, t("conflict.state", { state: standing.state_label ?? label("state", standing.state) })),
    );
  const known =
    { 413: "error.413", 404: "error.404", 403: "error.404", 410: "error.410", 409: "error.409" }[error?.status] ?? "error.400";
  return h(
    "div",
    { class: "conflict", role: "alert" },
    h("b", {}, t(known)),
    error?.message && error.message !== "photo_gone" ? h("p", {}, error.message) : null,
  );
}

function acts(entry) {
  const conflict = entry.state === "stuck" && entry.error?.status === 409 && entry.kind === "action";
  const may = entry.state === "stuck" || (entry.state === "waiting" && !entry.attempts) || entry.state === "held";
  return h(
    "div",
    { class: "entry__acts" },
    conflict ? button(t("conflict.redo"), () => edit(entry), { name: "again", kind: "btn--p" }) : null,
    conflict ? button(t("conflict.anyway"), () => anyway(entry), { name: "up" }) : null,
    !conflict && may && editable(entry) ? button(t("entry.edit"), () => edit(entry), { name: "pen" }) : null,
    !conflict && entry.state === "stuck" ? button(t("entry.again"), () => retry(entry), { name: "up" }) : null,
    button(t("entry.export"), () => save(entry), { name: "down" }),
    button(t(conflict ? "conflict.drop" : "entry.delete"), () => discard(entry), { name: "bin", kind: "btn--bad" }),
  );
}

function editable(entry) {
  return entry.kind === "report" || entry.kind === "action";
}

/* While it is edited it is held: neither it nor what hangs on it goes. */
async function edit(entry) {
  const held = await change(entry.id, { state: "held" }, (one) => one.state !== "sending" && one.state !== "done");
  if (!held) return say(t("entry.gone"));
  const [, county, id] = entry.kind === "action" ? entry.path.match(/^\/cases\/([^/]+)\/([^/]+)/) : [];
  location.hash = { report: `#/report/${entry.id}`, action: `#/act/${county}/${id}/${entry.body.action}/${entry.id}` }[
    entry.kind
  ];
}

async function retry(entry) {
  await change(entry.id, { state: "waiting", error: null }, (one) => one.state === "stuck");
  kick();
}

/* As it was written: the same action where it is still allowed, else as a note on the case. */
async function anyway(entry) {
  const [, county, id] = entry.path.match(/^\/cases\/([^/]+)\/([^/]+)/);
  const found = await dossier(county, id).catch(() => null);
  if (!found?.fresh) return say(t("conflict.needs_net"), "said--bad");
  const { head, actions } = found.data;
  const note = [t("conflict.was", { what: entry.what }), entry.body.inputs.note].filter(Boolean).join(" ");
  const evidence = entry.photos.length ? { evidence: entry.photos } : {};
  const body = actions.some((one) => one.action === entry.body.action)
    ? { ...entry.body, version: head.version }
    : actions.some((one) => one.action === "progress")
      ? { action: "progress", version: head.version, inputs: { note, ...evidence } }
      : null;
  if (!body) return say(t("conflict.not_allowed", { state: head.state_label }), "said--bad");
  await change(entry.id, { state: "waiting", error: null, body }, (one) => one.state === "stuck");
  kick();
}

async function save(entry) {
  const url = URL.createObjectURL(await pack(entry));
  h("a", { href: url, download: `ypld-${entry.kind}-${entry.id.slice(0, 13)}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function discard(entry) {
  const followers = entry.ref ? pending(entry.ref.slice(5)).length - 1 : 0;
  const opened = sheet(
    t("entry.delete"),
    h("p", { class: "why" }, t("entry.delete_sure", { what: entry.what, title: entry.title })),
    entry.attempts && entry.state === "waiting" ? h("p", { class: "why" }, t("entry.delete_tried")) : null,
    followers > 0 ? h("p", { class: "why" }, t("entry.delete_followers", { n: followers })) : null,
    h(
      "div",
      { class: "stack" },
      button(t("entry.delete_yes"), async () => (opened.close(), await drop(entry.id), kick()), { kind: "btn--bad btn--wide" }),
      button(t("entry.keep"), () => opened.close(), { kind: "btn--wide" }),
    ),
  );
}
