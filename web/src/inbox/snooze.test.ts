import { expect, it } from "vitest";
import { untils } from "./snooze";

const office = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
const at = (hours: typeof office, zone: string, now: string) =>
  Object.fromEntries(
    untils(hours, zone, new Date(now)).map(({ until, at }) => [until, at.toISOString().slice(0, 16)]),
  );

it("puts off for an hour, until the next day of work, and until Monday", () => {
  // A Wednesday in Berlin, an hour ahead of UTC.
  expect(at(office, "Europe/Berlin", "2026-11-25T10:10:00Z")).toEqual({
    hour: "2026-11-25T11:10",
    tomorrow: "2026-11-26T08:00",
    monday: "2026-11-30T08:00",
  });
});

it("offers Monday once, on a Friday and on a Sunday", () => {
  for (const day of ["2026-11-27", "2026-11-29"])
    expect(at(office, "Europe/Berlin", `${day}T15:00:00Z`)).toEqual({
      hour: `${day}T16:00`,
      tomorrow: "2026-11-30T08:00",
    });
});

it("takes nine o'clock for who has no hours, and goes by the clock there when it changes", () => {
  expect(at([], "America/New_York", "2026-10-31T15:00:00Z")).toEqual({
    hour: "2026-10-31T16:00",
    tomorrow: "2026-11-01T14:00", // the clocks have gone back in the night
    monday: "2026-11-02T14:00",
  });
});

it("does not take the end of a night for the start of work", () => {
  const nights = [
    { day: 1, from: "22:00", to: "24:00" },
    { day: 2, from: "00:00", to: "06:00" },
  ];
  expect(at(nights, "UTC", "2026-11-29T12:00:00Z").tomorrow).toBe("2026-11-30T22:00");
});
