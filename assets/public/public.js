// Improves the public end where scripts run; every page works without it.
"use strict";
const POSITION = "public-position";
const find = (selector) => document.querySelector(selector);

// Choosing a place: the next select appears as soon as the one above it is answered.
find("[data-spot]")?.addEventListener("change", async (event) => {
  const form = event.currentTarget, asked = new URLSearchParams(), selects = [...form.querySelectorAll("select")];
  asked.set("kind", form.elements.kind.value);
  for (const select of selects.slice(0, selects.indexOf(event.target) + 1)) if (select.value) asked.set(select.name, select.value);
  const answer = await fetch(`${form.action}?${asked}`, { redirect: "manual" });
  if (answer.type === "opaqueredirect" || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-spot] .field");
  const kept = [...form.querySelectorAll(".field")];
  const last = selects.indexOf(event.target);
  kept.slice(last + 1).forEach((field) => field.remove());
  [...fresh].slice(last + 1).forEach((field) => form.querySelector("button").before(field));
});

// "Use my position": kept in this tab until the report is sent, so that it can be attached to it.
const locate = find("[data-locate]");
if (locate && navigator.geolocation && isSecureContext) {
  locate.hidden = false;
  locate.querySelector("button").addEventListener("click", () => navigator.geolocation.getCurrentPosition(({ coords }) => {
    const found = { lon: coords.longitude.toFixed(5), lat: coords.latitude.toFixed(5), accuracy: Math.round(coords.accuracy) };
    sessionStorage.setItem(POSITION, JSON.stringify(found));
    locate.elements.lon.value = found.lon;
    locate.elements.lat.value = found.lat;
    locate.submit();
  }, () => { locate.querySelector("[data-failed]").hidden = false; }, { enableHighAccuracy: true, timeout: 15000 }));
}
const attached = find("[data-attached]"), position = JSON.parse(sessionStorage.getItem(POSITION) || "null");
if (attached && position) {
  const put = (value) => document.querySelectorAll("[data-position]").forEach((input) => { input.value = value(input); });
  put((input) => position[input.dataset.position]);
  attached.hidden = false;
  attached.querySelector("button").addEventListener("click", () => {
    sessionStorage.removeItem(POSITION);
    put(() => "");
    attached.hidden = true;
  });
}

// A second press while the first is on its way would be the same report again; it is spared.
find("[data-once]")?.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button:not([type])");
  if (button.hasAttribute("aria-disabled")) event.preventDefault();
  button.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => find("[data-once] [aria-disabled]")?.removeAttribute("aria-disabled"));

const print = find("[data-print]");
if (print) {
  sessionStorage.removeItem(POSITION);
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
