/* What a report is probably about and where: by habit and by place, never by looking at the picture. */
import { metres } from "./geo.js";
import { state } from "./state.js";
import { read, write } from "./store.js";

export const SHOWN = 2; // beside the chosen one, or with nothing chosen one more
const NEAR_M = 100;

/* Kinds in the order they are offered: [{key, name, basis: "habit"|"place"|null}]. */
export async function kindsOffered(kinds) {
  const habit = ranked((await read("meta", `habit:${state.me.id}`)) ?? {});
  const place = ranked(counts((state.inbox?.cases ?? []).map((one) => one.head.kind)));
  const basis = new Map([
    ...kinds.map((one) => [one.key, null]),
    ...place.map((key) => [key, "place"]),
    ...habit.map((key) => [key, "habit"]),
  ]);
  const order = [...new Set([...habit, ...place, ...kinds.map((one) => one.key)])];
  const named = new Map(kinds.map((one) => [one.key, one]));
  return order.filter((key) => named.has(key)).map((key) => ({ ...named.get(key), basis: basis.get(key) }));
}

export async function remember(kind) {
  const key = `habit:${state.me.id}`;
  const habit = (await read("meta", key)) ?? {};
  await write("meta", { ...habit, [kind]: (habit[kind] ?? 0) + 1 }, key).catch(() => {});
}

function counts(keys) {
  const found = {};
  for (const key of keys) found[key] = (found[key] ?? 0) + 1;
  return found;
}

function ranked(found) {
  return Object.entries(found)
    .sort((a, b) => b[1] - a[1])
    .map(([key]) => key);
}

/* Cases of the inbox that may be the same: of this kind, near here. What the phone can say without a network. */
export function similarHere(kind, here) {
  return (state.inbox?.cases ?? [])
    .map(({ head }) => ({ ...head, metres: metres(here, head) }))
    .filter((head) => head.kind === kind && head.metres !== null && head.metres <= NEAR_M);
}
