import type { Held, Inbox, Item } from "../api/types";

// What my own stream, and what I do myself, make of the Inbox. Pure; applying an event equals fetching again (state.test.ts).

/** An item that is new or different, where it belongs. An older state of it changes nothing. */
export function withItem(inbox: Inbox, item: Item): Inbox {
  const id = item.message.id;
  const known = [...inbox.items, ...inbox.later].find((one) => one.message.id === id);
  if (known && known.version > item.version) return inbox;
  const left = without(inbox, [id]);
  return item.until ? { ...left, later: [...left.later, item] } : { ...left, items: [...left.items, item] };
}

/** These messages want nothing any more. */
export function without(inbox: Inbox, messages: string[]): Inbox {
  const stays = (item: Item) => !messages.includes(item.message.id);
  return { ...inbox, items: inbox.items.filter(stays), later: inbox.later.filter(stays) };
}

export const withHeld = (inbox: Inbox, held: Held): Inbox => ({ ...inbox, held });

/** What wants something from me now: what was put off until now is due again. */
export const dueIn = ({ items, later }: Inbox, now: Date): Item[] =>
  later.some((item) => Date.parse(item.until!) <= now.getTime())
    ? [...items, ...later.filter((item) => Date.parse(item.until!) <= now.getTime())]
    : items;

/** What is put off, the next first. */
export const putOffIn = ({ later }: Inbox, now: Date): Item[] =>
  later
    .filter((item) => Date.parse(item.until!) > now.getTime())
    .sort((a, b) => Date.parse(a.until!) - Date.parse(b.until!));
