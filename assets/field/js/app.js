/* The page: boots from what lies on the phone, routes by the hash, draws the header, the banners and one view. */
import { catalogue, refresh } from "./data.js";
import { button, h, icon, say } from "./dom.js";
import { connect, disconnect, onChange } from "./live.js";
import { unsent } from "./queue.js";
import { kick, start } from "./send.js";
import { check, recall } from "./session.js";
import { followLanguage, keepShell, tellLanguage, update } from "./shell.js";
import { on, set, state } from "./state.js";
import { read } from "./store.js";
import { dayTime, hour, t } from "./words.js";
import act from "../views/act.js";
import caseView from "../views/case.js";
import drive from "../views/drive.js";
import inbox from "../views/inbox.js";
import mine from "../views/mine.js";
import order, { take } from "../views/order.js";
import patrol from "../views/patrol.js";
import queue from "../views/queue.js";
import report from "../views/report.js";
import signIn from "../views/sign_in.js";

const ROUTES = [
  // path of the hash, view; groups become what the view is given
  [/^\/(?<which>near|watched)?$/, inbox],
  [/^\/report(\/(?<entry>[\w-]+))?$/, report],
  [/^\/case\/(?<county>[^/]+)\/(?<id>[\w-]+)$/, caseView],
  [/^\/act\/(?<county>[^/]+)\/(?<id>[\w-]+)\/(?<action>\w+)(\/(?<entry>[\w-]+))?$/, act],
  [/^\/order\/(?<id>[\w-]+)$/, order],
  [/^\/patrol$/, patrol],
  [/^\/mine$/, mine],
  [/^\/queue$/, queue],
  [/^\/sign-in$/, signIn],
  [/^\/drive(\?code=(?<code>[\w -]+))?$/, drive],
];
const TICK_MS = 20_000;
const REFRESH_MS = 120_000;
const STRANGER_MS = 2000; // how long a phone that knows nobody waits for the server to know them before it asks
const [top, banner, page, bar] = ["top", "banner", "page", "bar"].map((id) => document.getElementById(id));
const title = document.getElementById("title");
const demo = top.querySelector(".demo");
const net = h("span", { class: "net", id: "net" });
const base = document.title;
let view = null;
let given = {};
let drawing = 0;

// ---- routes

function route() {
  const path = decodeURI(location.hash.slice(1)) || "/";
  const found = ROUTES.map(([pattern, one]) => [path.match(pattern), one]).find(([match]) => match);
  if (!found) return location.replace("#/");
  // with an expired session the phone can be read and written; only somebody unknown has to sign in first
  const next = state.session === "none" ? signIn : found[1];
  view?.leave?.();
  view = next;
  given = { ...found[0].groups };
  document.querySelectorAll("dialog").forEach((one) => one.close());
  return draw(null);
}

async function draw(event) {
  const turn = ++drawing;
  const shown = view;
  const made = await shown.draw(given, { event, redraw: () => draw("redraw") });
  if (turn !== drawing || shown !== view) return;
  const kept = event ? scrollY : 0;
  title.textContent = made.title;
  document.title = `${made.title} · ${base}`;
  const back = made.back ?? shown.back;
  top.replaceChildren(
    ...[
      back ? h("a", { class: "top__back", href: back, "aria-label": t("back") }, icon("back")) : null,
      title,
      made.sub ? h("span", { class: "top__sub" }, made.sub) : null,
      demo,
      h("span", { class: "top__right" }, made.right ?? net),
    ].filter(Boolean),
  );
  page.dataset.at = location.hash || "#/"; // what stands there now
  page.replaceChildren(...[made.body, made.foot].flat().filter(Boolean));
  bar.hidden = Boolean(made.foot) || Boolean(shown.bare) || !shown.tab;
  document.body.classList.toggle("bare", bar.hidden);
  bar
    .querySelectorAll("a")
    .forEach((one, n) => one.toggleAttribute("aria-current", ["inbox", "report", "mine"][n] === shown.tab));
  bar.querySelectorAll("[aria-current]").forEach((one) => one.setAttribute("aria-current", "page"));
  scrollTo(0, kept);
  if (!event && booted) title.focus({ preventScroll: true });
  drawNet();
  drawBanner();
}

/* A view is drawn anew when what it shows has changed, but not under somebody's fingers. */
function changed(what) {
  drawNet();
  drawBanner();
  if (!view || view.form || !view.on?.includes(what)) return;
  const typing =
    page.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]),textarea,select");
  if (!typing) draw(what);
}

// ---- header and banners

function drawNet() {
  const waiting = unsent(state.entries).length;
  const [kind, words] = !state.me
    ? ["", ""]
    : !state.online
      ? ["off", t("net.off")]
      : state.sending
        ? ["busy", t("net.sending")]
        : waiting
          ? ["wait", t("net.waiting", { n: waiting })]
          : state.inboxAt
            ? ["on", bar.hidden ? t("net.on_short") : t("net.on", { at: hour(state.inboxAt) })]
            : ["", ""];
  net.className = `net net--${kind}`;
  net.replaceChildren(words ? h("i", { class: "net__dot", "aria-hidden": "true" }) : "", words);
  const badge =
    (state.inbox?.cases.length ?? 0) + (state.inbox?.directives ?? []).filter((one) => one.mine && !one.mine.read_at).length;
  const tab = bar.querySelector("a");
  tab.querySelector(".bar__count")?.remove();
  if (badge)
    tab.append(h("b", { class: "bar__count" }, badge > 99 ? "99+" : badge, h("span", { class: "unseen" }, t("inbox.count"))));
}

let arrived = null; // an order that came while one was looking

function drawBanner() {
  const waiting = unsent(state.entries);
  const stuck = waiting.filter((entry) => entry.state === "stuck").length;
  const made = [];
  if (arrived)
    made.push(
      line(
        "order",
        "order",
        t("order.arrived", { text: arrived.text }),
        h("a", { class: "strip__act", href: `#/order/${arrived.id}`, onclick: () => (arrived = null) }, t("order.open")),
      ),
    );
  if (state.session === "expired")
    made.push(
      line(
        "off",
        "person",
        t(waiting.length ? "session.expired_n" : "session.expired_short", { n: waiting.length }),
        h("a", { class: "strip__act", href: "#/sign-in" }, t("session.in")),
      ),
    );
  else if (!state.online && state.me)
    made.push(
      line(
        "off",
        "off",
        offlineWords(waiting.length),
        waiting.length ? h("a", { class: "strip__act", href: "#/queue" }, t("queue.see_short")) : null,
      ),
    );
  if (stuck)
    made.push(
      line(
        "bad",
        "warn",
        t("queue.stuck_n", { n: stuck }),
        h("a", { class: "strip__act", href: "#/queue" }, t("queue.see_short")),
      ),
    );
  if (state.update && !view?.form)
    made.push(line("order", "again", t("update.there"), button(t("update.take"), update, { kind: "strip__act" })));
  banner.replaceChildren(...made);
}

function offlineWords(n) {
  return n
    ? [t("net.off"), " · ", h("b", {}, t("queue.waiting_n", { n }))]
    : t("net.as_of", { at: state.inboxAt ? dayTime(state.inboxAt) : "—" });
}

function line(kind, name, words, act) {
  return h("div", { class: `strip strip--${kind}`, role: "status" }, icon(name), h("span", { class: "strip__say" }, words), act);
}

// ---- what comes in

const known = new Set();
let greeted = null; // whose inbox has been seen

/* Orders that came: told to the server once, and, if they came while one was looking, to whoever looks. */
async function greet() {
  if (!state.me || !state.inbox) return;
  const first = greeted !== state.me.id;
  greeted = state.me.id;
  for (const order of state.inbox?.directives ?? []) {
    if (known.has(order.id)) continue;
    known.add(order.id);
    if (!first && order.mine && !order.mine.read_at) announce(order);
    await take(order, "delivered");
  }
}

/* At once; what else it takes comes after. */
async function announce(order) {
  arrived = order;
  drawBanner();
  if (await read("meta", "buzz")) navigator.vibrate?.([120, 80, 120]);
}

let booted = false;
let user = null; // whose page stands there, and how their session is
let session = null;

async function boot() {
  const paired = location.pathname.endsWith("/pair") && new URLSearchParams(location.search).get("code");
  if (location.pathname !== "/field/")
    history.replaceState(null, "", `/field/${paired ? `#/drive?code=${paired}` : location.hash || "#/"}`);
  await recall();
  [user, session] = [state.me?.id, state.session];
  addEventListener("hashchange", route);
  for (const what of ["inbox", "queue", "session", "online", "here", "wall", "update", "catalogue", "case"])
    on(what, () => changed(what));
  on("session", sessionMoved);
  const told = tellLanguage(); // before who this is: the answer says in which language the server speaks
  const asked = state.me || navigator.onLine ? told.then(check) : null;
  if (!state.me) await Promise.race([asked, wait(STRANGER_MS)]);
  if (!view) await route();
  booted = true;
  drawNet();
  keepShell();
  start();
  const [somebody] = await Promise.all([asked, told.then(refresh)]);
  if (somebody) followLanguage(state.me?.language);
  if (!state.inbox && state.me) await refresh();
  if (state.me) {
    await greet();
    connect();
    catalogue();
    navigator.storage?.persist?.();
  }
  on("inbox", greet);
}

function wait(milliseconds) {
  return new Promise((over) => setTimeout(over, milliseconds));
}

/* Somebody came or went: draw what is theirs. */
function sessionMoved() {
  const same = user === state.me?.id && session === state.session;
  user = state.me?.id;
  session = state.session;
  if (same) return;
  arrived = null;
  if (session === "in") {
    followLanguage(state.me.language);
    refresh().then(() => catalogue());
    connect();
    kick();
  } else disconnect();
  // at the door nothing changes when the session turns out to be over: what is typed there stays
  if (view === signIn ? session !== "expired" : !view?.form || session === "none") route();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return disconnect();
  connect();
  kick();
  check();
  refresh();
});
setInterval(() => document.hidden || changed("tick"), TICK_MS);
setInterval(() => document.hidden || refresh(), REFRESH_MS);
onChange((change) => {
  const here = location.hash.match(/^#\/case\/[^/]+\/([\w-]+)/);
  if (change.topic === "case" && here && change.ref?.includes(here[1])) set({}, "case");
});
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name === "QuotaExceededError") say(t("full.form"), "said--bad");
});
boot();
