/* The phone as the wall's remote: claim by the code of its QR, go up, down, on; throw a case onto it. */
import { ApiError, ask } from "../js/api.js";
import { button, h, notice, say } from "../js/dom.js";
import { rememberWall } from "../js/session.js";
import { can, set, state } from "../js/state.js";
import { t } from "../js/words.js";

const MOVES = [
  ["back", "back"],
  ["home", "home"],
  ["next", "next"],
  ["list", "list"],
];
const DONE_MS = 1800; // what was done shows on the wall
let remote = null;
let heard = null; // the stream of the wall that is driven

export default {
  back: "#/mine",
  tab: "mine",
  on: ["wall"],
  async draw({ code }, { event, redraw }) {
    if (!can("wall.drive")) return { title: t("wall.title"), body: [notice("wall", t("wall.not_allowed"))] };
    if (code && !event && !(await claim(code))) return { title: t("wall.title"), body: [pairing(code, redraw)] };
    if (!state.wall) return { title: t("wall.title"), body: [pairing("", redraw)] };
    remote = await look();
    listen(remote?.driven ? state.wall.wall : "");
    if (!remote?.driven)
      return { title: t("wall.title"), body: [notice("wall", t(remote ? "wall.ended" : "wall.offline")), pairing("", redraw)] };
    return {
      title: t("wall.title"),
      sub: state.wall.name,
      body: [
        h(
          "div",
          { class: "list" },
          moves(redraw),
          places(redraw),
          pages(redraw),
          button(t("wall.end"), () => end(redraw), { kind: "btn--wide", name: "out" }),
        ),
      ],
    };
  },
  leave() {
    listen("");
  },
};

/* What the wall shows is drawn anew when it moves, whoever moved it, and when it lets the phone go. "": no wall. */
function listen(wall) {
  if (heard?.wall === wall) return;
  heard?.source.close();
  heard = wall ? { wall, source: new EventSource(`/live?${new URLSearchParams({ topics: "drive", wall })}`) } : null;
  for (const event of ["change", "reload"]) heard?.source.addEventListener(event, () => set({}, "wall"));
}

async function claim(code) {
  try {
    await rememberWall((await ask("POST", "/walls/claim", { json: { code } })).body);
    history.replaceState(null, "", "#/drive");
    return true;
  } catch (error) {
    say(refusal(error, "wall.wrong"), "said--bad");
    return false;
  }
}

/* Why the server said no: `words` where it does not know the code, or the wall any more. */
function refusal(error, words) {
  if (!(error instanceof ApiError)) throw error;
  return t(!error.status ? "wall.offline" : error.status === 403 ? "wall.not_allowed" : words);
}

function pairing(code, redraw) {
  const input = h("input", {
    name: "code",
    value: code,
    autocapitalize: "characters",
    autocomplete: "off",
    maxlength: 12,
    required: true,
  });
  const join = async (event) => (event.preventDefault(), (await claim(input.value)) && redraw());
  return h(
    "form",
    { class: "list", onsubmit: join },
    h("p", { class: "about" }, h("span", {}, t("wall.how"))),
    h("label", { class: "field" }, h("span", { class: "label" }, t("wall.code")), input),
    h("button", { class: "btn btn--p btn--wide" }, h("span", {}, t("wall.join"))),
  );
}

async function look() {
  return ask("GET", `/walls/${state.wall.wall}`).then(
    (answer) => answer.body,
    (error) => {
      if (error.status === 404) rememberWall(null);
      return null;
    },
  );
}

async function drive(body, redraw) {
  try {
    await ask("POST", `/walls/${state.wall.wall}/drive`, { json: body });
    say(t("wall.done"), "", DONE_MS);
    redraw?.();
  } catch (error) {
    say(refusal(error, "wall.ended"), "said--bad");
    if (error.status) redraw?.();
  }
}

function moves(redraw) {
  return h(
    "div",
    { class: "remote" },
    MOVES.map(([move, name]) => button(t(`wall.${move}`), () => drive({ move }, redraw), { name, kind: "btn--tall" })),
  );
}

function places(redraw) {
  const go = (code) => drive({ search: `?${new URLSearchParams({ region: code })}` }, redraw);
  return h(
    "section",
    { class: "card" },
    h("h2", { class: "card__head" }, t("wall.where")),
    h(
      "p",
      { class: "crumbs" },
      remote.path.map((one) => button(one.name, () => go(one.code), { kind: "btn--link" })),
    ),
    h(
      "div",
      { class: "chips" },
      remote.children.map((one) => button(one.name, () => go(one.code))),
    ),
  );
}

function pages(redraw) {
  if (remote.pages.length < 2) return null;
  const go = (key) => {
    const query = new URLSearchParams(remote.search);
    query.set("page", key);
    return drive({ search: `?${query}` }, redraw);
  };
  return h(
    "section",
    { class: "card" },
    h("h2", { class: "card__head" }, t("wall.pages")),
    h(
      "div",
      { class: "chips" },
      remote.pages.map((one) =>
        button(one.name, () => go(one.key), {
          kind: one.key === remote.page ? "btn--p" : "",
          "aria-pressed": String(one.key === remote.page),
        }),
      ),
    ),
  );
}

async function end(redraw) {
  await ask("DELETE", `/walls/${state.wall.wall}`).catch(() => {});
  await rememberWall(null);
  redraw();
}

export function throwToWall(head) {
  return drive({ search: `?${new URLSearchParams({ region: head.grid_code ?? head.county_code, case: head.id })}` });
}
