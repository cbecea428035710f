import { describe, expect, it } from "vitest";
import { emptyWeek, fromWeek, presets, summary, toWeek, weekProblems, weekTotal } from "./week";

const with_ = (day: number, ...stretches: [string, string][]) => {
  const week = emptyWeek();
  week[day - 1] = stretches.map(([from, to]) => ({ from, to }));
  return week;
};

describe("a week of working hours", () => {
  it("goes to the server and back", () => {
    expect(toWeek(fromWeek(presets.office()))).toEqual(presets.office());
    expect(fromWeek(presets.office())[0]).toEqual({ day: 1, from: "09:00", to: "17:00" });
    expect(weekTotal(presets.office())).toBe(40);
  });

  it("splits a night at midnight, and puts it together again, Sunday to Monday too", () => {
    for (const day of [3, 7]) {
      const night = with_(day, ["22:00", "06:00"]);
      expect(fromWeek(night)).toContainEqual({ day, from: "22:00", to: "24:00" });
      expect(fromWeek(night)).toContainEqual({ day: (day % 7) + 1, from: "00:00", to: "06:00" });
      expect(toWeek(fromWeek(night))).toEqual(night);
      expect(weekTotal(night)).toBe(8);
    }
  });

  it("ends at midnight as 00:00, and keeps whole days apart", () => {
    expect(fromWeek(with_(1, ["16:00", "00:00"]))).toEqual([{ day: 1, from: "16:00", to: "24:00" }]);
    const always = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: "00:00", to: "24:00" }));
    expect(fromWeek(toWeek(always))).toEqual(always);
    expect(weekProblems(toWeek(always)).filter(Boolean)).toEqual([]);
  });

  it("finds what cannot be", () => {
    expect(weekProblems(with_(2, ["09:00", "09:00"]))[1]).toBe("empty");
    expect(weekProblems(with_(2, ["", "17:00"]))[1]).toBe("time");
    expect(weekProblems(with_(2, ["09:00", "13:00"], ["12:00", "17:00"]))[1]).toBe("overlap");
    expect(weekProblems(with_(2, ["09:00", "12:00"], ["12:00", "17:00"])).filter(Boolean)).toEqual([]);
    const night = with_(7, ["22:00", "08:00"]);
    night[0] = [{ from: "07:00", to: "15:00" }];
    expect(weekProblems(night)[0]).toBe("overlap");
  });

  it("has quiet nights and weekends that come back from the server as they were chosen", () => {
    for (const name of ["night", "long", "weekend"] as const) {
      const week = presets[name]();
      expect(weekProblems(week).filter(Boolean)).toEqual([]);
      expect(toWeek(fromWeek(week))).toEqual(week);
    }
    expect(weekTotal(presets.night())).toBe(63);
    expect(weekTotal(presets.weekend())).toBe(4 * 9 + 2 + 48 + 7);
  });

  it("is told in few words", () => {
    const hours = [...fromWeek(presets.office()), { day: 7, from: "10:00", to: "12:00" }];
    expect(summary(hours)).toEqual([
      { first: 1, last: 5, stretches: [{ from: "09:00", to: "17:00" }] },
      { first: 7, last: 7, stretches: [{ from: "10:00", to: "12:00" }] },
    ]);
    expect(summary([])).toEqual([]);
  });
});
