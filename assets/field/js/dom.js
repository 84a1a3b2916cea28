/* Making nodes. Attributes by name, "on…" as listeners; text is text, never markup. */
import { t } from "./words.js";

const CLAUSE = 22; // characters that surely fit a line
const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "htmlFor", "className"]);

export function h(tag, attributes = {}, ...kids) {
  return fill(document.createElement(tag), attributes, kids);
}

export function s(tag, attributes = {}, ...kids) {
  return fill(document.createElementNS(SVG, tag), attributes, kids);
}

function fill(node, attributes, kids) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...kids.flat(9).filter((kid) => kid !== null && kid !== undefined && kid !== false));
  return node;
}

/* One of the shell's drawings; words beside it say what it means. */
export function icon(name) {
  return s("svg", { class: "ic", "aria-hidden": "true" }, s("use", { href: `#i-${name}` }));
}

export function button(words, act, { kind = "", name = null, ...rest } = {}) {
  return h("button", { type: "button", class: `btn ${kind}`, onclick: act, ...rest }, name && icon(name), h("span", {}, words));
}

export function link(words, href, { kind = "", name = null, ...rest } = {}) {
  return h("a", { class: `btn ${kind}`, href, ...rest }, name && icon(name), h("span", {}, words));
}

/* Words whose clauses do not break where they need not: 夜间 17:30–08:30 stays on one line. Chinese only. */
export function clauses(text) {
  const parts = text.split(/(?<=[，。、；])/);
  return parts.length > 1 ? parts.map((one) => (one.length > CLAUSE ? one : h("span", { class: "clause" }, one))) : text;
}

/* A card that only says something, in a list of its own. */
export function notice(name, words) {
  return h("div", { class: "list" }, h("p", { class: "card card--say" }, icon(name), h("span", {}, words)));
}

/* An upright card, drawn: yellow or red. */
export function cardMark(card) {
  return h("i", { class: `cardmark cardmark--${card}`, "aria-hidden": "true" });
}

/* A picture whose address comes later; without one its place says so. */
export function picture(promise, alt, className = "thumb") {
  const image = h("img", { class: className, alt, decoding: "async" });
  promise.then(
    (url) =>
      url
        ? (image.src = url)
        : image.replaceWith(h("span", { class: `${className} thumb--gone`, role: "img", "aria-label": alt })),
    () => image.replaceWith(h("span", { class: `${className} thumb--gone`, role: "img", "aria-label": alt })),
  );
  return image;
}

/* A short word at the foot of the page, read out, too. */
let fading = 0;
export function say(text, kind = "", milliseconds = 6000) {
  const node = document.getElementById("said");
  node.className = `said said--on ${kind}`;
  node.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => (node.className = "said"), milliseconds);
}

/* A sheet over the page: {close}. Esc and the veil close it. */
export function sheet(title, ...kids) {
  const made = h("dialog", { class: "sheet", "aria-labelledby": "sheet-title" });
  const close = () => made.close();
  made.append(
    h(
      "div",
      { class: "sheet__in" },
      h(
        "div",
        { class: "sheet__head" },
        h("h2", { id: "sheet-title" }, title),
        button("×", close, { kind: "btn--icon", "aria-label": t("close") }),
      ),
      ...kids,
    ),
  );
  made.addEventListener("click", (event) => event.target === made && close());
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  made.showModal();
  return { close, node: made };
}
