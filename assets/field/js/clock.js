/* A case's clock, told by the server (ClockTold), read by the phone: time left and the bar, without asking again.
   Pure; instants are milliseconds, `skipped` are the spans that do not count. */

const MINUTE = 60_000;

/* Milliseconds that count between two instants (0 where b lies before a). */
export function counted(a, b, skipped) {
  let sum = Math.max(0, b - a);
  for (const span of skipped) sum -= Math.max(0, Math.min(b, at(span.end)) - Math.max(a, at(span.start)));
  return Math.max(0, sum);
}

/* {state: waiting|running|paused|done|late, minutes}: minutes left, or since it was due; of its own time. */
export function left(clock, now) {
  if (clock.status === "waiting" || clock.status === "done") return { state: clock.status, minutes: null };
  if (clock.status === "paused") return { state: "paused", minutes: clock.left_minutes };
  const due = at(clock.due_at);
  if (now >= due) {
    // long behind the due time the server's word counts: what is skipped is told only so far
    const minutes = clock.left_minutes < 0 ? -clock.left_minutes : Math.floor(counted(due, now, clock.skipped) / MINUTE);
    return { state: "late", minutes };
  }
  return { state: "running", minutes: Math.ceil(counted(now, due, clock.skipped) / MINUTE) };
}

/* Which card has fallen by now: none, yellow or red. */
export function card(clock, now) {
  if (clock.status !== "running") return "none";
  if (clock.due_at && now >= at(clock.due_at)) return "red";
  return clock.yellow_at && now >= at(clock.yellow_at) ? "yellow" : "none";
}

const OVER = 0.35; // how far behind the red card the bar goes on, as a share of the limit, at most

/* The bar in work time, as shares of its length: {used, yellow, red, notches: [{at, why}], cut}. Neighbouring notches
   of more than one reason are one, named by the longest. `cut`: it is later than the bar goes on. Null where the clock
   has not started. */
export function axis(clock, now) {
  if (!clock.started_at || !clock.due_at) return null;
  const start = at(clock.started_at);
  const due = at(clock.due_at);
  const limit = counted(start, due, clock.skipped) || 1;
  const stop = clock.status === "done" ? at(clock.stopped_at || clock.due_at) : now;
  const late = clock.status === "running" && now >= due ? limit + left(clock, now).minutes * MINUTE : null;
  const spent = clock.status === "paused" ? clock.used_minutes * MINUTE : (late ?? counted(start, stop, clock.skipped));
  const whole = Math.max(limit, Math.min(spent, limit * (1 + OVER)));
  const place = (moment) => counted(start, moment, clock.skipped) / whole;
  return {
    used: Math.min(1, spent / whole),
    yellow: clock.yellow_at ? place(at(clock.yellow_at)) : null,
    red: limit / whole,
    notches: notches(clock.skipped, start, due, place),
    cut: spent > whole,
  };
}

function notches(skipped, start, end, place) {
  const found = [];
  for (const span of skipped) {
    if (at(span.end) <= start || at(span.start) >= end) continue;
    const where = place(at(span.start));
    const before = found[found.length - 1];
    const length = at(span.end) - at(span.start);
    if (before && Math.abs(before.at - where) < 1e-6) {
      if (length > before.length) Object.assign(before, { why: span.why, length });
    } else found.push({ at: where, why: span.why, length });
  }
  return found;
}

function at(text) {
  return Date.parse(text);
}
