/* Sends the queue, in order, one sender at a time whatever the number of tabs. Runs in the page and, where the browser
   has Background Sync, in the service worker; so it touches no page. */
import { ApiError, ask, passes } from "./api.js";
import { byAge, change, list, lying, sweep, tell, unsent } from "./queue.js";
import { all, read, write } from "./store.js";
import { uuid7 } from "./ids.js";

const LOCK = "ypld-send";
const PHOTO_PATIENCE_MS = 120_000;

/* One pass. Gives {state: "done"|"wait"|"sign_in"|"busy", left}: "wait" is worth another try later. */
export async function drain() {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => (lock ? pass() : { state: "busy", left: 0 }));
}

async function pass() {
  const found = lying(await all("entries"));
  if (!found.length && !(await toldBefore())) return { state: "done", left: 0 };
  try {
    const me = (await ask("GET", "/me")).body;
    await recover(me.id);
    await report(me.id);
    for (let next; (next = await choose(me.id));) await send(next);
    await sweep();
    return { state: "done", left: await report(me.id) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) tell("expired");
    return { state: error.status === 401 ? "sign_in" : "wait", left: found.length };
  }
}

/* What a closed tab or a crash left half-way: nobody else sends now, so it waits again, under the same id. */
async function recover(user) {
  for (const entry of await list(user)) if (entry.state === "sending") await change(entry.id, { state: "waiting" });
}

/* The oldest entry that waits and does not stand behind another of its ref. */
async function choose(user) {
  const blocked = new Set();
  for (const entry of (await list(user)).sort(byAge)) {
    if (entry.state === "waiting" && !blocked.has(entry.ref)) return entry;
    if (entry.state !== "done" && entry.ref) blocked.add(entry.ref);
  }
  return null;
}

async function send(chosen) {
  const entry = await change(
    chosen.id,
    (e) => ({ state: "sending", attempts: e.attempts + 1 }),
    (e) => e.state === "waiting",
  );
  if (!entry) return;
  try {
    for (const sha of entry.photos) await sendPhoto(sha, entry.attempts > 1);
    const answer = await ask("POST", entry.path, {
      json: { ...entry.body, id: entry.id, device_at: entry.device_at, device_now: new Date().toISOString() },
    });
    await change(entry.id, { state: "done", error: null, answer: answer.body, sent_at: new Date().toISOString() });
    await rebase(entry, answer.body);
  } catch (error) {
    const again = passes(error) || error.status === 401;
    const told = { status: error.status ?? -1, code: error.body?.error, message: error.message, standing: error.body?.standing };
    await change(entry.id, { state: again ? "waiting" : entry.quiet ? "done" : "stuck", error: told });
    if (again || !(error instanceof ApiError)) throw error;
  }
}

/* After a try that may have come through, the server is asked first whether it has the photo. */
async function sendPhoto(sha, tried) {
  const there =
    tried &&
    (await ask("HEAD", `/evidence/${sha}`).then(
      () => true,
      (error) => {
        if (error.status === 404 || error.status === 405) return false;
        throw error;
      },
    ));
  if (there) return;
  const kept = await read("photos", sha);
  if (!kept) throw new ApiError(410, { error: "photo_gone", message: "photo_gone" });
  await ask("PUT", `/evidence/${sha}`, { blob: kept.blob, patience: PHOTO_PATIENCE_MS });
}

/* Later entries about the same case were written against the version that this one has moved on. */
async function rebase(sent, answer) {
  const before = sent.body.version;
  if (before == null || answer.version == null) return;
  for (const entry of await list(sent.user)) {
    const same = entry.ref === sent.ref && entry.state === "waiting" && entry.body.version === before;
    if (same) await change(entry.id, (e) => ({ body: { ...e.body, version: answer.version } }));
  }
}

/* Tells the server how much lies here unsent, so that the wall does not take silence for peace. Gives the number. */
async function report(user) {
  const waiting = unsent(await list(user));
  const oldest = waiting.length ? waiting[0].device_at : null;
  const word = `${user} ${waiting.length} ${oldest}`;
  if (((await toldBefore()) || `${user} 0 null`) === word) return waiting.length;
  await ask("PUT", `/devices/${await deviceId()}`, {
    json: { unsent: waiting.length, ...(oldest ? { oldest_at: oldest } : {}) },
  }).then(
    () => write("meta", waiting.length ? word : null, "told"),
    (error) => {
      if (passes(error) || error.status === 401) throw error;
    },
  );
  return waiting.length;
}

function toldBefore() {
  return read("meta", "told");
}

export async function deviceId() {
  const known = await read("meta", "device");
  if (known) return known;
  const made = uuid7();
  await write("meta", made, "device");
  return made;
}
