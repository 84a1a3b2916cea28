/* What the sections follow: the URL without the row under the cursor, and the data version. Changes come by the live
   stream (assets/shared/live.js); where there is none, /live/version is asked. A hidden tab asks nothing. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const PAGES = ["board", "case", "supervise", "directives", "patrols", "ranking", "appeals", "problems", "findings", "schemes", "people", "audit"]; // layouts/desk/panels/__init__.py
  const CALM_MS = 1000; // at most one refresh a second
  const same = () => window.dash_clientside.no_update;
  let lastBoard = null;

  function bare(search) {
    const query = new URLSearchParams(search || "");
    query.delete("pick");
    return query;
  }

  function section(query) {
    if (query.get("case")) return "case";
    return query.get("section") || "board";
  }

  /* One answer a section: the present one follows, the others stand still. */
  desk.places = function (search, version, ...before) {
    const query = bare(search);
    const now = section(query);
    const root = document.getElementById("desk-root");
    if (root) Object.assign(root.dataset, { section: now, view: now === "ranking" ? query.get("view") || "" : "" });
    const place = query.size ? `?${query}` : "";
    const moved = { search: place, version: version ?? 0 };
    query.delete("case");
    const board = query.toString();
    if (now === "board") {
      if (lastBoard !== null && lastBoard !== board) desk.refreshQueue(true);
      else if (lastBoard !== null) desk.refreshQueue(false);
      lastBoard = board;
    }
    const answers = ["all", ...PAGES].map((page) => (page === "all" || page === now ? moved : same()));
    return answers.map((one, n) => (one.search !== undefined && before[n] && before[n].search === one.search && before[n].version === one.version ? same() : one));
  };

  /* Whoever has no board opens with what they have, everybody else with the queue that needs them most. */
  desk.home = function (header) {
    const first = header?.props?.["data-home"] || "board"; // not drawn yet when this is asked
    const query = new URLSearchParams(location.search);
    // not by the answer: header, URL and places would be one circle, which Dash cuts
    const named = query.get("section") || query.get("case") || query.get("tab"); // a row may be picked already
    const landing = header?.props?.["data-landing"];
    if (first !== "board" && !query.get("section") && !query.get("case")) setTimeout(() => desk.go(`?section=${first}`), 0);
    else if (landing && !named) {
      query.set("tab", landing); // so that the queue stays while it empties
      setTimeout(() => desk.go(`?${query}`), 0);
    }
    return same();
  };

  /* Frozen figures do not follow the cases, and a form in a menu is not taken from under the hand. */
  const FROZEN = ["ranking", "appeals", "problems", "findings", "schemes"];
  const heeds = (topic) => topic === "edition" || topic === "*" || !FROZEN.includes(section(bare(location.search)));
  const writing = () => Boolean(document.querySelector(".page details[open] form"));

  let stream = null;
  let streaming = false;
  let dirty = false;
  let moved = 0;
  let asked = null; // the version that the server said last

  function listen() {
    if (stream || !window.ypldLive) return;
    stream = window.ypldLive.open({
      topics: "case,directive,patrol,edition",
      onchange: (change) => (dirty ||= heeds(change.topic)),
      onstate: (state, asOf) => {
        streaming = state === "live" || state === "polling";
        document.documentElement.dataset.live = state;
        stamp(asOf);
        if (state === "ended") location.reload();
      },
    });
  }

  function stamp(asOf) {
    const node = document.querySelector("[data-as-of]");
    if (!node || !asOf) return;
    const two = (n) => String(n).padStart(2, "0");
    const words = `${two(asOf.getHours())}:${two(asOf.getMinutes())}:${two(asOf.getSeconds())}`;
    if (node.textContent !== words) node.textContent = words;
  }

  desk.poll = async function (_tick, version) {
    if (document.hidden) return same();
    listen();
    if (streaming) {
      if (!dirty || writing() || Date.now() - moved < CALM_MS) return same();
      dirty = false;
      moved = Date.now();
      return moved;
    }
    try {
      const response = await fetch("/live/version", { headers: { Accept: "application/json" }, cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      const answer = await response.json();
      stamp(new Date(answer.as_of));
      document.documentElement.dataset.live = "ok";
      const first = asked === null;
      if (asked === answer.version) return same();
      asked = answer.version;
      return first ? same() : answer.version;
    } catch (_error) {
      document.documentElement.dataset.live = "stale";
      return same();
    }
  };

  /* Ask for everything that is shown again. */
  desk.again = () => desk.set("desk-live-version", { data: Date.now() });
})();
