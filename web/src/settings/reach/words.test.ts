import { describe, expect, it } from "vitest";
import "../../text/more";
import type { Reach, WayState } from "../../api/types";
import { clock } from "../../text/time";
import { says } from "./words";

const nights = [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
  { day, from: "22:00", to: "24:00" },
  { day, from: "00:00", to: "07:00" },
]);
const reach = (more: Partial<Reach> = {}): Reach => ({
  quiet: nights,
  off: [],
  ladder: [
    { way: "push", after: 0 },
    { way: "email", after: 30 },
  ],
  alarm: [],
  deputies: [],
  through: { waking: "everyone", quiet: "nobody", people: [] },
  digest: false,
  levels: { direct: "all", group: "all", channel: "mentions" },
  version: 1,
  ...more,
});
// Wherever the tests run: a Friday noon there.
const me = {
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" })),
};
const ways: WayState[] = [
  { kind: "push", values: ["a phone"], configured: true },
  { kind: "email", values: ["me@example.org"], configured: true },
];
const friday = new Date(2026, 10, 27, 12);
const at = (hour: number) => clock(new Date(2026, 10, 27, hour));
const told = (more?: Partial<Reach>, mine = me, there = ways) =>
  says(reach(more), mine, there, (id) => ({ ada: "Ada", bo: "Bo" })[id] ?? "?", friday).join(" ");

describe("what will happen", () => {
  it("says until when a message waits, and that nobody is woken", () => {
    expect(told()).toBe(
      `Tonight at ${at(23)} a normal message waits until Monday ${at(9)}. An urgent one waits too, and who sent it is told. ` +
        "While you work, you are told in the app at once; without it by push at once and by mail after 30 minutes.",
    );
  });
  it("says whose urgent messages ring", () => {
    const through = { waking: "everyone", quiet: "people", people: ["ada", "bo"] } as const;
    expect(told({ through: { ...through, people: ["ada", "bo"] } })).toContain(
      "An urgent one rings at once if it is from Ada and Bo",
    );
    expect(told({ through: { ...through, people: [] } })).toContain("An urgent one waits too");
    expect(told({ quiet: [], alarm: [{ way: "push", after: 0 }] })).toContain("An urgent one rings at once.");
    expect(told({ quiet: [] })).toContain("rings at once where the app is open");
    expect(told({ deputies: ["bo"] })).toContain("Bo is asked instead");
  });
  it("says when nothing waits, and when nothing is ever told", () => {
    expect(told({ quiet: [] }, { ...me, hours: [] })).toContain("a normal message is told at once.");
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" }));
    expect(told({ quiet: always })).toContain("you have no hours in sight");
  });
  it("names no way that cannot be gone", () => {
    expect(told({}, me, [{ kind: "push", values: [], configured: true }])).toContain(
      "While you work, you are told in the app alone.",
    );
  });
});
