/* What does not count of a clock's time, in words: each sort once. Nights and lunches by their usual hours, not by where a
   clock happened to cut them; only holidays and pauses by their dates. */
import { dayName, dayTime, facts, hour, listed, t } from "./words.js";

const DAILY = ["night", "lunch"];
const DATED = ["holiday", "pause"];
const MOST = 3; // of one sort that has dates; the last of them count

/* ["夜间 17:30–08:30", "午休 12:00–14:00", "周末", "节假日 6月19日–6月21日"] of a clock's skipped spans, {start, end, why} in order. */
export function skips(skipped, now) {
  const spans = joined(skipped);
  const of = (why) => spans.filter((one) => one.why === why);
  return [...DAILY, "weekend", ...DATED]
    .filter((why) => of(why).length)
    .flatMap((why) => (DATED.includes(why) ? dated(why, of(why), now) : [`${word(why)} ${hours(why)}`.trim()]));
}

/* A weekend beside a holiday is part of it: 10月1日–10月7日. */
function joined(skipped) {
  const made = [];
  for (const one of skipped) {
    const last = made.at(-1);
    const whole = last && last.end === one.start && [last, one].every(({ why }) => why === "weekend" || why === "holiday");
    if (whole) made.splice(-1, 1, { start: last.start, end: one.end, why: "holiday" });
    else made.push(one);
  }
  return made;
}

function word(why) {
  return t(`skip.${why}`);
}

function hours(why) {
  return (facts.hours[why] ?? []).map(([from, until]) => `${from}–${until}`).join(" ");
}

function dated(why, spans, now) {
  const shown = spans.slice(-MOST).map((one) => (why === "pause" ? stood(one, now) : days(one, now)));
  return [`${word(why)} ${spans.length > shown.length ? "… " : ""}${listed(shown)}`];
}

/* Whole days: 6月19日 · 10月1日–10月8日 */
function days({ start, end }, now) {
  const [first, last] = [dayName(start, now), dayName(Date.parse(end) - 1, now)];
  return first === last ? first : `${first}–${last}`;
}

function stood({ start, end }, now) {
  const same = dayName(start, now) === dayName(end, now);
  return `${dayTime(start, now)}–${same ? hour(end) : dayTime(end, now)}`;
}
