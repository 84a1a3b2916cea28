/* When the queue is sent: at once, then after waits that double up to five minutes, and anew whenever the network, the
   page or the session comes back. */
import { refresh } from "./data.js";
import { channel, lying } from "./queue.js";
import { drain } from "./sender.js";
import { check, expire, recall, recount } from "./session.js";
import { set, state } from "./state.js";

const FIRST_MS = 1000;
const LONGEST_MS = 300_000;
let wait = FIRST_MS;
let timer = 0;
let busy = false;

export function start() {
  channel.onmessage = (event) => heard(event.data);
  addEventListener("field", (event) => heard(event.detail));
  addEventListener("online", () => (set({ online: true }, "online"), kick(), check(), refresh()));
  addEventListener("offline", () => set({ online: false }, "online"));
  kick();
}

async function heard(what) {
  if (what === "expired") expire();
  if (what === "session") await recall();
  await recount();
  if (!busy && waiting() && state.session !== "expired") later(0);
}

/* Forget the wait and try now. */
export function kick() {
  wait = FIRST_MS;
  later(0);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(run, milliseconds);
}

async function run() {
  if (busy) return;
  busy = true;
  const had = waiting();
  set({ sending: had > 0 && navigator.onLine }, "queue");
  let state_ = "wait";
  try {
    ({ state: state_ } = await drain());
  } finally {
    busy = false;
    set({ sending: false }, "queue");
    await recount();
  }
  if (state_ === "done") {
    wait = FIRST_MS;
    if (had) await refresh();
    if (waiting() && state.session === "in") later(wait);
    return;
  }
  if (state_ === "sign_in") return expire();
  if (state_ === "wait") set({ online: false }, "online");
  if (!waiting()) return;
  askForSync();
  later(Math.round(wait * (0.5 + Math.random() / 2)));
  wait = Math.min(LONGEST_MS, wait * 2);
}

function waiting() {
  return lying(state.entries).filter((entry) => entry.state === "waiting" || entry.state === "sending").length;
}

/* Where the browser can, it sends after the page was closed, too. */
async function askForSync() {
  const registration = await navigator.serviceWorker?.getRegistration("/field/");
  await registration?.sync?.register("queue").catch(() => {}); // refused: the page sends when it is opened again
}
