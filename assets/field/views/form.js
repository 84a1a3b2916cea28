/* Parts of forms: photos, a choice of one, a text, the big button; and the draft that is kept while one writes. */
import { h, icon, button, picture, say } from "../js/dom.js";
import { ownUrl, take } from "../js/photos.js";
import { full, read, remove, write } from "../js/store.js";
import { t } from "../js/words.js";

const CALM_MS = 300;

/* A draft under `key`: {load, save(value), drop, settle}. What was typed survives a closed tab. */
export function draft(key) {
  let timer = 0;
  let wanted = null;
  let warned = false;
  async function flush() {
    clearTimeout(timer);
    if (!wanted) return;
    const value = wanted;
    wanted = null;
    try {
      await write("drafts", value, key);
    } catch (error) {
      if (!full(error)) throw error;
      if (!warned) say(t("full.draft"), "said--bad");
      warned = true;
    }
  }
  addEventListener("pagehide", flush);
  return {
    key,
    flush,
    load: () => read("drafts", key),
    save(value) {
      wanted = value;
      clearTimeout(timer);
      timer = setTimeout(flush, CALM_MS);
    },
    async drop() {
      wanted = null;
      clearTimeout(timer);
      await remove("drafts", key);
    },
    close() {
      flush();
      removeEventListener("pagehide", flush);
    },
  };
}

/* The photos of a form. `value.photos`: their hashes; `blobs`: those that are only in memory. Calls `changed`. */
export function photoField(value, blobs, { most = 4, large = false, changed }) {
  const node = h("div", { class: `photos ${large ? "photos--large" : ""}` });
  const input = h("input", {
    type: "file",
    accept: "image/*",
    capture: "environment",
    class: "unseen",
    tabindex: "-1",
    "aria-hidden": "true",
    id: "photo-file",
    onchange: add,
  });

  async function add() {
    const files = [...input.files];
    input.value = "";
    for (const file of files.slice(0, most - value.photos.length)) {
      node.setAttribute("aria-busy", "true");
      try {
        const one = await take(file);
        if (!value.photos.includes(one.sha)) value.photos.push(one.sha);
        if (!one.kept) {
          blobs[one.sha] = one.blob;
          say(t("full.photo"), "said--bad");
        }
      } catch {
        say(t("photo.unreadable"), "said--bad");
      }
      node.removeAttribute("aria-busy");
    }
    changed();
    draw();
  }

  function drop(sha) {
    value.photos.splice(value.photos.indexOf(sha), 1);
    delete blobs[sha];
    changed();
    draw();
  }

  const open = () => input.click();
  const url = (sha) => (blobs[sha] ? Promise.resolve(URL.createObjectURL(blobs[sha])) : ownUrl(sha));

  function draw() {
    const [first, ...others] = value.photos;
    node.replaceChildren(input, ...(large ? bigOnes(first, others) : smallOnes()));
  }

  function bigOnes(first, others) {
    if (!first)
      return [
        h(
          "button",
          { type: "button", class: "shoot", onclick: open },
          icon("camera"),
          h("b", {}, t("photo.take")),
          h("span", {}, t("photo.first")),
        ),
      ];
    return [
      h(
        "div",
        { class: "photo" },
        picture(url(first), t("photo.nth", { n: 1 }), "photo__image"),
        h("span", { class: "photo__chip" }, t("photo.stripped")),
        h(
          "div",
          { class: "photo__acts" },
          button(t("photo.again"), () => (drop(first), open()), { name: "again", kind: "btn--shade" }),
          value.photos.length < most
            ? button(`${value.photos.length}/${most}`, open, {
                name: "plus",
                kind: "btn--shade",
                "aria-label": t("photo.more", { n: value.photos.length, most }),
              })
            : null,
        ),
      ),
      others.length
        ? h(
            "div",
            { class: "thumbs" },
            others.map((sha, n) => small(sha, n + 2)),
          )
        : null,
    ].filter(Boolean);
  }

  function smallOnes() {
    return [
      h(
        "div",
        { class: "thumbs" },
        value.photos.map((sha, n) => small(sha, n + 1)),
        value.photos.length < most
          ? h(
              "button",
              { type: "button", class: "thumbs__one thumbs__add", onclick: open },
              icon("camera"),
              h("span", {}, t("photo.add")),
            )
          : null,
      ),
    ];
  }

  function small(sha, n) {
    return h(
      "button",
      { type: "button", class: "thumbs__one", onclick: () => drop(sha), "aria-label": t("photo.drop", { n }) },
      picture(url(sha), t("photo.nth", { n })),
      h("i", { class: "thumbs__bin" }, icon("bin")),
    );
  }

  draw();
  return node;
}

/* One of several: `options` are [key, words, small?]. */
export function choice(title, name, options, chosen, pick) {
  return h(
    "fieldset",
    { class: "choice" },
    h("legend", { class: "label" }, title),
    h(
      "div",
      { class: "choice__all" },
      options.map(([key, words, small]) =>
        h(
          "label",
          { class: "kind" },
          h("input", { type: "radio", name, value: key, checked: key === chosen, onchange: () => pick(key) }),
          h("span", {}, words),
          small ? h("small", {}, small) : null,
        ),
      ),
    ),
  );
}

export function textField(title, name, value, type, { most = 2000, rows = 3, required = false } = {}) {
  return h(
    "label",
    { class: "field" },
    h("span", { class: "label" }, title),
    h("textarea", { name, rows, maxlength: most, required, value: value ?? "", oninput: (event) => type(event.target.value) }),
  );
}

export function submit(words, small) {
  return h(
    "div",
    { class: "foot" },
    h("button", { type: "submit", form: "form", class: "submit" }, h("b", {}, words), h("span", {}, small)),
  );
}

/* A fault of the form, in words, where the eye is. */
export function fault(form, text) {
  form.querySelector(".fault")?.remove();
  if (!text) return;
  const node = h("p", { class: "fault", role: "alert", tabindex: "-1" }, icon("warn"), text);
  form.append(node);
  node.scrollIntoView({ block: "center" });
  node.focus();
}
