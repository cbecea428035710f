import { describe, expect, it } from "vitest";
import type { Message } from "../api/types";
import { rows } from "./rows";

const message = (seq: number, author: string, at: string, more: Partial<Message> = {}): Message => ({
  id: `i${seq}`,
  conversation: "c",
  seq,
  change: seq,
  author,
  kind: "text",
  via: "app",
  body: "",
  html: "",
  created_at: at,
  ...more,
});
const noon = "2026-11-23T12:00:00Z";
const later = "2026-11-23T12:03:00Z";
const muchLater = "2026-11-23T12:20:00Z";
const nextDay = "2026-11-25T12:00:00Z";
const heads = (messages: Message[], firstUnread?: number) =>
  rows(messages, [], { me: "me", firstUnread }).map((row) => row.head);

describe("rows", () => {
  it("name an author once for what they say within minutes", () => {
    expect(heads([message(1, "a", noon), message(2, "a", later), message(3, "b", later)])).toEqual([
      true,
      false,
      true,
    ]);
    expect(heads([message(1, "a", noon), message(2, "a", muchLater)])).toEqual([true, true]);
  });
  it("name the author again below the unread line, after something happened, and for another thread", () => {
    expect(heads([message(1, "a", noon), message(2, "a", later)], 2)).toEqual([true, true]);
    expect(heads([message(1, "a", noon, { kind: "system" }), message(2, "a", later)])).toEqual([true, true]);
    expect(heads([message(1, "a", noon), message(2, "a", later, { thread: 1 })])).toEqual([true, true]);
  });
  it("leave out what was taken back, as if it had never been said", () => {
    const all = [message(1, "a", noon), message(2, "b", noon, { withdrawn: true }), message(3, "a", later)];
    const made = rows(all, [], { me: "me", first: true });
    expect(made.map(({ seq, head }) => [seq, head])).toEqual([
      [1, true],
      [3, false],
    ]);
  });
  it("stay the same objects when others are loaded, where they look the same", () => {
    const all = [
      message(1, "a", noon),
      message(2, "a", later),
      message(3, "b", later),
      message(4, "b", later),
    ];
    const few = rows(all.slice(1), [], { me: "me" });
    const more = rows(all, [], { me: "me" });
    expect(more[3]).toBe(few[2]);
    expect(more[1]).not.toBe(few[0]); // now somebody speaks before it
    expect(rows(all, [], { me: "me", firstUnread: 4 })[3]?.unread).toBe(true);
  });
  it("begin each day", () => {
    const made = rows([message(1, "a", noon), message(2, "a", later), message(3, "a", nextDay)], [], {
      me: "me",
    });
    expect(made.map((row) => row.day)).toEqual([noon, undefined, nextDay]);
  });
  it("keep their key when a message that waited has arrived", () => {
    const waiting = {
      key: "k1",
      author: "me",
      conversation: "c",
      body: "x",
      files: [],
      at: Date.parse(later),
    };
    const before = rows([message(1, "me", noon)], [waiting], { me: "me" });
    const after = rows([message(1, "me", noon), message(2, "me", later, { key: "k1" })], [], { me: "me" });
    expect(before.map((row) => row.key)).toEqual(after.map((row) => row.key));
    expect(before.map((row) => row.head)).toEqual(after.map((row) => row.head));
  });
});
