import { expect, it } from "vitest";
import { sinceOf } from "./since";

const at = (choice: Parameters<typeof sinceOf>[0], now: string) =>
  sinceOf(choice, "", "Europe/Berlin", new Date(now))?.toISOString();

it("begins at midnight where I am", () => {
  expect(at("yesterday", "2026-11-25T23:30:00Z")).toBe("2026-11-24T23:00:00.000Z"); // it is the 26th there
  expect(at("yesterday", "2026-10-26T12:00:00Z")).toBe("2026-10-24T22:00:00.000Z"); // the clocks went back meanwhile
});

it("finds the last Friday, which is not today", () => {
  expect(at("friday", "2026-11-25T12:00:00Z")).toBe("2026-11-19T23:00:00.000Z");
  expect(at("friday", "2026-11-27T12:00:00Z")).toBe("2026-11-19T23:00:00.000Z");
  expect(at("friday", "2026-11-28T12:00:00Z")).toBe("2026-11-26T23:00:00.000Z");
});

it("leaves it to the server when I last worked", () => {
  expect(at("work", "2026-11-25T12:00:00Z")).toBeUndefined();
});
