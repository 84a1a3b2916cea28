/* What the page knows now, and who wants to hear when it changes. Kept on the phone elsewhere: store.js. */
export const state = {
  me: null, // {id, name, capabilities, grants}
  session: "unknown", // unknown | in | expired | none
  online: navigator.onLine,
  inbox: null, // as GET /inbox gave it
  inboxAt: null, // when, by this phone
  skew: 0, // milliseconds to add to this phone's clock to get the server's
  entries: [], // of me, oldest first, see queue.js
  others: 0, // entries of other users on this phone
  sending: false,
  catalogue: null,
  here: null, // {lon, lat, accuracy, at}
  wall: null, // {wall, name}: the wall this phone drives
  update: null, // the waiting service worker
};
const bus = new EventTarget();

export function set(changes, what) {
  Object.assign(state, changes);
  bus.dispatchEvent(new Event(what));
}

/* Gives the function that stops listening. */
export function on(what, listener) {
  bus.addEventListener(what, listener);
  return () => bus.removeEventListener(what, listener);
}

/* Now, by the server's clock as far as it is known. */
export function now() {
  return Date.now() + state.skew;
}

export function can(capability) {
  return Boolean(state.me?.capabilities.includes(capability));
}
