/* What lies on the phone: one IndexedDB, its stores, and transactions as promises. A transaction is all or nothing, and
   is over only when it is on the disk; a full disk rejects with a QuotaExceededError, see `full`. */
const NAME = "ypld-field";
const STORES = {
  meta: null, // key → value: who is signed in, the inbox as last seen, the catalogue, the device's id, settings
  entries: "id", // what waits to be sent, see queue.js
  photos: "sha", // {sha, blob, at}: pictures of entries and drafts
  drafts: null, // key → what was being written
  dossiers: null, // "user county/id" → {at, data}
  thumbs: "sha", // {sha, blob, at}: evidence that was looked at
};

let opened = null;

export function open() {
  opened ||= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const [name, key] of Object.entries(STORES)) asked.result.createObjectStore(name, key ? { keyPath: key } : undefined);
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/* Runs `work({entries, photos, …}, answer)` in one transaction. `work` calls `answer(value)` with what comes of it. */
export async function within(names, mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    let value;
    const all = base.transaction(names, mode, { durability: "strict" });
    all.oncomplete = () => resolve(value);
    all.onabort = () => reject(all.error || new DOMException("aborted", "AbortError"));
    all.onerror = () => {};
    try {
      work(Object.fromEntries(names.map((name) => [name, all.objectStore(name)])), (given) => (value = given));
    } catch (error) {
      reject(error);
      all.abort();
    }
  });
}

export function read(name, key) {
  return within([name], "readonly", (stores, answer) => {
    stores[name].get(key).onsuccess = (event) => answer(event.target.result);
  });
}

export function all(name) {
  return within([name], "readonly", (stores, answer) => {
    stores[name].getAll().onsuccess = (event) => answer(event.target.result);
  });
}

/* `key` only for stores without a key of their own. */
export function write(name, value, key) {
  return within([name], "readwrite", (stores) => stores[name].put(value, ...(key === undefined ? [] : [key])));
}

export function remove(name, key) {
  return within([name], "readwrite", (stores) => stores[name].delete(key));
}

/* Is this error a full disk? */
export function full(error) {
  return error?.name === "QuotaExceededError";
}
