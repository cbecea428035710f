import { afterEach, describe, expect, it } from "vitest";
import "../text/more";
import { setLanguage } from "../text/text";
import { clock } from "../text/time";
import { forecastText, type Said } from "./forecast";
import type { Forecast, ForecastFor } from "./types";

const now = new Date(2026, 10, 25, 9, 44);
const at = (hours: number, minutes = 0) => new Date(2026, 10, 25, hours, minutes).toISOString();
// A zone whose clocks never show what the reader's do.
const far = new Date(now).getTimezoneOffset() === -345 ? "Pacific/Auckland" : "Asia/Kathmandu";
const zones: Record<string, string | undefined> = { Bo: far };
const said = (need?: Said["need"]): Said => ({ need, nameOf: (id) => id, zoneOf: (id) => zones[id], now });
const one = (person: Omit<ForecastFor, "why">): Forecast => ({
  people: [{ why: "hours", ...person }],
  total: 1,
  now: 0,
  later: 1,
  quiet: 0,
});

afterEach(() => setLanguage("en"));

describe("the line for one person", () => {
  it("says their clock, when they read it on both clocks, and that urgent would ring", () => {
    expect(forecastText(one({ person: "Bo", at: at(12, 30), urgent: at(9, 44) }), said())).toBe(
      `Bo: ${clock(now, far)} there, reads it about ${clock(at(12, 30))} (${clock(at(12, 30), far)} there); urgent would ring now.`,
    );
  });
  it("says nothing of urgent when that would not get through, or is meant already", () => {
    expect(forecastText(one({ person: "Ana", at: at(12, 30) }), said())).toBe(
      `Ana: reads it about ${clock(at(12, 30))}.`,
    );
    expect(forecastText(one({ person: "Ana", at: at(12, 30) }), said("urgent"))).toBe(
      `Ana: lets nothing through now, reads it about ${clock(at(12, 30))}.`,
    );
    expect(forecastText(one({ person: "Ana", at: at(9, 44), way: "push" }), said("urgent"))).toBe(
      "Ana: is called at once.",
    );
  });
  it("says what happens at once, or that nobody is told", () => {
    expect(forecastText(one({ person: "Ana", at: at(9, 44), way: "app" }), said())).toBe("Ana: sees it now.");
    expect(forecastText(one({ person: "Ana", at: at(9, 44), way: "email" }), said())).toBe(
      "Ana: is told at once by mail.",
    );
    expect(forecastText(one({ person: "Ana" }), said("whenever"))).toBe("Ana: finds it in the app.");
  });
  it("says who is out of office, and who stands in", async () => {
    const leave = { from: at(0), to: at(18), deputy: "Cy" };
    expect(forecastText(one({ person: "Ana", leave }), said())).toBe(
      `Ana: out of office until ${clock(at(18))} (Cy stands in), finds it in the app.`,
    );
    await setLanguage("de");
    expect(forecastText(one({ person: "Ana", leave }), said())).toBe(
      "Ana: abwesend bis 18:00 (Cy vertritt), findet es in der App.",
    );
  });
});

describe("the line for a room", () => {
  const people = [
    { person: "Cy", why: "active", at: at(9, 44), way: "app" as const },
    { person: "Bo", why: "hours", at: at(12, 30) },
  ];
  it("counts who is told now, later and not at all, and names the first who waits", () => {
    const room = { people, total: 35, now: 12, later: 3, quiet: 20, last: at(15) };
    expect(forecastText(room, said())).toBe(
      `12 now, 3 at the start of their day (Bo ${clock(at(12, 30))}, the last ${clock(at(15))}), 20 find it.`,
    );
  });
  it("leaves out what there is none of", () => {
    expect(forecastText({ people: [], total: 9, now: 9, later: 0, quiet: 0 }, said())).toBe("9 now.");
    expect(forecastText({ people: [], total: 0, now: 0, later: 0, quiet: 0 }, said())).toBe("");
  });
});
