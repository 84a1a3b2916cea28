/* Hears of changes while the page is seen. One change asks for the inbox at once; those within a second after it, once. */
import { refresh } from "./data.js";
import { expire } from "./session.js";
import { set, state } from "./state.js";

const CALM_MS = 1000;
const RETRY_MS = 5000;
let source = null;
let retry = 0;
let heard = 0;
let soon = 0;
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
  source.addEventListener("change", (event) => {
    const change = JSON.parse(event.data);
    wake();
    for (const listener of listeners) listener(change);
  });
  source.addEventListener("end", () => {
    disconnect();
    expire();
  });
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    disconnect();
    clearTimeout(retry);
    retry = setTimeout(connect, RETRY_MS);
  });
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
