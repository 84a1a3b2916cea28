/* 登录, in the shell: what is queued stays, and goes when its user is back. */
import { ApiError } from "../js/api.js";
import { h, icon } from "../js/dom.js";
import { unsent } from "../js/queue.js";
import { signIn } from "../js/session.js";
import { state } from "../js/state.js";
import { t } from "../js/words.js";
import { fault } from "./form.js";

export default {
  form: true,
  bare: true,
  draw() {
    const waiting = unsent(state.entries).length;
    const login = h("input", { name: "login", autocomplete: "username", autocapitalize: "none", required: true });
    const password = h("input", { name: "password", type: "password", autocomplete: "current-password", required: true });
    const form = h(
      "form",
      { class: "list", onsubmit: (event) => (event.preventDefault(), enter(form, login, password)) },
      h("p", { class: "about" }, h("b", {}, t(state.me ? "session.expired" : "app.title")), h("span", {}, t("app.promise"))),
      state.me && waiting ? h("p", { class: "note" }, icon("up"), t("session.kept", { n: waiting, name: state.me.name })) : null,
      h("label", { class: "field" }, h("span", { class: "label" }, t("session.login")), login),
      h("label", { class: "field" }, h("span", { class: "label" }, t("session.password")), password),
      h("button", { class: "submit" }, h("b", {}, t("session.in"))),
    );
    return { title: t("session.in"), body: [form] };
  },
};

async function enter(form, login, password) {
  const submit = form.querySelector(".submit");
  submit.disabled = true;
  try {
    await signIn(login.value.trim(), password.value);
    location.replace(location.hash === "#/sign-in" ? "#/" : location.hash || "#/");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    fault(
      form,
      error.status === 0
        ? t("session.offline")
        : error.status === 429
          ? t("session.slow")
          : error.status === 400 || error.status === 401
            ? t("session.wrong")
            : error.message,
    );
  }
  submit.disabled = false;
}
