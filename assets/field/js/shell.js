/* The shell itself: its service worker, its language, whether a newer one waits. */
import { set, state } from "./state.js";
import { read, within } from "./store.js";
import { facts } from "./words.js";

const SETTINGS = "field-settings";
const LANGUAGE = "/field/language";
const LOOK_AGAIN_MS = 3_600_000;
let looked = Date.now();
let leaving = false;

export async function keepShell() {
  if (!navigator.serviceWorker) return;
  await keepLanguage();
  const options = { scope: "/field/", updateViaCache: "none" };
  const had = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker
    .register("/field/sw.js", { ...options, type: "module" })
    .catch(() => navigator.serviceWorker.register("/field/sw.js?plain", options))
    .catch(() => null); // without one the page works, but opens only with a network
  if (!registration) return;
  const waits = () =>
    registration.waiting && navigator.serviceWorker.controller && set({ update: registration.waiting }, "update");
  waits();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", waits));
  navigator.serviceWorker.addEventListener("controllerchange", () => had && leaving && location.reload());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}

/* The first page came in the language that was chosen elsewhere; those that come from the phone are in the same. */
async function keepLanguage() {
  const cache = await caches.open(SETTINGS);
  if (!(await cache.match(LANGUAGE))) await cache.put(LANGUAGE, new Response(facts.lang)).catch(() => {}); // a full disk
}

/* The newer shell takes over, and the page is loaded anew. */
export function update() {
  leaving = true;
  state.update.postMessage("update");
}

/* The other language, now from what is kept, at the server as soon as it can be asked. */
export async function speak(language) {
  const cache = await caches?.open(SETTINGS);
  await cache?.put(LANGUAGE, new Response(language));
  await within(["meta"], "readwrite", ({ meta }) => meta.put(language, "language"));
  await tellLanguage();
  location.reload();
}

/* The language was chosen elsewhere, at the door or on a desk: the page follows, unless its own choice is still untold. */
export async function followLanguage(spoken) {
  if (!spoken || spoken === facts.lang || !navigator.serviceWorker?.controller || (await read("meta", "language"))) return;
  const cache = await caches.open(SETTINGS);
  const kept = await cache.put(LANGUAGE, new Response(spoken)).then(
    () => true,
    () => false, // a full disk
  );
  if (kept) location.reload();
}

/* The server answers in the language of its cookie. */
export async function tellLanguage() {
  const wanted = await read("meta", "language");
  if (!wanted) return;
  const told = await fetch(`/lang/${wanted}?next=/field/manifest.webmanifest`, { cache: "no-store" }).then(
    (answer) => answer.ok,
    () => false,
  );
  if (told) await within(["meta"], "readwrite", ({ meta }) => meta.delete("language"));
}
