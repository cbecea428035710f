import { afterEach, describe, expect, it } from "vitest";
import { de } from "./de";
import { en as first } from "./en";
import { more } from "./en/more";
import { setLanguage, t } from "./text";
import { workState } from "./time";

const en = { ...first, ...more };
type Entry = string | { one: string; other: string };
const forms = (entry: Entry) => (typeof entry === "string" ? [entry] : [entry.one, entry.other]);
const names = (entry: Entry) =>
  [...new Set(forms(entry).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort().join();

describe("the catalogues", () => {
  it("name the same values in both languages", () => {
    for (const [key, entry] of Object.entries<Entry>(en))
      expect(`${key} ${names(de[key as keyof typeof de])}`).toBe(`${key} ${names(entry)}`);
  });
  it("have no empty text", () => {
    for (const entry of [...Object.values<Entry>(en), ...Object.values<Entry>(de)])
      for (const form of forms(entry)) expect(form.trim()).not.toBe("");
  });
});

describe("a text", () => {
  afterEach(() => setLanguage("en"));
  it("picks the plural of its language", async () => {
    expect(t("rail.unread", { n: 1 })).toBe("1 unread conversation");
    expect(t("rail.unread", { n: 0 })).toBe("0 unread conversations");
    await setLanguage("de");
    expect(t("rail.unread", { n: 1200 })).toBe("1.200 ungelesene Unterhaltungen");
  });
  it("shows what is not translated in the pseudo-locale, and keeps the values", async () => {
    await setLanguage("en-XA");
    expect(t("palette.search", { words: "tea" })).toMatch(/^\[Séåŕçĥ .*“tea”.*\]$/);
  });
  it("turns the page around for the mirrored pseudo-locale", async () => {
    await setLanguage("ar-XB");
    expect(document.documentElement.dir).toBe("rtl");
  });
});

describe("working hours", () => {
  const hours = [1, 2, 3, 4, 5].map((day) => ({ day, from: "09:00", to: "17:00" }));
  it("say until when somebody works, in their zone", () => {
    expect(workState(hours, "Asia/Tokyo", new Date("2026-11-23T02:00:00Z"))).toEqual({
      working: true,
      until: "17:00",
    });
  });
  it("say when they come back after a weekend", () => {
    expect(workState(hours, "Europe/Berlin", new Date("2026-11-20T18:00:00Z"))).toEqual({
      working: false,
      from: "09:00",
      weekday: 1,
      ahead: 3,
    });
  });
});
