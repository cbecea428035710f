import { describe, expect, it } from "vitest";
import { deadlines, endOfDay, fieldValue, fromField, laters, reminders, startOfWork } from "./times";

const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
const berlin = { hours: week, zone: "Europe/Berlin" };
const kolkata = { hours: week, zone: "Asia/Kolkata" };
const nobody = { hours: [], zone: "Europe/Berlin" };
const iso = (at: Date) => at.toISOString();

describe("the end of somebody's day", () => {
  it("is today's while they work, on their clock", () => {
    expect(iso(endOfDay(kolkata, new Date("2026-11-25T05:00:00Z")))).toBe("2026-11-25T11:30:00.000Z");
  });
  it("is their next day's when they have stopped, or nearly have", () => {
    expect(iso(endOfDay(berlin, new Date("2026-11-25T15:55:00Z")))).toBe("2026-11-26T16:00:00.000Z");
    expect(iso(endOfDay(berlin, new Date("2026-11-27T18:00:00Z")))).toBe("2026-11-30T16:00:00.000Z");
  });
  it("is five o'clock for who has no hours", () => {
    expect(iso(endOfDay(nobody, new Date("2026-11-25T08:00:00Z")))).toBe("2026-11-25T16:00:00.000Z");
    expect(iso(endOfDay(nobody, new Date("2026-11-25T18:00:00Z")))).toBe("2026-11-26T16:00:00.000Z");
  });
  it("holds on the day when clocks change", () => {
    const sunday = { hours: [{ day: 7, from: "09:00", to: "17:00" }], zone: "Europe/Berlin" };
    expect(iso(endOfDay(sunday, new Date("2026-10-24T12:00:00Z")))).toBe("2026-10-25T16:00:00.000Z");
  });
});

describe("the start of somebody's work", () => {
  it("is their next one, also while they work", () => {
    expect(iso(startOfWork(berlin, new Date("2026-11-25T02:00:00Z")))).toBe("2026-11-25T08:00:00.000Z");
    expect(iso(startOfWork(berlin, new Date("2026-11-25T10:00:00Z")))).toBe("2026-11-26T08:00:00.000Z");
  });
  it("is nine o'clock for who has no hours", () => {
    expect(iso(startOfWork(nobody, new Date("2026-11-25T10:00:00Z")))).toBe("2026-11-26T08:00:00.000Z");
  });
});

describe("the offers", () => {
  const now = new Date(2026, 10, 25, 14, 3); // a Wednesday
  const local = (at: Date) => `${at.getDate()}. ${fieldValue(at).slice(11)}`;
  it("of deadlines are each another time, the first on a full five minutes", () => {
    const found = deadlines(now, nobody);
    expect(found.map(({ id }) => id)).toEqual(["hours", "day", "noon"]);
    expect(local(found[0]!.at)).toBe("25. 16:05");
    expect(local(found[2]!.at)).toBe("26. 12:00");
  });
  it("of later begin with the other's work, where there is one other", () => {
    expect(laters(now).map(({ id, at }) => `${id} ${local(at)}`)).toEqual([
      "hour 25. 15:05",
      "morning 26. 09:00",
      "monday 30. 09:00",
    ]);
    expect(laters(now, kolkata)[0]!.id).toBe("work");
    expect(laters(new Date(2026, 10, 29, 12)).map(({ id }) => id)).toEqual(["hour", "morning"]); // a Sunday
  });
  it("of reminders are in the reader's own hours from tomorrow on", () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const found = reminders(now, { hours: week, zone });
    expect(found.map(({ id, at }) => `${id} ${local(at)}`)).toEqual([
      "minutes 25. 14:23",
      "hour 25. 15:03",
      "start 26. 09:00",
      "week 30. 09:00",
    ]);
    const friday = reminders(new Date(2026, 10, 27, 14), { hours: week, zone });
    expect(friday.map(({ id }) => id)).toEqual(["minutes", "hour", "start"]); // which is Monday
  });
});

it("a field's value is the time that it shows", () => {
  const at = new Date(2026, 2, 29, 3, 30);
  expect(fromField(fieldValue(at))).toEqual(at);
  expect(fromField("")).toBeUndefined();
});
