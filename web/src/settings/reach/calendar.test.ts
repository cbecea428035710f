import { describe, expect, it } from "vitest";
import { type Calendar, daysOf, daysOff, isFree, nextFree, tonight } from "./calendar";

const office = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
const nights = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
  { day, from: "22:00", to: "24:00" },
  { day, from: "00:00", to: "07:00" },
]);
const calendar = (more: Partial<Calendar> = {}): Calendar => ({
  zone: "Europe/Berlin",
  hours: office,
  quiet: nights,
  off: [],
  ...more,
});
const next = (from: string, more?: Partial<Calendar>) =>
  nextFree(calendar(more), new Date(from))?.toISOString();

describe("when I may be disturbed", () => {
  it("is in my hours, and after a weekend at their beginning", () => {
    expect(isFree(calendar(), new Date("2026-11-25T10:00:00Z"))).toBe(true);
    expect(next("2026-11-25T10:00:00Z")).toBe("2026-11-25T10:00:00.000Z");
    expect(next("2026-11-27T22:00:00Z")).toBe("2026-11-30T08:00:00.000Z");
  });
  it("without hours is whenever it is not quiet", () => {
    expect(next("2026-11-25T22:00:00Z", { hours: [] })).toBe("2026-11-26T06:00:00.000Z");
    expect(next("2026-11-25T20:00:00Z", { hours: [] })).toBe("2026-11-25T20:00:00.000Z");
  });
  it("is not on holidays, on leave, or in focus", () => {
    expect(next("2026-12-24T22:00:00Z", { off: ["2026-12-25"] })).toBe("2026-12-28T08:00:00.000Z");
    const leave = daysOff("Europe/Berlin", "2026-11-25", "2026-12-01");
    expect(next("2026-11-25T10:00:00Z", { leave })).toBe("2026-12-02T08:00:00.000Z");
    expect(next("2026-11-25T10:00:00Z", { focus: "2026-11-25T11:30:00Z" })).toBe("2026-11-25T11:30:00.000Z");
  });
  it("is never for who has only quiet hours", () => {
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" }));
    expect(next("2026-11-25T10:00:00Z", { quiet: always })).toBeUndefined();
  });
});

it("knows tonight, also after eleven", () => {
  const at = (now: string) => tonight("Europe/Berlin", new Date(now)).toISOString();
  expect(at("2026-11-25T08:00:00Z")).toBe("2026-11-25T22:00:00.000Z");
  expect(at("2026-11-25T22:30:00Z")).toBe("2026-11-25T22:30:00.000Z");
});

it("turns the days of a leave into instants and back, over a change of the clocks", () => {
  const leave = daysOff("Europe/Berlin", "2026-10-23", "2026-10-26");
  expect(leave).toEqual({ from: "2026-10-22T22:00:00.000Z", to: "2026-10-26T23:00:00.000Z" });
  expect(daysOf("Europe/Berlin", leave)).toEqual({ first: "2026-10-23", last: "2026-10-26" });
});
