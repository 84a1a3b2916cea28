/* Pairing: shows the code by which a phone may drive this wall, goes where the phone sends it, and lets it go again.
   The wall's id is drawn by lot for this tab; without it nobody hears or says anything. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const KEY = "wall-id";
  const DRIVEN = "wall-driven";
  const CHECK_MS = 30000;
  let offer = null; // { code, svg, until } while a code is shown
  let until = ""; // when the drive ends by itself
  let timer = 0;

  const box = () => document.getElementById("wall-pairing");
  const words = () => JSON.parse(box().dataset.words);
  const driven = () => sessionStorage.getItem(DRIVEN) === "1";
  const path = (id) => `/api/v1/walls/${id}`;

  function id() {
    let own = sessionStorage.getItem(KEY);
    if (!own) {
      own = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      sessionStorage.setItem(KEY, own);
    }
    return own;
  }

  async function ask(method, address, body) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  }

  /* ---- the dialog ---- */

  function make(name, attributes, ...parts) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...parts);
    return node;
  }

  function press(label, act, main) {
    const button = make("button", { class: main ? "button button--main" : "button", type: "button" }, label);
    button.addEventListener("click", act);
    return button;
  }

  function draw(...parts) {
    const close = press(words().close, hide);
    close.dataset.close = "true";
    close.setAttribute("aria-keyshortcuts", "Escape");
    const title = make("h2", { class: "dialog__title", id: "wall-pairing-title", tabindex: "-1" }, words().title);
    const head = make("header", { class: "dialog__head" }, title, make("div", { class: "dialog__tools" }, close));
    const body = make("div", { class: "pairing" }, ...parts);
    const names = { class: "dialog dialog--pairing", role: "dialog", "aria-modal": "true", "aria-labelledby": "wall-pairing-title" };
    box().replaceChildren(make("div", names, head, body));
  }

  function drawOffer() {
    const svg = document.importNode(new DOMParser().parseFromString(offer.svg, "text/html").querySelector("svg"), true);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", words().title);
    const code = make("b", { class: "pairing__code", "aria-label": words().code }, `${offer.code.slice(0, 4)} ${offer.code.slice(4)}`);
    draw(svg, make("p", { class: "pairing__words" }, words().scan), code, make("p", { class: "pairing__left" }));
    tick();
  }

  function tick() {
    clearTimeout(timer);
    const node = box().querySelector(".pairing__left");
    if (!offer || !node) return;
    const left = Math.floor((offer.until - Date.now()) / 1000);
    if (left < 0) {
      offer = null;
      draw(make("p", { class: "pairing__words" }, words().old), press(words().again, show, true));
      return;
    }
    node.textContent = words().valid.replace("{m}", Math.floor(left / 60)).replace("{s}", left % 60);
    timer = setTimeout(tick, 1000);
  }

  function drawDriven() {
    const hour = until ? wall.hours(new Date(until)).slice(0, 5) : "";
    draw(
      make("p", { class: "pairing__words" }, words().driven),
      make("p", { class: "pairing__left" }, hour && words().until.replace("{t}", hour)),
      press(words().end, end, true),
    );
  }

  function hide() {
    clearTimeout(timer);
    offer = null;
    box().replaceChildren();
  }

  async function show() {
    draw(make("p", { class: "pairing__words" }, words().loading));
    try {
      wall.listenAs(id());
      const got = await ask("POST", "/api/v1/walls", { wall: id(), search: location.search });
      offer = { code: got.code, svg: got.svg, until: Date.parse(got.expires_at) };
      drawOffer();
    } catch (error) {
      console.info(error.message);
      draw(make("p", { class: "pairing__words" }, words().failed), press(words().again, show, true));
    }
  }

  wall.pair = function () {
    if (box().firstChild) return hide();
    return driven() ? drawDriven() : show();
  };

  /* ---- being driven ---- */

  function begin() {
    sessionStorage.setItem(DRIVEN, "1");
    document.documentElement.dataset.driven = "true";
    hide();
    tell(location.search);
    check();
  }

  function stop() {
    sessionStorage.removeItem(DRIVEN);
    delete document.documentElement.dataset.driven;
    hide();
  }

  async function end() {
    try {
      await ask("DELETE", path(id()));
    } catch (error) {
      console.info(error.message);
    }
    stop();
  }

  /* The phone draws what the wall shows. One word after the other: two on their way at once may change places. */
  let telling = Promise.resolve();
  function tell(search) {
    if (driven()) telling = telling.then(() => ask("PUT", path(id()), { search })).catch(check);
  }

  async function check() {
    if (!driven() || document.hidden) return;
    try {
      const standing = await ask("GET", path(id()));
      until = standing.until || "";
      if (!standing.driven) stop();
    } catch (error) {
      console.info(error.message);
    }
  }

  function home() {
    const first = document.querySelector("#wall-header .crumbs__link");
    wall.follow(first);
  }

  function list() {
    const query = new URLSearchParams(location.search);
    for (const name of [...query.keys()]) if (!["region", "period", "view", "measure", "page"].includes(name)) query.delete(name);
    query.set("list", "open");
    wall.go(`?${query}`);
  }

  const MOVES = { back: () => wall.leave(), home, next: () => wall.turnPage(), list };
  const ACTS = {
    claimed: begin,
    ended: stop,
    drive: ({ search, move }) => (move ? MOVES[move]?.() : wall.go(search)),
  };

  document.addEventListener("wall:change", ({ detail: change }) => {
    if (change.topic === "*") return void check();
    if (change.topic === "drive" && change.ref === id()) ACTS[change.action]?.(change.detail);
  });
  document.addEventListener("wall:moved", (event) => tell(event.detail));
  document.addEventListener("visibilitychange", check);
  document.addEventListener("click", (event) => {
    if (event.target.closest("#wall-header-pair")) wall.pair();
  });
  setInterval(check, CHECK_MS);
  if (driven()) {
    document.documentElement.dataset.driven = "true";
    wall.listenAs?.(id());
    check();
  }
})();
