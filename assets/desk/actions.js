/* Actions: a button or a key either sends what it means at once, or opens the dialogue it is filled in with. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});

  /* UUIDv7, so that what is sent twice is done once. */
  desk.newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    let ms = Date.now();
    for (let n = 5; n >= 0; n--, ms = Math.floor(ms / 256)) bytes[n] = ms % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  };

  /* The case that keys and buttons mean: the page of one case where it is open, else the selected one. */
  desk.shownCase = () => {
    const open = document.getElementById("desk-root")?.dataset.section === "case";
    return document.querySelector(open ? ".sheet[data-case]" : ".side[data-case]");
  };
  const current = desk.shownCase;

  function about(node) {
    return [{ key: node.dataset.case, version: Number(node.dataset.version) }];
  }

  function unit(node) {
    return node.querySelector(".suggest[aria-checked=true],.suggest__other[aria-checked=true]")?.dataset.unit || "";
  }

  let pending = null; // what was sent last, for "look again and do it"
  desk.command = (action, cases, inputs) => {
    pending = { action, cases, inputs };
    desk.set("desk-action-command", { data: { id: desk.newId(), action, cases, inputs: inputs || {} } });
  };
  desk.ask = (action, cases, chosen) => {
    pending = { action, cases, inputs: chosen || {} };
    desk.set("desk-action-ask", { data: { action, cases, chosen: chosen || {}, at: Date.now() } });
  };
  desk.pending = () => pending;

  desk.act = (button, chosen) => {
    const node = button.closest("[data-case]") || current();
    if (!node || button.disabled) return;
    const action = button.dataset.action;
    const dispatching = action === "dispatch" || action === "redispatch";
    const inputs = dispatching && unit(node) ? { unit: unit(node) } : {};
    if (button.dataset.atOnce === "true" && (!dispatching || inputs.unit)) desk.command(action, about(node), inputs);
    else desk.ask(action, about(node), { ...inputs, ...chosen });
  };

  desk.chooseUnit = (button) => {
    for (const other of button.closest("[role=radiogroup]").querySelectorAll("[role=radio]")) other.setAttribute("aria-checked", String(other === button));
  };

  desk.bulk = (action) => {
    const rows = document.getElementById("desk-root").dataset.section === "supervise" ? desk.superviseTicked() : desk.ticked();
    const cases = rows.map((row) => ({ key: row.key, version: row.version }));
    if (!cases.length) return;
    if (action === "accept") desk.command(action, cases, {});
    else desk.ask(action, cases, {});
  };

  desk.untickAll = () => {
    desk.untick();
    desk.superviseUntick();
  };

  const SAID_MS = 6000;
  let saying = 0;
  /* After the server answered: what was done is shown as it stands now. */
  desk.done = (answer) => {
    if (answer && answer.done && answer.done.length) {
      desk.untickAll();
      clearTimeout(saying);
      if (!answer.failed) saying = setTimeout(() => desk.set("desk-action-toast", { children: null }), SAID_MS);
    }
    if (answer) desk.again();
    return window.dash_clientside.no_update;
  };

  document.addEventListener("click", (event) => {
    const on = (css) => event.target.closest(css);
    const merge = on("[data-merge]");
    if (on("[data-action]")) desk.act(on("[data-action]"));
    else if (merge) desk.ask("merge", about(merge.closest("[data-case]")), { into: merge.dataset.merge.split(":")[1] });
    else if (on(".suggest,.suggest__other")) desk.chooseUnit(on(".suggest,.suggest__other"));
    else if (on("[data-bulk]")) desk.bulk(on("[data-bulk]").dataset.bulk);
    else if (on("[data-bulk-clear]")) desk.untickAll();
    else if (on("[data-unmask]")) desk.ask("unmask", about(on("[data-unmask]").closest("[data-case]")), {});
    else return;
    on(".menu[open]")?.removeAttribute("open");
  });
})();
