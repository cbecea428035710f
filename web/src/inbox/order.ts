import type { Item } from "../api/types";

// In which order things want me, and what is one thing. Pure.

export interface Row {
  key: string;
  items: Item[]; // the oldest first
  item: Item; // what it shows: of several, the newest
  since: number;
}

/** The queue: urgent, and what urgent has reached nobody; answers, the one wanted first on top; what was said to me and what I am reminded of, as it came; the rest. */
export function rowsOf(items: Item[]): Row[] {
  const rows = new Map<string, Row>();
  const oldestFirst = [...items].sort((a, b) => at(a) - at(b) || a.message.seq - b.message.seq);
  for (const item of oldestFirst) {
    const key = keyOf(item);
    const known = rows.get(key);
    if (!known) {
      rows.set(key, { key, items: [item], item, since: at(item) });
      continue;
    }
    known.items.push(item);
    known.item = item;
  }
  return [...rows.values()].sort(
    (a, b) => rank(a) - rank(b) || deadline(a) - deadline(b) || a.since - b.since,
  );
}

// What only wants a look is one row for each conversation. What somebody handed over is not lost among it.
const keyOf = (item: Item) =>
  item.wants === "look" && !item.from ? `c-${item.message.conversation}` : `m-${item.message.id}`;

const at = (item: Item) => Date.parse(item.at);

function rank({ item, items }: Row) {
  if (item.wants === "acknowledge") return 0;
  if (item.wants === "report" && item.message.need === "urgent") return 1;
  if (item.wants === "answer") return 2;
  return items.every(({ because }) => because === "member") ? 4 : 3;
}

const deadline = ({ item }: Row) =>
  item.wants === "answer" && item.message.by ? Date.parse(item.message.by) : 0;
