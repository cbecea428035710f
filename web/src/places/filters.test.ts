import { expect, it } from "vitest";
import { filtersOf, withFilter, withoutFilter } from "./filters";

it("finds the filters of a search, and takes one away", () => {
  const q = 'tea from:@ana in:"#deep space" has:file after:2026-11-01 time: 10:30';
  expect(filtersOf(q)).toEqual(["from:@ana", 'in:"#deep space"', "has:file", "after:2026-11-01"]);
  expect(withoutFilter("tea from:@ana pot", "from:@ana")).toBe("tea pot");
});

it("adds a filter once", () => {
  expect(withFilter("tea", "has:link")).toBe("tea has:link");
  expect(withFilter("tea has:link", "has:link")).toBe("tea has:link");
});
