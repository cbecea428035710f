import { describe, expect, it } from "vitest";
import "../text/more";
import type { Delivery, DeliveryStep } from "../need/types";
import { clock } from "../text/time";
import { stateText, stepText, tallyText, whyText } from "./words";

describe("all deliveries of a message", () => {
  it("are one word for one person", () => {
    expect(tallyText({ waiting: 1 }, false)).toBe("not seen yet");
    expect(tallyText({ told: 1 }, false)).toBe("told");
    expect(tallyText({ acknowledged: 1 }, true)).toBe("acknowledged");
  });
  it("tell the most that has happened for several", () => {
    expect(tallyText({ waiting: 2, told: 1 }, false)).toBe("1 of 3 told");
    expect(tallyText({ waiting: 1, told: 1, seen: 1 }, true)).toBe("1 of 3 have seen it");
    expect(tallyText({ seen: 2, answered: 2, acknowledged: 1 }, true)).toBe("3 of 5 answered");
    expect(tallyText({ seen: 2 }, true)).toBe("0 of 2 answered");
    expect(tallyText({ seen: 1, missed: 1 }, true)).toBe("1 of 2 have seen it · 1 not reached");
  });
  it("leave out what was taken back", () => {
    expect(tallyText({ withdrawn: 2 }, false)).toBe("");
  });
});

describe("one delivery", () => {
  const now = new Date(2026, 10, 25, 14);
  const at = new Date(2026, 10, 25, 9).toISOString();
  const delivery = (more: Partial<Delivery>): Delivery => ({
    message: "m",
    person: "p",
    wants: "look",
    because: "direct",
    state: "told",
    at,
    steps: [],
    ...more,
  });
  it("says since when, or until when it waits", () => {
    expect(stateText(delivery({}), now)).toBe(`told, ${clock(at)}`);
    const next = new Date(2026, 10, 26, 9).toISOString();
    expect(stateText(delivery({ state: "waiting", next }), now)).toBe(`waits until tomorrow, ${clock(next)}`);
  });
});

it("a step says what is done by which way, and why", () => {
  const step = (more: Partial<DeliveryStep>) =>
    stepText({ at: "", what: "tell", why: "", state: "due", ...more }, (id) => id.toUpperCase());
  expect(step({ way: "push" })).toBe("Told by push");
  expect(step({ what: "ask", deputy: "cy" })).toBe("CY is asked instead");
  expect(step({ what: "report" })).toBe("The sender is told");
  expect(whyText("not_acked")).toBe("not acknowledged yet");
  expect(whyText("a reason of tomorrow")).toBe("");
});
