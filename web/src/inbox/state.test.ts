import { describe, expect, it } from "vitest";
import type { Event, Inbox, Item } from "../api/types";
import { emptyInbox, message } from "./made";
import { dueIn, putOffIn, withHeld, withItem, without } from "./state";

const item = (id: string, version = 1, more: Partial<Item> = {}): Item => ({
  message: message({ id }),
  wants: "look",
  because: "direct",
  at: "2026-11-25T09:00:00Z",
  version,
  ...more,
});
const tomorrow = "2026-11-26T09:00:00Z";

const apply = (inbox: Inbox, event: Partial<Event>): Inbox =>
  event.item
    ? withItem(inbox, event.item)
    : event.held
      ? withHeld(inbox, event.held)
      : without(inbox, [event.gone!]);

// What the server would answer: the newest state of each, in whatever order.
const sorted = ({ items, later, held }: Inbox) => {
  const byId = (list: Item[]) => [...list].sort((a, b) => (a.message.id < b.message.id ? -1 : 1));
  return { items: byId(items), later: byId(later), held };
};

describe("the Inbox", () => {
  it("after events is as if it were fetched again", () => {
    const events: Partial<Event>[] = [
      { item: item("a") },
      { item: item("b") },
      { item: item("a", 2, { until: tomorrow }) },
      { item: item("c") },
      { gone: "b" },
      { held: { messages: 3, until: tomorrow } },
      { item: item("c", 2, { wants: "answer" }) },
      { item: item("d", 1, { until: tomorrow }) },
      { item: item("d", 2) },
    ];
    expect(sorted(events.reduce(apply, emptyInbox))).toEqual({
      items: [item("c", 2, { wants: "answer" }), item("d", 2)],
      later: [item("a", 2, { until: tomorrow })],
      held: { messages: 3, until: tomorrow },
    });
  });

  it("keeps the newest of what is told twice, or late", () => {
    const after = [item("a", 3), item("a", 3), item("a", 2, { wants: "answer" })].reduce(
      withItem,
      emptyInbox,
    );
    expect(after.items).toEqual([item("a", 3)]);
  });

  it("has what was put off again when its time comes", () => {
    const inbox = [item("a"), item("b", 1, { until: tomorrow })].reduce(withItem, emptyInbox);
    const ids = (items: Item[]) => items.map((one) => one.message.id);
    const before = new Date("2026-11-26T08:59:00Z");
    const then = new Date(tomorrow);
    expect([ids(dueIn(inbox, before)), ids(putOffIn(inbox, before))]).toEqual([["a"], ["b"]]);
    expect([ids(dueIn(inbox, then)), ids(putOffIn(inbox, then))]).toEqual([["a", "b"], []]);
  });
});
