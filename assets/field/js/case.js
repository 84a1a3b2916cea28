/* What can be said and done about a case on the phone, with what waits in the queue taken into account. */
import { card, left } from "./clock.js";
import { unsent } from "./queue.js";
import { skips } from "./skips.js";
import { now, state } from "./state.js";
import { beside, dayParts, dayTime, facts, hour, label, listed, span, t } from "./words.js";

export function refOf(id) {
  return `case:${id}`;
}

export function pending(id) {
  return unsent(state.entries).filter((entry) => entry.ref === refOf(id));
}

/* What may be done next. Behind unsent steps it is a guess from the table of transitions; behind a stuck one nothing. */
export function actionsOf(id, allowed) {
  const before = pending(id);
  if (!before.length) return allowed;
  if (before.some((entry) => entry.state === "stuck" || entry.state === "held")) return [];
  const target = before
    .map((entry) => facts.steps[entry.body.action]?.target)
    .filter(Boolean)
    .pop();
  if (!target)
    return allowed.filter((one) => !before.some((entry) => entry.body.action === one.action && one.action !== "progress"));
  return Object.entries(facts.steps)
    .filter(([, step]) => step.sources.includes(target))
    .map(([action, step]) => ({
      action,
      label: label("action", action),
      needs: step.needs,
      takes: step.takes,
      reasons: step.reasons.map((code) => [code, label("reason", code)]),
      primary: action === "handle" || action === "take",
    }));
}

/* The short word on a button. */
export function actionWord(action) {
  return facts.words[`act.${action.action}`] ?? action.label;
}

/* How the time stands, in large: {big, small, card, at, late}. `clock` may be null. */
export function timeOf(clock, due, at = now()) {
  if (clock && clock.status !== "done" && clock.status !== "waiting") {
    const { state: how, minutes } = left(clock, at);
    if (how === "paused") return { big: t("time.paused"), card: null, late: false };
    if (how === "late") return { big: t("time.late"), card: "red", at: clock.due_at, late: true };
    const fallen = card(clock, at);
    const next = fallen === "none" && clock.yellow_at ? ["yellow", clock.yellow_at] : ["red", clock.due_at];
    return { big: t("time.left", { span: span(minutes, clock.work) }), card: next[0], at: next[1], fallen, late: false };
  }
  if (!due) return { big: t("time.none"), card: null, late: false };
  const late = Date.parse(due) < at;
  return { big: dayTime(due, at), card: null, at: due, late };
}

export function dueOf(item) {
  return item.due_at ?? item.head?.close_due_at ?? null;
}

/* 16:40 today, else with its day */
export function moment(at) {
  const parts = dayParts(at, now());
  return parts.day === t("day.today") ? hour(at) : dayTime(at, now());
}

/* One sentence: how long, from when, what has gone, what does not count, when the red card falls. */
export function why(clock) {
  if (!clock || clock.status === "waiting" || !clock.started_at) return null;
  const at = now();
  const parts = [
    t("why.limit", {
      limit: span(clock.limit_minutes, clock.work),
      start: dayTime(clock.started_at, at),
      used: span(used(clock, at), clock.work),
    }),
  ];
  const skipped = skips(clock.skipped, at);
  if (skipped.length) parts.push(t("why.skips", { what: listed(skipped) }));
  if (clock.extended_minutes) parts.push(t("why.extended", { span: span(clock.extended_minutes, clock.work) }));
  if (clock.status === "running")
    parts.push(t(Date.parse(clock.due_at) < at ? "why.was_red" : "why.red", { at: moment(clock.due_at) }));
  return parts.map((part) => part[0].toUpperCase() + part.slice(1) + t("list.sentence").trim()).reduce(beside);
}

export function used(clock, at) {
  if (clock.status !== "running") return clock.used_minutes;
  const { state: how, minutes } = left(clock, at);
  const whole = clock.limit_minutes + clock.extended_minutes;
  return Math.max(0, how === "late" ? whole + minutes : whole - minutes);
}

/* The last two names of a place, without one that the next repeats: 城南街道 · 宋竹社区第二网格 */
export function shortPlace(place) {
  const names = place.split("·");
  return names
    .filter((name, n) => !names[n + 1]?.startsWith(name))
    .slice(-2)
    .join(" · ");
}

export function number(head) {
  return head.number || head.id.slice(-6);
}
