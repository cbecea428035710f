import { expect, it } from "vitest";
import type { Rung } from "../../api/types";
import { moved, withAfter, withWay } from "./ladder";

const ladder: Rung[] = [
  { way: "push", after: 0 },
  { way: "email", after: 30 },
  { way: "sms", after: 60 },
];
const told = (rungs: Rung[]) => rungs.map(({ way, after }) => `${way} ${after}`);

it("moves ways, and leaves the times in their order", () => {
  expect(told(moved(ladder, 2, 0))).toEqual(["sms 0", "push 30", "email 60"]);
  expect(told(moved(ladder, 0, 1))).toEqual(["email 0", "push 30", "sms 60"]);
});

it("puts a way where its time belongs", () => {
  expect(told(withAfter(ladder, 0, 45))).toEqual(["email 30", "push 45", "sms 60"]);
});

it("adds a way at the end", () => {
  expect(told(withWay([], "email"))).toEqual(["email 0"]);
  expect(told(withWay(ladder, "phone"))).toContain("phone 90");
});
