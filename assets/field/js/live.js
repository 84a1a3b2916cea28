/* Hears of changes while the page is seen. One change asks for the inbox at once; those within a second after it, once.
   An order does not wait for that second; receipts of others change nothing here. */
import { refresh } from "./data.js";
import { check } from "./session.js";
import { set, state } from "./state.js";

const CALM_MS = 1000;
const RETRY_MS = 5000;
const ORDERED = ["issued", "withdrawn"];
let source = null;
let retry = 0;
let heard = 0;
let soon = 0;
let latest = "";
const listeners = new Set();

/* `listener(change)` for each change in scope. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function connect() {
  if (source || document.hidden || state.session !== "in") return;
  source = new EventSource("/live?topics=case,directive");
  source.addEventListener("hello", () => {
    if (!state.online) set({ online: true }, "online");
    wake();
  });
  source.addEventListener("reload", wake);
  source.addEventListener("change", (event) => heed(JSON.parse(event.data)));
  source.addEventListener("end", ended);
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    later();
  });
}

/* The session ended, or what it is granted changed: the server knows which. Without an answer it is asked again. */
async function ended() {
  disconnect();
  if (await check()) connect();
  else later();
}

function later() {
  disconnect();
  clearTimeout(retry);
  retry = setTimeout(connect, RETRY_MS);
}

function heed(change) {
  if (change.topic !== "directive") wake();
  else if (ORDERED.includes(change.action)) atOnce(change);
  for (const listener of listeners) listener(change);
}

/* Who hears of the region and is addressed, too, hears of one order twice. */
function atOnce({ action, ref }) {
  if (latest === `${action} ${ref}`) return wake();
  latest = `${action} ${ref}`;
  heard = Date.now();
  refresh();
}

export function disconnect() {
  source?.close();
  source = null;
}

function wake() {
  const since = Date.now() - heard;
  if (since >= CALM_MS) {
    heard = Date.now();
    refresh();
    return;
  }
  clearTimeout(soon);
  soon = setTimeout(wake, CALM_MS - since);
}
