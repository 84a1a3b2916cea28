/* The clock bar: one axis in work time. Filled: used. Hatched: the clock stood. Black stroke: now. Two upright cards. */
import { s } from "./dom.js";
import { axis, left } from "./clock.js";
import { now } from "./state.js";
import { facts, t } from "./words.js";

const WIDTH = 340;
const EDGE = 6;
const TOP = 8;
const HIGH = 12;
const FEW = 4; // notches that have room for a word
const MANY = 16; // more than these would hide the bar

export function clockBar(clock) {
  const at = now();
  const found = axis(clock, at);
  if (!found) return null;
  const x = (share) => EDGE + share * (WIDTH - 2 * EDGE);
  const late = left(clock, at).state === "late";
  const few = found.notches.length <= FEW;
  const bar = s("svg", {
    class: "clockbar",
    viewBox: `0 0 ${WIDTH} ${few && found.notches.length ? 46 : 30}`,
    role: "img",
    "aria-label": t("bar.alt", { share: Math.round(found.used * 100) }),
  });
  bar.append(
    rect("clockbar__track", x(0), TOP, x(1) - x(0), HIGH),
    rect(late ? "clockbar__used clockbar__used--late" : "clockbar__used", x(0), TOP, Math.max(0, x(found.used) - x(0)), HIGH),
    ...(found.notches.length > MANY ? [] : notches(found, x, few)),
    ...(found.cut
      ? [
          s("path", {
            class: "clockbar__cut",
            d: `M${x(found.red) + 30} ${TOP + HIGH + 3}l8 -18M${x(found.red) + 36} ${TOP + HIGH + 3}l8 -18`,
          }),
        ]
      : []),
  );
  if (clock.status === "running") bar.append(s("path", { class: "clockbar__now", d: `M${x(found.used)} 2v24` }));
  if (found.yellow !== null && found.yellow < found.red)
    bar.append(rect("clockbar__card clockbar__card--yellow", x(found.yellow) - 4.5, 4, 9, 20, 1.5));
  bar.append(rect("clockbar__card clockbar__card--red", x(found.red) - 4.5, 4, 9, 20, 1.5));
  return bar;
}

function notches(found, x, few) {
  const wide = few ? 16 : Math.max(3, Math.min(10, 160 / found.notches.length));
  const made = [];
  let free = -Infinity;
  for (const notch of found.notches) {
    const middle = Math.min(Math.max(x(notch.at), x(0) + wide / 2), x(1) - wide / 2);
    const from = middle - wide / 2;
    made.push(
      s(
        "g",
        { class: "clockbar__notch" },
        rect("", from, TOP, wide, HIGH),
        s("path", {
          d: few
            ? `M${from + 2} ${TOP + HIGH}l5 -${HIGH}M${from + 9} ${TOP + HIGH}l5 -${HIGH}`
            : `M${middle - 1} ${TOP + HIGH}l2 -${HIGH}`,
        }),
      ),
    );
    const word = facts.words[`skip.${notch.why}`] ?? "";
    const half = word.length * (facts.lang === "en" ? 3.6 : 7) + 2;
    const place = Math.min(Math.max(middle, half), WIDTH - half);
    if (few && word && place - half > free) {
      made.push(s("text", { class: "clockbar__word", x: place, y: 42, "text-anchor": "middle" }, word));
      free = place + half;
    }
  }
  return made;
}

function rect(name, x, y, width, height, rx = 0) {
  return s("rect", { class: name, x, y, width, height, rx });
}
