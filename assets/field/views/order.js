/* 指令: an order, read when it is opened, answered in a sentence. */
import { refresh } from "../js/data.js";
import { button, h, notice, icon, say } from "../js/dom.js";
import { add, lying } from "../js/queue.js";
import { now, state } from "../js/state.js";
import { full } from "../js/store.js";
import { dayTime, t } from "../js/words.js";
import { draft, fault, submit } from "./form.js";

let kept = null;
const here = (id) => state.inbox?.directives.find((one) => one.id === id);

export default {
  back: "#/",
  form: true,
  async draw({ id }) {
    const order = here(id) ?? (await refresh(), here(id)); // opened before the inbox that holds it was there
    if (!order) return { title: t("order.name"), body: [notice("order", t("order.not_here"))] };
    await take(order, "read");
    kept = draft(`${state.me.id} order ${id}`);
    const value = { answer: "", ...(await kept.load()) };
    const answered = order.mine?.answered_at || queued(order.id, "answered");
    const node = h(
      "form",
      { id: "form", class: "list", novalidate: true, onsubmit: (event) => (event.preventDefault(), send(node, order, value)) },
      about(order),
      answered ? done(order) : answer(value),
    );
    return { title: t("order.name"), body: [node], foot: answered ? null : submit(t("order.answer"), t("sent.promise")) };
  },
  leave() {
    kept?.close();
    kept = null;
  },
};

function about(order) {
  const late = Date.parse(order.due_at) < now();
  return h(
    "article",
    { class: "card card--hot" },
    h(
      "p",
      { class: "due due--big" },
      h("b", {}, dayTime(order.due_at, now())),
      h("span", {}, t(late ? "time.late" : "order.due")),
    ),
    h("h2", { class: "order__text" }, order.text),
    h(
      "p",
      { class: "why" },
      t("order.from", { who: order.issuer, at: dayTime(order.issued_at, now()), region: order.region_label ?? "" }),
    ),
    order.case
      ? h(
          "a",
          { class: "btn btn--wide", href: `#/case/${order.case.county_code}/${order.case.id}` },
          icon("list"),
          h("span", {}, t("order.case", { number: order.case.number ?? "" })),
        )
      : null,
  );
}

function answer(value) {
  const set = (text) => {
    value.answer = text;
    area.value = text;
    kept.save(value);
  };
  const area = h("textarea", {
    rows: 4,
    maxlength: 2000,
    required: true,
    value: value.answer,
    oninput: (event) => set(event.target.value),
  });
  return h(
    "div",
    { class: "list list--in" },
    h("label", { class: "field" }, h("span", { class: "label" }, t("order.say")), area),
    h(
      "div",
      { class: "quick" },
      ["order.quick_got", "order.quick_going", "order.quick_done"].map((key) => button(t(key), () => set(t(key)))),
    ),
  );
}

function done(order) {
  return h(
    "p",
    { class: "card card--say" },
    icon("check"),
    h("span", {}, t("order.answered"), order.mine?.answer ? h("br") : null, order.mine?.answer ?? ""),
  );
}

function queued(id, step) {
  return lying(state.entries).some((entry) => entry.ref === `order:${id}` && entry.body.step === step);
}

/* A step of my receipt: delivered, read. Goes by the queue like all else, once. */
export async function take(order, step) {
  if (!order.mine || order.mine[`${step}_at`] || queued(order.id, step) || queued(order.id, "answered")) return;
  await add({ ...receipt(order, { step }), quiet: true }).catch((error) => {
    if (!full(error)) throw error;
  });
}

function receipt(order, body) {
  return {
    kind: "receipt",
    user: state.me.id,
    ref: `order:${order.id}`,
    path: `/directives/${order.id}/receipts`,
    title: order.text,
    what: t(`receipt.${body.step}`),
    body,
  };
}

async function send(node, order, value) {
  if (!value.answer.trim()) return fault(node, t("form.missing", { what: t("order.answer") }));
  try {
    await add(receipt(order, { step: "answered", answer: value.answer.trim() }), { draft: kept.key });
  } catch (error) {
    if (!full(error)) throw error;
    return fault(node, t("full.form"));
  }
  await kept.drop();
  say(t(state.online ? "sent.now" : "sent.later"));
  location.replace("#/");
}
