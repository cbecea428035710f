import { describe, expect, it } from "vitest";
import { availability, daysBetween, instantOf, wall } from "./availability";

const office = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
const at = (text: string) => new Date(text);

describe("availability", () => {
  it("works until the end of the stretch, on the clock of the zone", () => {
    expect(availability(office, "Europe/Berlin", at("2026-11-23T10:00:00Z"))).toEqual({
      state: "working",
      until: at("2026-11-23T16:00:00Z"),
    });
  });

  it("begins at the first minute and ends before the last", () => {
    expect(availability(office, "UTC", at("2026-11-23T09:00:00Z")).state).toBe("working");
    expect(availability(office, "UTC", at("2026-11-23T16:59:59Z")).state).toBe("working");
    expect(availability(office, "UTC", at("2026-11-23T17:00:00Z"))).toEqual({
      state: "off",
      from: at("2026-11-24T09:00:00Z"),
    });
  });

  it("is asleep at night and waits over the weekend", () => {
    expect(availability(office, "America/New_York", at("2026-11-21T07:14:00Z"))).toEqual({
      state: "asleep",
      from: at("2026-11-23T14:00:00Z"),
    });
  });

  it("knows zones that are half an hour or three quarters off", () => {
    expect(availability(office, "Asia/Kolkata", at("2026-11-23T03:30:00Z"))).toEqual({
      state: "working",
      until: at("2026-11-23T11:30:00Z"),
    });
    expect(availability(office, "Asia/Kathmandu", at("2026-11-23T03:14:00Z"))).toEqual({
      state: "off",
      from: at("2026-11-23T03:15:00Z"),
    });
  });

  it("keeps to the clock when summer time begins and ends", () => {
    // Saturday before Berlin's clocks go forward (29 March 2026) and back (25 October 2026).
    expect(availability(office, "Europe/Berlin", at("2026-03-28T12:00:00Z"))).toMatchObject({
      from: at("2026-03-30T07:00:00Z"),
    });
    expect(availability(office, "Europe/Berlin", at("2026-10-24T12:00:00Z"))).toMatchObject({
      from: at("2026-10-26T08:00:00Z"),
    });
    // Lord Howe changes by half an hour.
    expect(availability(office, "Australia/Lord_Howe", at("2026-10-03T00:00:00Z"))).toMatchObject({
      from: at("2026-10-04T22:00:00Z"),
    });
  });

  it("counts a night shift through the hour that is skipped", () => {
    const night = [
      { day: 6, from: "22:00", to: "24:00" },
      { day: 7, from: "00:00", to: "06:00" },
    ];
    expect(availability(night, "Europe/Berlin", at("2026-03-28T22:00:00Z"))).toEqual({
      state: "working",
      until: at("2026-03-29T04:00:00Z"), // 06:00 summer time
    });
  });

  it("joins stretches that touch, and leaves a lunch free", () => {
    const split = [
      { day: 1, from: "09:00", to: "12:00" },
      { day: 1, from: "12:00", to: "13:00" },
      { day: 1, from: "14:00", to: "18:00" },
    ];
    expect(availability(split, "UTC", at("2026-11-23T09:30:00Z"))).toMatchObject({
      until: at("2026-11-23T13:00:00Z"),
    });
    expect(availability(split, "UTC", at("2026-11-23T13:30:00Z"))).toEqual({
      state: "off",
      from: at("2026-11-23T14:00:00Z"),
    });
  });

  it("says nothing of who has told no hours, or a zone that nobody knows", () => {
    expect(availability([], "UTC", at("2026-11-23T09:30:00Z")).state).toBe("unknown");
    expect(availability(office, "Mars/Olympus", at("2026-11-23T09:30:00Z")).state).toBe("unknown");
  });
});

describe("clocks of a zone", () => {
  it("go there and back", () => {
    for (const zone of [
      "Europe/Berlin",
      "Asia/Kolkata",
      "Pacific/Chatham",
      "America/St_Johns",
      "Pacific/Apia",
    ])
      for (const text of ["2026-01-15T23:30:00Z", "2026-07-15T00:30:00Z"])
        expect(instantOf(zone, wall(zone, at(text)))).toEqual(at(text));
  });

  it("move a time that is skipped forward", () => {
    expect(instantOf("Europe/Berlin", at("2026-03-29T02:30:00Z"))).toEqual(at("2026-03-29T01:30:00Z"));
  });

  it("count midnights there, not here", () => {
    expect(daysBetween("Asia/Tokyo", at("2026-11-23T14:00:00Z"), at("2026-11-23T16:00:00Z"))).toBe(1);
    expect(daysBetween("UTC", at("2026-11-23T14:00:00Z"), at("2026-11-23T16:00:00Z"))).toBe(0);
  });
});
