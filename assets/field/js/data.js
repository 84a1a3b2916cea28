/* What is read from the server and kept for when there is none: the inbox, the catalogue, dossiers. */
import { ApiError, ask } from "./api.js";
import { expire, known } from "./session.js";
import { tellLanguage } from "./shell.js";
import { set, state } from "./state.js";
import { read, within, write } from "./store.js";

const CATALOGUE_FRESH_MS = 12 * 3_600_000;
const AGAINST_FRESH_MS = 600_000;
const DOSSIERS_KEPT = 60;
const SLOW_MS = 2500;
let running = null;
let again = false;
let asking = false; // for what counts against my grid

/* Asks for the inbox; a wish that comes while an answer is on its way is asked for after it. Kept when all is answered. */
export function refresh() {
  again = true;
  running ??= rest();
  return running;
}

async function rest() {
  try {
    while (again) {
      again = false;
      await once();
    }
  } finally {
    running = null;
  }
}

async function once() {
  const user = state.me?.id;
  if (!user) return;
  try {
    await tellLanguage(); // chosen while there was no network
    const kept = await read("meta", `inbox:${user}`);
    const answer = await ask("GET", "/inbox", { etag: kept?.lang === document.documentElement.lang ? kept?.etag : null });
    await known(); // an answer to a cookie of somebody else is theirs
    if (state.me?.id !== user) return;
    if (answer.status === 304) return came({ inbox: kept.body, inboxAt: Date.now(), skew: kept.skew });
    const skew = Date.parse(answer.body.at) - Date.now();
    const kind = {
      at: Date.now(),
      skew: Math.abs(skew) > 5000 ? skew : 0,
      etag: answer.etag,
      lang: answer.lang,
      body: answer.body,
    };
    came({ inbox: answer.body, inboxAt: kind.at, skew: kind.skew });
    if (answer.body.grid_today) against();
    await write("meta", kind, `inbox:${user}`).catch(() => {}); // a full disk still shows what came
  } catch (error) {
    failed(error);
  }
}

/* An answer also says that there is a network and a session; one that had ended is told of. */
function came(changes) {
  const back = state.session !== "in";
  set({ ...changes, online: true, session: "in" }, "inbox");
  if (back) set({}, "session");
}

/* A request that failed says something about the network or the session. */
export function failed(error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 0) set({ online: false }, "online");
  else if (error.status === 401) expire();
}

/* What counts against my grid in the newest edition, as kept on the phone; null where it never came. It changes once a
   month, so a newer one is asked for now and then, beside it. `lang` is the language it was read in. */
export async function against() {
  const user = state.me?.id;
  const lang = document.documentElement.lang;
  const kept = user ? await read("meta", `against:${user}`) : null;
  if (user && !(kept?.lang === lang && Date.now() - kept.at < AGAINST_FRESH_MS)) newAgainst(user, kept);
  return kept?.body ? { ...kept.body, lang: kept.lang } : null;
}

async function newAgainst(user, kept) {
  if (asking) return;
  asking = true;
  try {
    const answer = await ask("GET", "/grid/against", { etag: kept?.etag });
    await known();
    if (state.me?.id !== user) return;
    const same = answer.status === 304;
    const { body, etag, lang: spoken } = same ? kept : answer;
    await write("meta", { at: Date.now(), lang: spoken, etag, body }, `against:${user}`);
    if (!same) set({}, "inbox");
  } catch (error) {
    if (error instanceof ApiError) failed(error); // a full disk: it is asked for again
  } finally {
    asking = false;
  }
}

/* The one on the phone where there is one; a newer one is asked for beside it. */
export async function catalogue() {
  const kept = await read("meta", "catalogue");
  const lang = document.documentElement.lang;
  if (kept?.lang === lang && Date.now() - kept.at < CATALOGUE_FRESH_MS) return kept.body;
  const newer = newCatalogue();
  return kept?.body ?? newer;
}

async function newCatalogue() {
  try {
    const { body, lang } = await ask("GET", "/catalogue");
    await write("meta", { at: Date.now(), lang, body }, "catalogue").catch(() => {}); // a full disk: it is asked for again
    set({ catalogue: body }, "catalogue");
    return body;
  } catch (error) {
    failed(error);
    return null;
  }
}

/* A case in full: {at, data, fresh}. From the phone where the network is away or slow, then the newer one is told of
   ("case"); null when it was never seen. Throws ApiError where the server said no. */
export async function dossier(county, id) {
  const newer = newDossier(county, id);
  const kept = await keptDossier(county, id);
  if (!kept) return newer;
  let slow = false;
  const late = new Promise((resolve) => setTimeout(() => ((slow = true), resolve(kept)), SLOW_MS));
  newer.then(
    () => slow && set({}, "case"),
    () => {},
  );
  return Promise.race([newer, late]);
}

async function newDossier(county, id) {
  try {
    const { body } = await ask("GET", `/cases/${county}/${id}`);
    set({ online: true }, "online");
    await write("dossiers", { at: Date.now(), data: body }, `${state.me.id} ${county}/${id}`).then(prune, () => {});
    return { at: Date.now(), data: body, fresh: true };
  } catch (error) {
    if (!(error instanceof ApiError) || (error.status && error.status < 500 && error.status !== 401)) throw error;
    failed(error);
    return keptDossier(county, id);
  }
}

export async function keptDossier(county, id) {
  const kept = await read("dossiers", `${state.me.id} ${county}/${id}`);
  return kept ? { ...kept, fresh: false } : null;
}

async function prune() {
  await within(["dossiers", "thumbs"], "readwrite", (stores) => {
    for (const [store, most] of [
      [stores.dossiers, DOSSIERS_KEPT],
      [stores.thumbs, 4 * DOSSIERS_KEPT],
    ]) {
      store.getAllKeys().onsuccess = (event) => {
        const keys = event.target.result;
        if (keys.length <= most) return;
        store.getAll().onsuccess = (values) => {
          const aged = keys.map((key, n) => [values.target.result[n].at, key]).sort((a, b) => a[0] - b[0]);
          for (const [, key] of aged.slice(0, keys.length - most)) store.delete(key);
        };
      };
    }
  });
}
