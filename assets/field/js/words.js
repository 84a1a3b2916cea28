/* Words of the page's language, from the table the server made, and how times, spans and distances are said. */
export const facts = JSON.parse(document.getElementById("facts").textContent);
const LOCALE = facts.lang === "en" ? "en-GB" : "zh-CN";
const DAY_MS = 86_400_000;
const FAR_MS = 300 * DAY_MS;
const HOUR = 60;
const two = (number) => String(number).padStart(2, "0");

/* t("queue.waiting_n", {n: 3}) */
export function t(key, given = {}) {
  const text = facts.words[key];
  if (text === undefined) throw new Error(`no words for ${key}`);
  return text.replace(/%\((\w+)\)s/g, (_whole, name, place) => (place ? inside(given[name] ?? "") : (given[name] ?? "")));
}

/* "Limit 2 h from today 14:05": days are written small within a sentence. */
function inside(text) {
  const near = ["day.today", "day.yesterday", "day.tomorrow"].some((key) => String(text).startsWith(facts.words[key]));
  return near ? text[0].toLowerCase() + text.slice(1) : text;
}

/* Two texts, with a space between them where the language has spaces. */
export function beside(first, second) {
  const space = facts.lang === "en" && first && !/\s$/.test(first) ? " " : "";
  return `${first}${space}${second.trimStart()}`;
}

/* 夜间、午休 · nights, lunch */
export function listed(texts) {
  return texts
    .map((text, n) => (n < texts.length - 1 ? text + t("list.comma").trim() : text))
    .reduce(beside, "")
    .trim();
}

/* The word of a key of the domain, e.g. label("action", "take"). */
export function label(table, key) {
  return facts.labels[table]?.[key] ?? key;
}

export function hour(moment) {
  const date = new Date(moment);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/* 今天 17:30 · 昨天 16:10 · 6月24日 周三 10:30, as {day, rest} */
export function dayParts(moment, now = Date.now()) {
  const date = new Date(moment);
  const days = Math.round((midnight(date) - midnight(new Date(now))) / DAY_MS);
  const near = { "-1": "day.yesterday", 0: "day.today", 1: "day.tomorrow" }[days];
  if (near) return { day: t(near), rest: hour(date), near: true };
  const day = dayName(date, now);
  const week = new Intl.DateTimeFormat(LOCALE, { weekday: "short" }).format(date);
  return { day, rest: `${week} ${hour(date)}`, near: false };
}

/* 6月24日 · 24 Jun; with the year where that is not clear */
export function dayName(moment, now = Date.now()) {
  const date = new Date(moment);
  const far = Math.abs(date - now) > FAR_MS;
  return new Intl.DateTimeFormat(LOCALE, {
    month: facts.lang === "en" ? "short" : "long",
    day: "numeric",
    ...(far ? { year: "numeric" } : {}),
  }).format(date);
}

export function dayTime(moment, now = Date.now()) {
  const { day, rest, near } = dayParts(moment, now);
  return near ? `${day} ${rest}` : `${day} ${hour(moment)}`;
}

/* For narrow columns: 今 11:40, 昨 16:10, 06-12 09:30 */
export function shortTime(moment, now = Date.now()) {
  const date = new Date(moment);
  const days = Math.round((midnight(date) - midnight(new Date(now))) / DAY_MS);
  const day =
    { 0: t("day.short_today"), "-1": t("day.short_yesterday") }[days] ?? `${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${hour(date)}`;
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/* 35 分 · 5 小时 25 分 · 3 天; of work time, whole work days are said as such, others in work hours */
export function span(minutes, work = false) {
  const hours = Math.floor(minutes / HOUR);
  const rest = Math.round(minutes % HOUR);
  if (!hours) return t("span.minutes", { n: rest });
  if (work && minutes === facts.work_day) return t("span.work_day");
  if (work && minutes % facts.work_day === 0) return t("span.work_days", { n: minutes / facts.work_day });
  if (work || hours < 48) {
    if (hours >= 10 || !rest) return t(work ? "span.work_hours" : "span.hours", { n: hours });
    return t("span.hours_minutes", { h: hours, m: rest });
  }
  return t("span.days", { n: Math.floor(hours / 24) });
}

export function distance(metres) {
  if (metres < 1000) return t("far.metres", { n: Math.max(10, Math.round(metres / 10) * 10) });
  return t("far.kilometres", { n: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) });
}

export function bytes(number) {
  return number < 1e6 ? `${Math.round(number / 1e3)} KB` : `${(number / 1e6).toFixed(number < 1e7 ? 1 : 0)} MB`;
}
