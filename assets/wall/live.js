/* Live: asks /live/version, moves the version Stores only when the data moved, marks the wall stale when nobody answers.
   Heavy panels follow the slow version, at most every five seconds; so do panels that broke. A hidden tab asks nothing. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const SLOW_MS = 5000;
  const STALE_MS = 10000;
  let first = ask();
  let answered = Date.now();
  let slowMoved = Date.now();
  let asked = Date.now(); // when a panel that broke last asked again

  async function ask() {
    const response = await fetch("/live/version", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) throw new Error(`live version: ${response.status}`);
    return response.json();
  }
  first.catch(() => {});

  function showFreshness(as_of) {
    const late = Date.now() - answered > STALE_MS;
    document.documentElement.dataset.live = late ? "stale" : "ok";
    const node = document.getElementById("wall-header-as-of");
    if (!as_of || !node || !node.firstChild || node.dataset.archive) return;
    const text = wall.hours(new Date(as_of));
    if (node.firstChild.nodeValue !== text) node.firstChild.nodeValue = text;
  }

  /* The first answer was asked for before any panel: what it names is on the screen already. */
  let known = null;

  wall.poll = async function (_tick, version, slow) {
    const same = window.dash_clientside.no_update;
    if (document.hidden) return [same, same];
    let answer;
    try {
      if (known === null) known = (await first).version;
      answer = await ask();
    } catch (_error) {
      if (known === null) first = ask();
      first.catch(() => {});
      showFreshness(null);
      return [same, same];
    }
    answered = Date.now();
    showFreshness(answer.as_of);
    if (document.querySelector(".quiet--failed:not(:has(a))") && Date.now() - asked >= SLOW_MS) {
      asked = Date.now();
      return [`${answer.version} ${asked}`, `${answer.version} ${asked}`]; // the same version, but a new word for it
    }
    const shown = parseInt(version ?? known, 10);
    const shownSlow = parseInt(slow ?? known, 10);
    const slowDue = answer.version !== shownSlow && Date.now() - slowMoved >= SLOW_MS;
    if (slowDue) slowMoved = Date.now();
    return [answer.version === shown ? same : answer.version, slowDue ? answer.version : same];
  };
})();
