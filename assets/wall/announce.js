/* Announces new serious cases one after the other, in a band under the header, with a tone where that is switched on. */
(function () {
  "use strict";
  const KEY = "wall-sound";
  const FRESH_MS = 120000; // what is older was missed, and stands in the stream
  const ANSWER_MS = 4000;
  const GAP_MS = 400;
  const MOST = 8;
  const ACTIONS = new Set(["report", "classify"]);
  const TONES = [
    [784, 0],
    [988, 0.18],
  ]; // Hz, s
  const told = new Set();
  const queue = [];
  let showing = false;
  let audio = null;

  const box = () => document.getElementById("wall-announce");
  const body = () => document.getElementById("wall-announce-body");
  const button = () => document.getElementById("wall-header-sound");
  const loud = () => localStorage.getItem(KEY) === "1";

  function serious(change) {
    if (change.topic !== "case" || !ACTIONS.has(change.action) || !box()) return false;
    if (!box().dataset.severities.split(",").includes(change.detail.severity)) return false;
    return Date.now() - Date.parse(change.at) < FRESH_MS;
  }

  function hear({ detail: change }) {
    const key = change.ref || change.seq;
    if (!serious(change) || told.has(key)) return;
    told.add(key);
    if (told.size > 200) told.delete(told.values().next().value);
    queue.push(change);
    if (queue.length > MOST) queue.shift();
    next();
  }

  function next() {
    if (showing || !queue.length) return;
    showing = true;
    let timer = setTimeout(end, ANSWER_MS); // a case that may not be seen has no words
    const watch = new MutationObserver(() => {
      if (!body().firstElementChild) return;
      watch.disconnect();
      clearTimeout(timer);
      box().classList.add("announce--on");
      if (loud()) ring();
      timer = setTimeout(end, Number(box().dataset.seconds) * 1000);
    });
    watch.observe(body(), { childList: true, subtree: true, characterData: true, attributes: true });
    window.dash_clientside.set_props("wall-announce-told", { data: queue.shift() });

    function end() {
      watch.disconnect();
      box().classList.remove("announce--on");
      setTimeout(() => {
        showing = false;
        next();
      }, GAP_MS);
    }
  }

  function ring() {
    audio ||= new AudioContext();
    audio.resume();
    for (const [pitch, after] of TONES) {
      const [tone, volume, at] = [audio.createOscillator(), audio.createGain(), audio.currentTime + after];
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + 0.65);
    }
  }

  function showSwitch() {
    const node = button();
    if (!node || node.getAttribute("aria-pressed") === String(loud())) return;
    node.setAttribute("aria-pressed", String(loud()));
    node.title = loud() ? node.dataset.on : node.dataset.off;
  }

  document.addEventListener("wall:change", hear);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#wall-header-sound")) return;
    localStorage.setItem(KEY, loud() ? "0" : "1");
    showSwitch();
    if (loud()) ring();
  });
  setInterval(showSwitch, 1000);
})();
