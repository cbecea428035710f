import { describe, expect, it } from "vitest";
import { callsEveryone, tokenAt } from "./completion";

describe("the word at the caret", () => {
  it("is completed after @, # and : at the beginning of a word", () => {
    expect(tokenAt("hello @an", 9)).toEqual({ mark: "@", text: "an", from: 6 });
    expect(tokenAt("(#gen", 5)).toEqual({ mark: "#", text: "gen", from: 1 });
    expect(tokenAt(":smi", 4)).toEqual({ mark: ":", text: "smi", from: 0 });
    expect(tokenAt("@", 1)).toEqual({ mark: "@", text: "", from: 0 });
  });
  it("is left alone inside of a word, an address or a time", () => {
    expect(tokenAt("ana@example", 11)).toBeUndefined();
    expect(tokenAt("at 10:30", 8)).toBeUndefined();
    expect(tokenAt("so :)", 5)).toBeUndefined();
    expect(tokenAt("@ana is", 7)).toBeUndefined();
  });
});

describe("calling everyone", () => {
  it("is noticed where it counts", () => {
    expect(callsEveryone("@everyone, tea")).toBe(true);
    expect(callsEveryone("so (@here) look")).toBe(true);
    expect(callsEveryone("mail me@everyone.org")).toBe(false);
    expect(callsEveryone("write `@everyone` or\n```\n@here\n```")).toBe(false);
    expect(callsEveryone("@everyonesmile")).toBe(false);
  });
});
