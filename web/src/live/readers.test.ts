import { expect, test } from "vitest";
import type { Member } from "../api/types";
import { readers } from "./readers";

const member = (person: string, read_seq?: number): Member => ({
  person,
  role: "member",
  joined_at: "",
  ...(read_seq === undefined ? {} : { read_seq }),
});

test("names those who have read that far, neither me nor who does not show it", () => {
  const members = [member("me", 9), member("bo", 7), member("chi", 6), member("dee")];
  expect(readers(members, 7, "me")).toEqual(["bo"]);
});
