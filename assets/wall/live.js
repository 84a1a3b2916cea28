/* Live: hears of changes in the region shown (assets/shared/live.js) and moves the version Stores, on average at most once a
   second. Heavy panels follow the slow version, at most every five seconds; so do panels that broke. Others hear each
   change as an event "wall:change" of the document. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const SLOW_MS = 5000;
  const CREDIT_MS = 1000; // one refresh is earned in this time, and two can be saved up, so that few wait
  const CREDIT_MOST = 2;
  const BUSY_MS = 100; // looks again when the panels still answer the refresh before
  const FIRST_MS = 40; // the stream's start before the others: until it has answered, but no longer than the second
  const FIRST_MOST_MS = 400;
  const TOPICS = "case,directive,patrol,device,drive";
  const FIGURES = new Set(["case", "device", "*"]);

  let moved = 0; // what there is to show
  let shown = 0;
  let shownSlow = 0;
  let shownAt = 0;
  let slowAt = Date.now();
  let brokenAt = Date.now(); // when panels that broke last asked again
  let credit = CREDIT_MOST;
  let creditAt = Date.now();
  let timer = 0;

  let told = 0;
  const set = (id) => window.dash_clientside.set_props?.(id, { data: `${moved} ${++told}` });
  /* A panel asked again before it has answered throws its answer away. */
  const busy = () => document.querySelector(".main [data-dash-is-loading=true]");
  const built = () => document.getElementById("wall-kpis-body");

  function refresh() {
    timer = 0;
    const now = Date.now();
    credit = Math.min(CREDIT_MOST, credit + (now - creditAt) / CREDIT_MS);
    creditAt = now;
    if (moved !== shown && built()) {
      const wait = Math.max(busy() && now - shownAt < SLOW_MS ? BUSY_MS : 0, (1 - credit) * CREDIT_MS);
      if (wait > 0) return later(wait);
      credit -= 1;
      shown = moved;
      shownAt = now;
      set("wall-live-stream");
      setTimeout(others, FIRST_MS, now + FIRST_MOST_MS);
      if (moved !== shownSlow) later(BUSY_MS);
      return;
    }
    if (moved !== shownSlow && built()) {
      const wait = SLOW_MS - (now - slowAt);
      if (wait > 0) return later(wait);
      shownSlow = moved;
      slowAt = now;
      set("wall-live-slow");
    }
  }

  function others(until) {
    if (Date.now() < until && document.querySelector("#wall-stream [data-dash-is-loading=true]")) {
      setTimeout(others, FIRST_MS, until);
    } else {
      set("wall-live-version");
    }
  }

  function later(wait) {
    if (!timer) timer = setTimeout(refresh, wait);
  }

  function move() {
    moved += 1;
    clearTimeout(timer);
    refresh();
  }

  function hear(change) {
    if (FIGURES.has(change.topic)) move();
    document.dispatchEvent(new CustomEvent("wall:change", { detail: change }));
  }

  function showFreshness(state, asOf) {
    document.documentElement.dataset.live = state === "stale" || state === "ended" ? "stale" : "ok";
    const node = document.getElementById("wall-header-as-of");
    if (!asOf || !node || !node.firstChild || node.dataset.archive) return;
    const text = wall.hours(asOf);
    if (node.firstChild.nodeValue !== text) node.firstChild.nodeValue = text;
  }

  /* What was read before the stream was there may be older than its first word. */
  let heard = false;
  function onstate(state, asOf) {
    if (state === "live" && !heard && built()) move();
    heard ||= state === "live";
    showFreshness(state, asOf);
  }

  const regionOf = (search) => new URLSearchParams(search || "").get("region") || "";
  const stream = window.ypldLive.open({ region: regionOf(location.search), topics: TOPICS, onchange: hear, onstate });

  /* Follows the place the wall shows. */
  wall.listen = function (place) {
    stream.listen({ region: regionOf(place) });
  };

  /* The wall's random id, under which a phone drives it. */
  wall.listenAs = function (id) {
    stream.listen({ wall: id });
  };

  setInterval(() => {
    if (document.hidden || Date.now() - brokenAt < SLOW_MS) return;
    if (stream.state === "stale" || !document.querySelector(".quiet--failed:not(:has(a))")) return;
    brokenAt = Date.now();
    slowAt = 0;
    move();
  }, 1000);
})();
