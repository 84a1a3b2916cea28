/* The service worker: keeps the shell and its files, so that the phone opens without a network. What is asked of the API
   never passes through here; data lies in IndexedDB. `self.shell` is written above by the server:
   {version, shells: {language: address}, files: [address]}. */
const { version, shells, files } = self.shell;
const CACHE = `field-${version}`;
const SETTINGS = "field-settings"; // holds the language, so that the shell opens in it
const LANGUAGE = "/field/language";

self.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

async function keep() {
  const cache = await caches.open(CACHE);
  const [known, pages] = [files, Object.values(shells)];
  await cache.addAll(known); // named by their content: the browser's own copy is as good
  await Promise.all(pages.map(async (page) => cache.put(page, await plain(await fetch(page, { cache: "no-cache" })))));
  if (!self.registration.active) await self.skipWaiting();
}

async function plain(response) {
  if (!response.ok || response.redirected) throw new Error(`shell: ${response.status}`);
  return response;
}

self.addEventListener("activate", (event) => {
  event.waitUntil(replace());
});

async function replace() {
  for (const name of await caches.keys())
    if (name.startsWith("field-") && name !== CACHE && name !== SETTINGS) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && ["/field/", "/field/pair"].includes(pathname)) event.respondWith(page(event.request));
  else if (pathname.startsWith("/field/a/")) event.respondWith(file(event.request));
});

async function page(request) {
  const settings = await caches.open(SETTINGS);
  const language = await (await settings.match(LANGUAGE))?.text();
  const cache = await caches.open(CACHE);
  return (await cache.match(shells[language] || shells.zh)) || fetch(request);
}

async function file(request) {
  return (await caches.match(request)) || fetch(request);
}

self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
});

/* Background Sync: the signal came back, perhaps with no page open. */
self.addEventListener("sync", (event) => {
  if (event.tag === "queue" && self.drain) event.waitUntil(send());
});

async function send() {
  const { state } = await self.drain();
  if (state === "wait") throw new Error("not all was sent"); // the browser tries again
}
