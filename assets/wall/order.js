/* Directives: keeps what is chosen in the composer and sends it; withdraws; makes the panel ask again when one changed. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  const MINUTE_MS = 60000;
  const HOUR_MS = 3600000;
  const MOST_HOURS = 90 * 24;
  const APART_MS = 400;
  let moved = 0;
  let movedAt = 0;
  let soon = 0;
  let hours = 4; // of a deadline made by pressing
  let sent = null; // {key, id} of the order on its way, so that pressing again does not order twice

  const composer = () => document.querySelector("[data-order]");
  const picked = (name) => [...composer().querySelectorAll(`[data-pick="${name}"][aria-checked="true"]`)];
  const words = () => JSON.parse(composer().dataset.words);

  /* UUIDv7: ids ascend with time. */
  function newId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const now = BigInt(Date.now());
    for (let n = 0; n < 6; n++) bytes[n] = Number((now >> BigInt(40 - 8 * n)) & 255n);
    bytes[6] = (bytes[6] & 15) | 112;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* ---- choosing ---- */

  function pick(button) {
    const single = button.getAttribute("role") === "radio";
    if (single) for (const one of picked(button.dataset.pick)) one.setAttribute("aria-checked", "false");
    button.setAttribute("aria-checked", String(single || button.getAttribute("aria-checked") !== "true"));
    if (button.dataset.pick === "due") showCustom(button.dataset.value === "custom");
    say("");
  }

  function showCustom(shown) {
    const box = composer().querySelector(".order__custom");
    box.hidden = !shown;
    const said = box.querySelector(".order__until");
    const local = new Date(Date.now() + hours * HOUR_MS + Number(composer().dataset.offset) * MINUTE_MS);
    const parts = { h: hours, m: local.getUTCMonth() + 1, d: local.getUTCDate(), t: local.toISOString().slice(11, 16) };
    said.textContent = said.dataset.format.replace(/\{(\w)\}/g, (_all, key) => parts[key]);
  }

  function addHours(more) {
    hours = Math.min(MOST_HOURS, Math.max(1, hours + more));
    showCustom(true);
  }

  function write(text) {
    const box = composer().querySelector(".order__text");
    box.value = text;
    box.focus({ preventScroll: true });
    say("");
  }

  function say(text) {
    const fault = composer()?.querySelector(".order__fault");
    if (fault) fault.textContent = text;
  }

  /* ---- sending ---- */

  function given() {
    const { order, county, case: about, subject } = composer().dataset;
    const [due] = picked("due");
    const out = { region: order, text: composer().querySelector(".order__text").value.trim(), subject };
    out.roles = picked("role").map((button) => button.dataset.value);
    const unit = picked("unit")[0]?.dataset.value;
    if (unit) out.unit = unit;
    if (about) out.case = { county_code: county, id: about };
    if (due?.dataset.at) out.due_at = due.dataset.at;
    else out.due_in = due?.dataset.span || `${hours}h`;
    return out;
  }

  function missing(order) {
    if (!order.roles.length && !order.unit) return "roles";
    return order.text ? "" : "text";
  }

  async function ask(method, path, body) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const response = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.message), { code: answer.error });
    return answer;
  }

  async function send(button) {
    const order = given();
    const lacks = missing(order);
    if (lacks) return say(words()[lacks]);
    const key = JSON.stringify(order);
    if (sent?.key !== key) sent = { key, id: newId() };
    button.disabled = true;
    say(words().sending);
    try {
      const answer = await ask("POST", "/directives", { ...order, id: sent.id });
      sent = null;
      const next = new URLSearchParams(order.subject);
      next.set("directive", answer.id);
      wall.go(`?${next}`);
      move();
    } catch (error) {
      say(error.code ? words()[error.code] || words().other : words().network);
    } finally {
      button.disabled = false;
    }
    return undefined;
  }

  /* The first press asks, the second withdraws. */
  async function withdraw(button) {
    if (!button.dataset.asked) {
      button.dataset.asked = "1";
      button.textContent = button.dataset.sure;
      return;
    }
    try {
      await ask("DELETE", `/directives/${button.dataset.withdraw}`);
      move();
    } catch (_error) {
      button.textContent = button.dataset.failed;
      delete button.dataset.asked;
    }
  }

  const ACTS = [
    ["[data-pick]", pick],
    ["[data-template]", (button) => write(button.dataset.template)],
    ["[data-hours]", (button) => addHours(Number(button.dataset.hours))],
    ["[data-send]", send],
    ["[data-withdraw]", withdraw],
  ];
  document.addEventListener("click", (event) => {
    for (const [selector, act] of ACTS) {
      const button = event.target.closest(`.dialog ${selector}`);
      if (button) return void act(button);
    }
  });

  /* ---- asking again: when a directive changed, at once but not for each of many receipts; and each minute while some
     wait, because time runs ---- */

  function move() {
    if (soon) return;
    const wait = Math.max(0, APART_MS - (Date.now() - movedAt));
    soon = setTimeout(() => {
      soon = 0;
      movedAt = Date.now();
      window.dash_clientside.set_props?.("wall-live-directive", { data: ++moved });
    }, wait);
  }
  document.addEventListener("wall:change", (event) => {
    if (event.detail.topic === "directive" || event.detail.topic === "*") move();
  });
  setInterval(() => !document.hidden && document.querySelector(".directives") && move(), MINUTE_MS);
})();
