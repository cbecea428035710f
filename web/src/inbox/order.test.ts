import { expect, it } from "vitest";
import type { Item } from "../api/types";
import { message } from "./made";
import { rowsOf } from "./order";

let seq = 0;
const item = (
  id: string,
  at: string,
  more: Partial<Item> = {},
  said: Partial<Item["message"]> = {},
): Item => ({
  message: message({ id, conversation: id, seq: ++seq, ...said }),
  wants: "look",
  because: "direct",
  at: `2026-11-25T${at}:00Z`,
  version: 1,
  ...more,
});
const by = (time: string) => ({ by: `2026-11-25T${time}:00Z` });
const keys = (items: Item[]) => rowsOf(items).map((row) => row.item.message.id);

it("orders by need, then by time left, then as it came", () => {
  expect(
    keys([
      item("channel", "07:00", { because: "member" }),
      item("direct", "08:00"),
      item("mention", "08:30", { because: "mentioned" }),
      item("remind", "08:15", { wants: "reminder", because: "reminder" }),
      item("answer-late", "06:00", { wants: "answer" }, by("17:00")),
      item("answer-soon", "09:00", { wants: "answer" }, by("12:00")),
      item("answer-over", "09:00", { wants: "answer" }, by("08:00")),
      item("unreached", "11:00", { wants: "report", because: "report", from: "ada" }, { need: "urgent" }),
      item("urgent-second", "10:00", { wants: "acknowledge" }),
      item("urgent-first", "09:30", { wants: "acknowledge" }),
    ]),
  ).toEqual([
    "urgent-first",
    "urgent-second",
    "unreached",
    "answer-over",
    "answer-soon",
    "answer-late",
    "direct",
    "remind",
    "mention",
    "channel",
  ]);
});

it("makes one row of what only wants a look in one conversation, with the newest line", () => {
  const rows = rowsOf([
    item("m3", "09:30", { because: "mentioned" }, { conversation: "x" }),
    item("m1", "09:00", { because: "member" }, { conversation: "x" }),
    item("m2", "09:10", { wants: "answer" }, { conversation: "x", ...by("10:00") }),
    item("m4", "09:40", { because: "handed_over", from: "ada" }, { conversation: "x" }),
    item("other", "09:20", { because: "member" }),
  ]);
  expect(rows.map((row) => row.items.map((one) => one.message.id))).toEqual([
    ["m2"],
    ["m1", "m3"], // the mention brings it up
    ["m4"],
    ["other"],
  ]);
  expect(rows[1]!.item.message.id).toBe("m3");
});

it("keeps the key of a row when more is said in it", () => {
  const first = item("m1", "09:00", {}, { conversation: "x" });
  const more = item("m2", "09:05", {}, { conversation: "x" });
  expect(rowsOf([first])[0]!.key).toBe(rowsOf([first, more])[0]!.key);
});
