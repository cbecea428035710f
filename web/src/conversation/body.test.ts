import { describe, expect, it } from "vitest";
import { prepare, reveal } from "./body";

const reader = { me: "me", groups: new Set(["team"]), nameOf: (id: string) => ({ bo: "Bo Li" })[id] };
const made = (html: string, words?: string[]) => {
  const div = document.createElement("div");
  div.innerHTML = prepare(html, { ...reader, words });
  return div;
};

describe("a message's body", () => {
  it("shows a time in the reader's zone, and the exact one as title", () => {
    const time = made('<p><time datetime="2026-11-23T14:00:00+01:00">14:00</time></p>').querySelector(
      "time",
    )!;
    expect(time.title).toContain("2026-11-23T14:00:00+01:00");
    expect(time.textContent).not.toBe("14:00");
  });
  it("names who is mentioned as they are called now, and marks what means me", () => {
    const body = made(
      '<p><span class="mention" data-person="bo">@old</span> <span class="mention" data-person="me">@me</span> <span class="mention" data-group="team">@t</span></p>',
    );
    const [bo, me, team] = body.querySelectorAll<HTMLElement>(".mention");
    expect(bo!.textContent).toBe("@Bo Li");
    expect(bo!.getAttribute("role")).toBe("button");
    expect(bo!.classList.contains("mine")).toBe(false);
    expect(me!.classList.contains("mine") && team!.classList.contains("mine")).toBe(true);
  });
  it("hides a spoiler from eye and ear until it is asked for", () => {
    const spoiler = made('<p><span class="spoiler">the butler</span></p>').querySelector<HTMLElement>(
      ".spoiler",
    )!;
    expect(spoiler.tabIndex).toBe(0);
    expect(spoiler.firstElementChild!.getAttribute("aria-hidden")).toBe("true");
    reveal(spoiler);
    expect(spoiler.firstElementChild!.hasAttribute("aria-hidden")).toBe(false);
    expect(spoiler.textContent).toBe("the butler");
  });
  it("gives code a button to copy it", () => {
    expect(made("<pre><code>x</code></pre>").querySelector(".code > button.copy")).not.toBeNull();
  });
  it("marks words where they begin, and never makes HTML of them", () => {
    const body = made("<p>Teapot &lt;b&gt; team steam</p>", ["tea", "<b>"]);
    expect([...body.querySelectorAll("mark")].map((m) => m.textContent)).toEqual(["Tea", "<b>", "tea"]);
    expect(body.querySelector("b")).toBeNull();
  });
});
