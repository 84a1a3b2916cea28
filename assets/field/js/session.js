/* Who uses the phone. What lies here belongs to a user: signing out takes away what was shown, never what is unsent. */
import { ApiError, ask } from "./api.js";
import { list, others, tell } from "./queue.js";
import { set, state } from "./state.js";
import { read, remove, within, write } from "./store.js";

/* Shows whoever was here last, without a network. */
export async function recall() {
  const me = await read("meta", "me");
  if (me) await become(me, "in");
  else set({ session: "none" }, "session");
}

export async function become(me, session = "in") {
  const [inbox, catalogue, wall] = await Promise.all([
    read("meta", `inbox:${me.id}`),
    read("meta", "catalogue"),
    read("meta", `wall:${me.id}`),
  ]);
  const newer = state.me?.id === me.id && state.inbox && state.inboxAt >= (inbox?.at ?? 0); // came while this was read
  set(
    {
      me,
      session,
      ...(newer ? {} : { inbox: inbox?.body ?? null, inboxAt: inbox?.at ?? null, skew: inbox?.skew ?? 0 }),
      catalogue: catalogue?.body ?? null,
      wall: wall ?? null,
    },
    "session",
  );
  await recount();
}

export async function recount() {
  if (!state.me) return set({ entries: [], others: await others(null) }, "queue");
  set({ entries: await list(state.me.id), others: await others(state.me.id) }, "queue");
}

let asking = Promise.resolve();
let turn = 0; // of those who came and went by this page: an answer to what was asked before is stale

/* Asks the server who this is; whether it is somebody. A cookie of somebody else means: it is somebody else. */
export function check() {
  asking = whoami();
  return asking;
}

/* Over when it is clear who this is, as far as somebody asked. */
export function known() {
  return asking;
}

async function whoami() {
  const mine = turn;
  try {
    const me = (await ask("GET", "/me")).body;
    if (mine !== turn) return state.session === "in";
    await write("meta", me, "me");
    if (me.id !== state.me?.id) await become(me);
    else set({ me, session: "in" }, "session");
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && mine === turn) expire();
    return false;
  }
}

export function expire() {
  set({ session: state.me ? "expired" : "none" }, "session");
}

export async function signIn(login, password) {
  const me = (await ask("POST", "/session", { json: { login, password, field: true } })).body;
  turn += 1;
  await write("meta", me, "me");
  await become(me);
  tell("session");
}

export async function signOut() {
  turn += 1;
  await ask("DELETE", "/session").catch(() => {});
  const user = state.me.id;
  await within(["meta", "dossiers", "thumbs"], "readwrite", ({ meta, dossiers, thumbs }) => {
    for (const key of ["me", `inbox:${user}`, `wall:${user}`]) meta.delete(key);
    dossiers.clear();
    thumbs.clear();
  });
  set({ me: null, session: "none", inbox: null, inboxAt: null, here: null, wall: null }, "session");
  await recount();
  tell("session");
}

export async function rememberWall(wall) {
  const key = `wall:${state.me.id}`;
  await (wall ? write("meta", wall, key) : remove("meta", key));
  set({ wall }, "wall");
}
