/* Small forms: what is filled in goes to the API as JSON; the answer is said beside the button, then all is read again. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});

  function value(node) {
    if (node.matches("textarea")) return node.value.trim();
    if (node.matches(".place")) return node.dataset.value;
    if (node.dataset.raw) return node.picked ? node.picked.name : "";
    if (node.matches(".files")) return [...node.querySelectorAll("[data-sha]")].map((one) => one.dataset.sha);
    const chosen = [...node.querySelectorAll("[aria-checked=true]")].map((one) => one.dataset.value);
    return node.dataset.several === "true" ? chosen : chosen[0] || "";
  }

  /* "grants.0.role" into {grants: [{role}]} */
  function put(body, name, found) {
    const keys = name.split(".");
    let at = body;
    keys.forEach((key, n) => {
      if (n === keys.length - 1) at[key] = found;
      else at = at[key] ||= /^\d+$/.test(keys[n + 1]) ? [] : {};
    });
  }

  const fill = (words, answer) => words.replace(/\{([\w.]+)\}/g, (_all, path) => path.split(".").reduce((at, key) => at?.[key], answer) ?? "");

  async function send(node) {
    const form = node.closest("[data-api]");
    if (node.dataset.sure && !window.confirm(node.dataset.sure)) return;
    const body = JSON.parse(form.dataset.fixed);
    let raw = null; // a file that is sent as it is, in place of JSON
    const apart = {};
    const missing = [];
    for (const field of form.querySelectorAll("[data-name]")) {
      if (field.dataset.raw) raw = field.picked || null;
      if (field.dataset.ifChanged && field.value === field.defaultValue) continue;
      const found = value(field);
      if (field.dataset.needed && !found.length) missing.push(field);
      if (field.dataset.name.startsWith("-")) apart[field.dataset.name] = found;
      else if (found.length) put(body, field.dataset.name, found);
    }
    if (missing.length) {
      say(form, false, fill(form.dataset.missing, { what: missing.map((field) => field.dataset.needed).join("、") }));
      missing[0].focus();
      return;
    }
    if (form.querySelector("[data-sending-file]")) return;
    const [method, path] = form.dataset.api.split(" ");
    const target = path.replace(/\{(-\w+)\}/g, (_all, key) => encodeURIComponent(apart[key] || "0"));
    const options = { method, headers: { Accept: "application/json" } };
    if (raw) Object.assign(options, { body: raw, headers: { ...options.headers, "Content-Type": raw.name.endsWith(".csv") ? "text/csv" : "application/octet-stream" } });
    else if (method !== "DELETE") Object.assign(options, { body: JSON.stringify(body), headers: { ...options.headers, "Content-Type": "application/json" } });
    const response = await fetch(target, options);
    const answer = await response.json().catch(() => ({}));
    say(form, response.ok, response.ok ? fill(result(form), answer) : fill(form.dataset.refused, { message: told(form, answer, response.status) }));
    if (response.status === 409) desk.again();
    if (!response.ok) return;
    for (const text of form.querySelectorAll("textarea")) text.value = text.defaultValue;
    for (const shown of form.querySelectorAll("[data-files]")) shown.replaceChildren();
    const next = form.dataset.then && fill(form.dataset.then, answer);
    if (next) desk.go(next);
    desk.again();
  }

  /* The refusal in the reader's words where there are some; of tables also the place in the file, as the server names it. */
  function told(form, answer, status) {
    const all = JSON.parse(document.querySelector("[data-faults]")?.dataset.faults || "{}");
    const words = all[answer.error] || (status === 409 && all.conflict);
    return words && !form.dataset.detailed ? words : [words, answer.message].filter(Boolean).join("：") || String(status);
  }

  function pick(group) {
    const input = Object.assign(document.createElement("input"), { type: "file", accept: ".csv,.xlsx" });
    input.addEventListener("change", () => {
      group.picked = input.files[0];
      group.querySelector("[data-picked]").textContent = group.picked?.name || "";
    });
    input.click();
  }

  const result = (form) => form.querySelector("[data-result]")?.dataset.result || form.dataset.result || "";

  /* What is said once (a password) stays until the next answer, wherever the table is drawn anew. */
  function say(form, good, words) {
    if (!words) return;
    const toasts = document.getElementById("desk-form-said");
    const node = Object.assign(document.createElement("div"), { className: good ? "toast" : "toast toast--failed", textContent: words });
    node.setAttribute("role", good ? "status" : "alert");
    toasts.replaceChildren(node);
  }

  /* Who corrects what was refused has read why. */
  document.addEventListener("input", (event) => {
    if (event.target.closest?.("[data-api]")) document.querySelector("#desk-form-said .toast--failed")?.remove();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-api-send]");
    const table = event.target.closest("[data-pick-table]");
    if (table) pick(table.closest("[data-raw]"));
    const option = event.target.closest(".form .option");
    if (button) send(button);
    else if (option && option.getAttribute("role") === "checkbox") option.setAttribute("aria-checked", String(option.getAttribute("aria-checked") !== "true"));
    else if (option) for (const other of option.parentElement.children) other.setAttribute("aria-checked", String(other === option));
  });
})();
