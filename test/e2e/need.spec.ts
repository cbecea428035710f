import type { Page } from "@playwright/test";
import type { Parley } from "./parley.ts";
import type { Person } from "./person.ts";
import { choose, composer, message, thread, timeline } from "./reading.ts";
import { expect, test } from "./test.ts";

// How much a message matters and when it goes out, from the composer to the answer.

test.use({ contextOptions: { reducedMotion: "reduce" } });

interface Made {
  id: string;
  seq: number;
}

/** Ana and Ben in #harbour, both with the conversation open. */
async function pair(parley: Parley, sit: (name: string) => Promise<Person>) {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  await ana.found(parley.link);
  await ana.bringIn(ben);
  for (const one of [ana, ben]) await one.ask("PATCH", "/reach", { quiet: [] });
  const { id: harbour } = await ana.ask<Made>("POST", "/conversations", {
    kind: "channel",
    visibility: "public",
    name: "harbour",
    people: [await ana.id(ben.name)],
  });
  for (const { page } of [ana, ben]) {
    await page.goto(`/c/${harbour}`);
    await expect(composer(page)).toBeVisible();
  }
  return { ana, ben, harbour };
}

const write = async (page: Page, text: string) => {
  await composer(page).click();
  await page.keyboard.type(text);
};
const matters = (page: Page) => page.getByRole("main").getByRole("button", { name: /^How much it matters/ });
const when = (page: Page) => page.getByRole("main").getByRole("button", { name: /^When to send it/ });

test("an answer is asked for by a time, reminded of and given in the thread", async ({ parley, sit }) => {
  const { ana, ben } = await pair(parley, sit);
  await write(ana.page, "Which lamp do we buy, @ben?");
  await matters(ana.page).click();
  await ana.page.getByRole("button", { name: /^Answer by/ }).click();
  await ana.page.getByRole("button", { name: /^In 2 hours/ }).click();
  await expect(ana.page.getByRole("main").getByText("Ben Okafor: sees it now")).toBeVisible();
  await ana.page.keyboard.press("Enter");

  const asked = message(timeline(ben.page), "Which lamp do we buy");
  await expect(asked).toContainText("Answer by");
  await expect(asked.getByRole("button", { name: "Acknowledge" })).toBeVisible();
  await asked.hover();
  await choose(asked, "Why did I get this now?");
  const why = ben.page.getByRole("dialog", { name: "Why did I get this now?" });
  await expect(why).toContainText("the app was open");
  await ben.page.keyboard.press("Escape");

  const { page } = ben;
  await asked.hover();
  await asked.getByRole("button", { name: "Reply in thread" }).click();
  await thread(page)
    .getByRole("textbox", { name: /^Write|^Reply/ })
    .fill("The big one");
  await page.keyboard.press("Enter");
  await expect(message(timeline(ana.page), "Which lamp do we buy").first()).toContainText(
    "Answered by Ben Okafor",
  );
});

test("what was just sent can be taken back, text and all, and leaves nothing", async ({ parley, sit }) => {
  const { ana, ben } = await pair(parley, sit);
  await write(ana.page, "Oops");
  await ana.page.keyboard.press("Enter");
  await expect(message(timeline(ben.page), "Oops")).toBeVisible();
  await ana.page.getByRole("main").getByRole("button", { name: "Undo", exact: true }).click();
  await expect(message(timeline(ben.page), "Oops")).toHaveCount(0);
  await expect(timeline(ben.page)).not.toContainText("deleted");
  await expect(composer(ana.page)).toHaveText("Oops");
  await ana.page.reload();
  await expect(composer(ana.page)).toBeVisible();
  await expect(message(timeline(ana.page), "Oops")).toHaveCount(0);
});

test("a message waits for its time, is changed, and goes out by hand", async ({ parley, sit }) => {
  const { ana, ben } = await pair(parley, sit);
  await write(ana.page, "Good morning");
  await when(ana.page).click();
  await ana.page.getByRole("button", { name: /^In an hour/ }).click();
  await ana.page.keyboard.press("Enter");
  const waiting = ana.page
    .getByRole("main")
    .getByText(/Goes out/)
    .first();
  await expect(waiting).toBeVisible();
  await expect(composer(ana.page)).toHaveText("");
  await expect(message(timeline(ben.page), "Good morning")).toHaveCount(0);
  await ana.page.getByRole("button", { name: "Send it now" }).first().click();
  await expect(message(timeline(ben.page), "Good morning")).toBeVisible();
  await expect(ana.page.getByRole("main").getByText(/Goes out/)).toHaveCount(0);
});

test("a decision is voted on in the conversation and in the Inbox, and says what came out", async ({
  parley,
  sit,
}) => {
  const { ana, ben } = await pair(parley, sit);
  await write(ana.page, "Where do we meet?");
  await matters(ana.page).click();
  await ana.page.getByRole("button", { name: /^Answer by/ }).click();
  await ana.page.getByRole("button", { name: /^In 2 hours/ }).click();
  await ana.page.getByRole("button", { name: "Let them decide" }).click();
  await ana.page.getByRole("textbox", { name: "Option 1" }).fill("Lisbon");
  await ana.page.getByRole("textbox", { name: "Option 2" }).fill("Berlin");
  await ana.page.getByRole("combobox", { name: "If nobody objects" }).selectOption("Lisbon");
  await composer(ana.page).click();
  await ana.page.keyboard.press("Enter");
  const mine = message(timeline(ana.page), "Where do we meet?");
  await expect(mine).toContainText("If nobody objects: Lisbon.");

  await ben.page.goto("/inbox");
  const row = ben.page.getByRole("list", { name: "For me" }).getByRole("article");
  await row.getByRole("radio", { name: /Berlin/ }).click();
  await expect(row).toHaveCount(0);
  await expect(mine).toContainText("Decided by votes.");
  await expect(timeline(ana.page)).toContainText("Decided: Berlin");
});

test("one is reminded of any message, and sends only so many urgent ones", async ({ parley, sit }) => {
  const { ana, ben, harbour } = await pair(parley, sit);
  await ben.ask("POST", `/conversations/${harbour}/messages`, { body: "The lease ends in May" });
  const said = message(timeline(ana.page), "The lease ends in May");
  await choose(said, "Remind me");
  await ana.page.getByRole("dialog").getByRole("button", { name: "In an hour" }).click();
  await ana.page.goto("/saved");
  await expect(ana.page.getByRole("main")).toContainText("The lease ends in May");

  await ana.page.goto(`/c/${harbour}`);
  for (const left of [3, 2, 1]) {
    await write(ana.page, `@ben Fire ${left} burns`);
    await matters(ana.page).click();
    await expect(ana.page.getByText(`${left} of 3 left today.`).first()).toBeVisible();
    await ana.page.getByRole("button", { name: /^Urgent/ }).click();
    const why = ana.page.getByRole("textbox", { name: "Why is it urgent?" });
    await expect(why).toBeFocused();
    await composer(ana.page).click();
    await ana.page.keyboard.press("Enter"); // without a reason it does not go
    await expect(why).toBeFocused();
    await ana.page.keyboard.type("It burns");
    await composer(ana.page).click();
    await ana.page.keyboard.press("Enter");
    await expect(message(timeline(ana.page), `Fire ${left}`)).toContainText("Urgent");
  }
  await matters(ana.page).click();
  await expect(ana.page.getByRole("button", { name: /^Urgent/ })).toBeDisabled();
});
