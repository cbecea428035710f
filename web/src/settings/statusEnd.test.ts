import { expect, it } from "vitest";
import { endOf } from "./statusEnd";

const now = new Date("2026-11-25T22:30:00Z"); // Wednesday; in Berlin 23:30, in Auckland Thursday

it("ends after a while, or never", () => {
  expect(endOf("half", now, "UTC")).toEqual(new Date("2026-11-25T23:00:00Z"));
  expect(endOf("hours", now, "UTC")).toEqual(new Date("2026-11-26T02:30:00Z"));
  expect(endOf("never", now, "UTC")).toBeUndefined();
});

it("ends with the day and the week of the person's zone", () => {
  expect(endOf("day", now, "Europe/Berlin")).toEqual(new Date("2026-11-25T23:00:00Z"));
  expect(endOf("day", now, "Pacific/Auckland")).toEqual(new Date("2026-11-26T11:00:00Z"));
  expect(endOf("week", now, "Europe/Berlin")).toEqual(new Date("2026-11-29T23:00:00Z"));
  expect(endOf("week", new Date("2026-11-29T12:00:00Z"), "UTC")).toEqual(new Date("2026-11-30T00:00:00Z"));
});
