/* The three clocks of a case, each telling what it stands on: start, limits, what was used, what does not count. */
import { moment, timeOf, used } from "../js/case.js";
import { clockBar } from "../js/clockbar.js";
import { cardMark, clauses, h, icon } from "../js/dom.js";
import { skips } from "../js/skips.js";
import { now } from "../js/state.js";
import { dayTime, label, listed, span, t } from "../js/words.js";

const CLOCKS = ["accept", "handle", "verify"];

export function clocks({ clocks: told, head }) {
  if (!told.length) return null;
  return h(
    "section",
    { class: "card card--clocks", "aria-label": t("case.clocks") },
    CLOCKS.map((key) => told.find((one) => one.clock === key))
      .filter(Boolean)
      .map((clock) => (clock.status === "running" || clock.status === "paused" ? running(clock, head) : quiet(clock))),
  );
}

function quiet(clock) {
  const limit = span(clock.limit_minutes, clock.work);
  const said =
    clock.status === "waiting"
      ? t(`clock.waits_${clock.clock}`, { limit })
      : t("clock.done", { used: span(clock.used_minutes, clock.work), limit });
  const mark =
    clock.on_time === null
      ? null
      : h(
          "span",
          { class: clock.on_time ? "ok" : "bad" },
          icon(clock.on_time ? "check" : "warn"),
          t(clock.on_time ? "clock.on_time" : "clock.late"),
        );
  return h(
    "div",
    { class: "clock" },
    h("b", {}, t(`clock.short_${clock.clock}`)),
    h("span", { class: "clock__say" }, said),
    clock.status === "done" ? mark : null,
  );
}

function running(clock, head) {
  const time = timeOf(clock, head.close_due_at);
  const cards = [
    ["yellow", clock.yellow_at],
    ["red", clock.due_at],
  ]
    .filter(([, at]) => at)
    .map(([card, at]) =>
      h("span", { class: "due__card" }, cardMark(card), h("span", { class: "unseen" }, t(`card.${card}`)), moment(at)),
    );
  return h(
    "div",
    { class: `clock-run ${time.late ? "clock-run--late" : ""}` },
    h(
      "p",
      { class: "due due--big" },
      h("span", { class: "due__name" }, t(`clock.short_${clock.clock}`)),
      h("b", {}, time.big),
      h("span", { class: "due__cards" }, cards),
    ),
    clockBar(clock),
    h(
      "dl",
      { class: "told" },
      h("dt", {}, t("clock.start")),
      h("dd", {}, t(`clock.start_${clock.clock}`, { at: dayTime(clock.started_at, now()) })),
      h("dt", {}, t("clock.limit")),
      h(
        "dd",
        {},
        t("clock.limits", {
          yellow: span(clock.yellow_minutes, clock.work),
          red: span(clock.limit_minutes + clock.extended_minutes, clock.work),
          rule: label("rule", clock.rule),
        }),
        clock.extended_minutes ? t("clock.extended", { span: span(clock.extended_minutes, clock.work) }) : null,
      ),
      h("dt", {}, t("clock.used")),
      h("dd", {}, span(used(clock, now()), clock.work)),
      ...skipped(clock),
    ),
  );
}

function skipped(clock) {
  const said = skips(clock.skipped, now());
  return said.length ? [h("dt", {}, t("clock.skips")), h("dd", {}, clauses(listed(said)))] : [];
}
