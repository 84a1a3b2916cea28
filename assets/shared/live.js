/* Live: one stream of changes from /live for any page, without other scripts. Used by wall, desk and field alike.

   const live = ypldLive.open({ region, topics, wall, onchange, onstate });   // all of it may be left out
   onchange(change): { seq, topic, action, ref, path, unit, detail }; { topic: "*" }: anything may have changed, ask again.
   onstate(state, asOf): "live", "polling" (no stream, but the server answers), "stale" (nobody answers) or "ended" (the
   session is over). asOf: Date of the server's last word, or null. Told when either changes.
   live.listen({ region, topics, wall }) listens elsewhere without a gap; live.close() is the end.

   A change comes at least once. A hidden tab closes its stream and catches up when it is shown. */
(function () {
  "use strict";
  const SILENT_MS = 22000; // the server says something every 15 s
  const POLL_MS = 2000;
  const STALE_MS = 10000;
  const RETRY_MS = 1000;
  const RETRY_MOST_MS = 15000;
  const KNOWN = 256;

  function open(options) {
    const wanted = { region: "", topics: "", wall: "", ...options };
    const known = new Set(); // what was told already, so that a repeated change is told once
    let source = null;
    let after = null; // where to go on
    let version = null;
    let asOf = null;
    let heard = Date.now();
    let asked = 0;
    let retryAt = 0;
    let tries = 0;
    let state = "";
    let over = false; // closed for good
    let ended = false; // by the server

    function tell(next) {
      state = next;
      wanted.onstate?.(state, asOf);
    }

    function word(as_of) {
      heard = Date.now();
      if (as_of) asOf = new Date(as_of);
    }

    function address() {
      const query = new URLSearchParams();
      for (const name of ["region", "topics", "wall"]) if (wanted[name]) query.set(name, wanted[name]);
      if (after !== null) query.set("after", after);
      return `/live?${query}`;
    }

    function connect() {
      drop();
      if (over || document.hidden) return;
      const mine = (source = new EventSource(address()));
      const on = (name, act) =>
        mine.addEventListener(name, (event) => {
          if (mine !== source) return;
          if (event.lastEventId) after = event.lastEventId;
          act(event.data ? JSON.parse(event.data) : {});
        });
      on("hello", (data) => {
        const missed = version !== null && data.resumed === false;
        tries = 0;
        ended = false;
        version = data.version;
        word(data.as_of);
        tell("live");
        if (missed) wanted.onchange?.({ topic: "*" });
      });
      on("beat", (data) => {
        word(data.as_of);
        tell("live");
      });
      on("change", (data) => {
        word(data.as_of);
        tell("live");
        if (known.has(data.seq)) return;
        known.add(data.seq);
        if (known.size > KNOWN) known.delete(known.values().next().value);
        wanted.onchange?.(data);
      });
      on("reload", (data) => {
        word(data.as_of);
        wanted.onchange?.({ topic: "*" });
      });
      on("end", () => {
        ended = true;
        tell("ended");
        lose(3 * RETRY_MS); // a grant may have changed: one more try, with what is granted now
      });
      mine.onerror = () => {
        if (mine === source) lose();
      };
    }

    function drop() {
      if (source) source.close();
      source = null;
    }

    function lose(wait) {
      drop();
      if (ended && !wait) retryAt = Infinity;
      else retryAt = Date.now() + (wait || Math.min(RETRY_MS * 2 ** tries++, RETRY_MOST_MS) * (0.5 + Math.random()));
    }

    async function poll() {
      asked = Date.now();
      try {
        const response = await fetch("/live/version", { headers: { Accept: "application/json" }, cache: "no-store" });
        if (!response.ok) throw new Error(`live version: ${response.status}`);
        const answer = await response.json();
        if (over || source?.readyState === 1) return;
        const moved = version !== null && answer.version !== version;
        version = answer.version;
        word(answer.as_of);
        tell("polling");
        if (moved) wanted.onchange?.({ topic: "*" });
      } catch (_error) {
        if (!over && Date.now() - heard > STALE_MS && source?.readyState !== 1) tell("stale");
      }
    }

    function tend() {
      if (over || document.hidden) return;
      const now = Date.now();
      if (source && now - heard > SILENT_MS && source.readyState === 1) lose();
      if (!source && now >= retryAt) connect();
      if (source?.readyState !== 1 && !ended && now - asked >= POLL_MS) poll();
    }

    function seen() {
      if (document.hidden) return drop();
      ended = false;
      retryAt = tries = 0;
      heard = Date.now();
      tend();
    }

    const timer = setInterval(tend, 1000);
    document.addEventListener("visibilitychange", seen);
    window.addEventListener("online", seen);
    window.addEventListener("pagehide", drop);
    window.addEventListener("pageshow", seen);
    asked = Date.now();
    connect();

    return {
      listen(next) {
        const before = address();
        Object.assign(wanted, next);
        if (address() !== before) connect();
      },
      close() {
        over = true;
        clearInterval(timer);
        document.removeEventListener("visibilitychange", seen);
        window.removeEventListener("online", seen);
        window.removeEventListener("pagehide", drop);
        window.removeEventListener("pageshow", seen);
        drop();
      },
      get state() {
        return state;
      },
    };
  }

  window.ypldLive = { open };
})();
