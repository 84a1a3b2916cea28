/* The dialogue: takes the focus and gives it back, reads its fields, says what is missing, sends. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  let opener = null;

  desk.dialog = () => document.querySelector("#desk-action-dialog [role=dialog],#desk-action-dialog [role=alertdialog]") || document.querySelector("#desk-keys-list:not([hidden]) [role=dialog]");

  desk.leave = () => {
    const keys = document.getElementById("desk-keys-list");
    if (!keys.hidden) keys.hidden = true;
    else {
      desk.set("desk-action-dialog", { children: null });
      desk.set("desk-action-ask", { data: null });
    }
  };

  function tend() {
    const box = desk.dialog();
    for (const part of document.querySelectorAll(".bar,.main,.keys > :not(.veil)")) part.toggleAttribute("inert", Boolean(box));
    if (box && !box.contains(document.activeElement)) {
      if (document.activeElement !== document.body) opener ||= document.activeElement;
      const first = box.querySelector("[data-needed=true] textarea,[data-needed=true] [role=radio],[data-needed=true] [contenteditable],textarea,[role=radio],[data-again]");
      (first || box.querySelector("h2,button")).focus({ preventScroll: true });
      for (const chosen of box.querySelectorAll(".options [aria-checked=true]")) chosen.scrollIntoView({ block: "nearest" });
    }
    if (!box && opener) {
      const back = opener;
      opener = null;
      if (back.isConnected) back.focus({ preventScroll: true });
    }
  }
  new MutationObserver(tend).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });

  /* ---- fields ---- */
  function value(node) {
    if (node.matches("textarea")) return node.value.trim();
    if (node.getAttribute("role") === "radiogroup") return node.querySelector("[aria-checked=true]")?.dataset.value || "";
    if (node.matches(".files")) return [...node.querySelectorAll("[data-sha]")].map((one) => one.dataset.sha);
    return "";
  }

  function choose(option) {
    for (const other of option.closest("[role=radiogroup]").querySelectorAll("[role=radio]")) other.setAttribute("aria-checked", String(other === option));
  }

  desk.send = () => {
    const box = desk.dialog();
    const button = box?.querySelector("[data-send]");
    const job = desk.pending();
    if (!button || button.disabled || !job) return;
    const inputs = {};
    const missing = [];
    for (const field of box.querySelectorAll("[data-field]")) {
      const node = field.querySelector("[data-input]");
      const found = value(node);
      if (found.length) inputs[field.dataset.field] = found;
      else if (field.dataset.needed === "true") missing.push(field);
    }
    const fault = box.querySelector("[data-fault]");
    if (missing.length) {
      fault.textContent = fault.dataset.missing.replace("{what}", missing.map((field) => field.dataset.words).join("、"));
      missing[0].querySelector("textarea,[role=radio],button")?.focus();
      return;
    }
    if (box.querySelector("[data-sending-file]")) {
      fault.textContent = fault.dataset.wait;
      return;
    }
    fault.textContent = "";
    button.disabled = true;
    setTimeout(() => (button.disabled = false), 3000);
    desk.command(job.action, seen(box, job.cases), inputs);
  };

  /* One case is sent with the version that the dialogue was drawn for. */
  const seen = (box, cases) => (box.dataset.version && cases.length === 1 ? [{ key: cases[0].key, version: Number(box.dataset.version) }] : cases);

  /* "Look again and do it": the same action, asked anew for the case as it stands now. */
  function again() {
    const job = desk.pending();
    desk.again();
    if (job) desk.ask(job.action, job.cases.map((one) => ({ key: one.key })), job.inputs);
  }

  async function unmask(box) {
    const node = desk.shownCase();
    const [county, id] = node.dataset.case.split(":");
    const reason = box.querySelector("[data-unmask-reason]").value.trim();
    const out = box.querySelector("[data-unmasked]");
    if (reason.length < 2) {
      out.textContent = out.dataset.short;
      out.classList.add("box__fault");
      return;
    }
    const response = await fetch(`/api/v1/cases/${county}/${id}/reporter?${new URLSearchParams({ reason })}`, { cache: "no-store" });
    const answer = await response.json().catch(() => ({}));
    out.textContent = response.ok ? [answer.name, answer.phone].filter(Boolean).join(" ") : answer.message || String(response.status);
    out.classList.toggle("box__fault", !response.ok);
  }

  /* ---- a case to merge into ---- */
  let finding = 0;
  document.addEventListener("input", (event) => {
    const node = event.target.closest("[data-find-case]");
    if (!node) return;
    clearTimeout(finding);
    finding = setTimeout(() => findCase(node), 300);
  });

  async function findCase(node) {
    const words = node.textContent.trim();
    const list = node.closest(".field").querySelector("[role=radiogroup]");
    for (const old of list.querySelectorAll("[data-found]")) old.remove();
    if (words.length < 2) return;
    const key = /^\d{6}-/.test(words) ? "number" : "q";
    const response = await fetch(`/api/v1/cases?${new URLSearchParams({ [key]: words, region: node.dataset.findCase, limit: "8" })}`);
    const rows = response.ok ? (await response.json()).rows : [];
    const shown = rows.filter((row) => `${row.county_code}:${row.id}` !== desk.shownCase()?.dataset.case);
    for (const row of shown) {
      const option = document.createElement("button");
      Object.assign(option, { className: "option", textContent: `${row.number} ${row.title} · ${row.state_label}` });
      option.setAttribute("role", "radio");
      option.setAttribute("aria-checked", "false");
      Object.assign(option.dataset, { value: row.id, found: "true" });
      list.append(option);
    }
    if (!shown.length) {
      const none = Object.assign(document.createElement("p"), { className: "dim", textContent: node.dataset.none });
      none.dataset.found = "true";
      list.append(none);
    }
  }

  document.addEventListener("click", (event) => {
    const on = (css) => event.target.closest(css);
    const box = on("#desk-action-dialog [role=dialog],#desk-action-dialog [role=alertdialog]");
    if (on("[data-keys]")) document.getElementById("desk-keys-list").toggleAttribute("hidden");
    else if (on("[data-leave]")) desk.leave();
    else if (on("[data-send]")) desk.send();
    else if (on("[data-again]")) again();
    else if (on("[data-unmask-send]")) unmask(box);
    else if (box && on(".option[role=radio]")) choose(on(".option[role=radio]"));
    else if (event.target.matches(".veil")) desk.leave();
  });

  document.addEventListener("keydown", (event) => {
    const option = event.target.closest?.(".box [role=radio]");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!option || !step) return;
    const all = [...option.closest("[role=radiogroup]").querySelectorAll("[role=radio]")];
    const next = all[(all.indexOf(option) + step + all.length) % all.length];
    choose(next);
    next.focus();
    event.preventDefault();
  });
})();
