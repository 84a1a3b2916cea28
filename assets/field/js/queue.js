/* What waits to be sent. An entry is written with its photos in one transaction, and goes only when the server has
   answered for it. Its id, a UUIDv7 made here, is the server's key for "sent twice, done once".

   An entry: {id, kind: report|action|patrol|receipt, user, ref, path, body, photos: [sha], title, device_at,
   state: waiting|sending|stuck|held|done, attempts, error: {status, message, standing}, answer}.
   `quiet`: a mere receipt, which nobody is asked about. `ref`: what it is about; behind a stuck entry those of the same ref wait. `held`: being edited. */
import { uuid7 } from "./ids.js";
import { within, all, read } from "./store.js";

const DONE_KEPT = 20;
export const channel = new BroadcastChannel("ypld-field");

/* Tells the other tabs; the page that acts redraws itself. */
export function tell(what) {
  channel.postMessage(what);
  self.dispatchEvent?.(new CustomEvent("field", { detail: what }));
}

/* Adds an entry, or puts it in the place of the one with its id. `blobs`: photos that are not stored yet,
   {sha: blob}; `draft`: key of the draft it was written from, which goes with the same transaction. */
export async function add(entry, { blobs = {}, draft } = {}) {
  const made = {
    id: uuid7(),
    photos: [],
    ref: null,
    device_at: new Date().toISOString(),
    ...entry,
    state: "waiting",
    attempts: 0,
    error: null,
  };
  await within(["entries", "photos", "drafts"], "readwrite", ({ entries, photos, drafts }) => {
    for (const [sha, blob] of Object.entries(blobs)) photos.put({ sha, blob, at: Date.now() });
    entries.put(made);
    if (draft) drafts.delete(draft);
  });
  tell("queue");
  return made;
}

/* Entries of a user, oldest first. */
export async function list(user) {
  return (await all("entries")).filter((entry) => entry.user === user).sort(byAge);
}

/* How many entries of other users lie here. */
export async function others(user) {
  return (await all("entries")).filter((entry) => entry.user !== user && entry.state !== "done").length;
}

export function byAge(a, b) {
  return a.id < b.id ? -1 : 1;
}

export function lying(entries) {
  return entries.filter((entry) => entry.state !== "done");
}

/* Of these, what a person entered: that an order reached the phone or was read tells itself. */
export function unsent(entries) {
  return lying(entries).filter((entry) => !entry.quiet);
}

/* Changes an entry if `may(entry)` still holds when it is written; gives the entry, or undefined if it did not hold. */
export async function change(id, changes, may = () => true) {
  const found = await within(["entries"], "readwrite", ({ entries }, answer) => {
    entries.get(id).onsuccess = (event) => {
      const entry = event.target.result;
      if (!entry || !may(entry)) return;
      const changed = { ...entry, ...(typeof changes === "function" ? changes(entry) : changes) };
      entries.put(changed);
      answer(changed);
    };
  });
  if (found) tell("queue");
  return found;
}

export async function drop(id) {
  await within(["entries"], "readwrite", ({ entries }) => entries.delete(id));
  await sweep();
  tell("queue");
}

/* Photos that neither an entry nor a draft names go; of what was sent, the last few stay to be looked at. */
export async function sweep() {
  await within(["entries", "drafts", "photos"], "readwrite", ({ entries, drafts, photos }) => {
    entries.getAll().onsuccess = (one) => {
      const kept = one.target.result.sort(byAge);
      const done = kept.filter((entry) => entry.state === "done");
      for (const entry of done.slice(0, -DONE_KEPT)) entries.delete(entry.id);
      drafts.getAll().onsuccess = (two) => {
        const named = new Set([...lying(kept), ...two.target.result].flatMap((entry) => entry.photos || []));
        photos.getAllKeys().onsuccess = (three) => {
          for (const sha of three.target.result) if (!named.has(sha)) photos.delete(sha);
        };
      };
    };
  });
}

/* One file with all of an entry, photos as data URLs: for handing it over by other means. */
export async function pack(entry) {
  const photos = [];
  for (const sha of entry.photos) {
    const found = await read("photos", sha);
    photos.push({ sha256: sha, data: found ? await dataUrl(found.blob) : null });
  }
  const { photos: _shas, ...rest } = entry;
  return new Blob(
    [JSON.stringify({ format: "ypld-field-entry/1", exported_at: new Date().toISOString(), ...rest, photos }, null, 1)],
    { type: "application/json" },
  );
}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
