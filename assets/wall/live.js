/* Live: hears of changes in the region shown (assets/shared/live.js) and moves the version Stores. The stream asks first, on
   average at most once a second; the other panels when it has answered, at most every two seconds, so that they are not
   in its way; heavy panels, and panels that broke, at most every five. Others hear each change as an event "wall:change"
   of the document. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const OTHERS_MS = 2000;
  const SLOW_MS = 5000;
  const CREDIT_MS = 1000; // one look of the stream is earned in this time, and two can be saved up, so that few wait
  const CREDIT_MOST = 2;
  const LOOK_MS = 40; // looks again when panels still answer
  const PATIENCE_MS = 5000; // with panels that do not answer
  const FIRST_MOST_MS = 1000; // what the others leave to the stream
  const TOPICS = "case,directive,patrol,device,drive,edition";
  const FIGURES = new Set(["case", "device", "edition", "*"]);

  let moved = 0; // what there is to show
  let brokenAt = Date.now(); // when panels that broke last asked again
  let credit = CREDIT_MOST;
  let creditAt = Date.now();
  let timer = 0;
  let told = 0;

  const loads = (inside) => Boolean(document.querySelector(`${inside} [data-dash-is-loading=true]`));
  const built = () => document.getElementById("wall-kpis-body");
  /* A panel asked again before it has answered throws its answer away. */
  const within = (at, most, inside, now) => (now - at < most && loads(inside) ? LOOK_MS : 0);

  function earned(now) {
    credit = Math.min(CREDIT_MOST, credit + (now - creditAt) / CREDIT_MS);
    creditAt = now;
    return (1 - credit) * CREDIT_MS;
  }

  const stream = {
    id: "wall-live-stream",
    wait: (now) => Math.max(earned(now), within(stream.at, PATIENCE_MS, "#wall-stream", now)),
    done: () => (credit -= 1),
  };
  const others = {
    id: "wall-live-version",
    wait: (now) =>
      Math.max(
        others.at + OTHERS_MS - now,
        within(stream.at, FIRST_MOST_MS, "#wall-stream", now),
        within(others.at, PATIENCE_MS, ".main", now),
      ),
  };
  const slow = {
    id: "wall-live-slow",
    wait: (now) => Math.max(slow.at + SLOW_MS - now, within(others.at, PATIENCE_MS, ".main", now)),
  };
  const speeds = [stream, others, slow];
  for (const one of speeds) Object.assign(one, { at: one === slow ? Date.now() : 0, shown: 0 });

  /* Asks for what is due, in order, and comes back for the rest. */
  function refresh() {
    clearTimeout(timer);
    timer = 0;
    if (!built()) return;
    let next = Infinity;
    for (const one of speeds) {
      if (one.shown === moved) continue;
      const now = Date.now();
      const wait = one.wait(now);
      if (wait > 0) {
        next = Math.min(next, wait);
        continue;
      }
      one.shown = moved;
      one.at = now;
      one.done?.();
      window.dash_clientside.set_props?.(one.id, { data: `${moved} ${++told}` });
      next = Math.min(next, LOOK_MS);
      break; // the next one after a look, so that what was asked for first is first on its way
    }
    if (next < Infinity) timer = setTimeout(refresh, next);
  }

  function move() {
    moved += 1;
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
  const source = window.ypldLive.open({ region: regionOf(location.search), topics: TOPICS, onchange: hear, onstate });

  /* Follows the place the wall shows. */
  wall.listen = function (place) {
    source.listen({ region: regionOf(place) });
  };

  /* The wall's random id, under which a phone drives it. */
  wall.listenAs = function (id) {
    source.listen({ wall: id });
  };

  setInterval(() => {
    if (document.hidden || Date.now() - brokenAt < SLOW_MS) return;
    if (source.state === "stale" || !document.querySelector(".quiet--failed:not(:has(a))")) return;
    brokenAt = Date.now();
    slow.at = 0;
    move();
  }, 1000);
})();
