import type { Locator, Page } from "@playwright/test";
import type { Parley } from "./parley.ts";
import type { Person } from "./person.ts";
import { composer, message, timeline } from "./reading.ts";
import { expect, test } from "./test.ts";

// The Inbox: one queue over everything that wants something from me, worked off by keyboard, by finger and by mouse.

test.use({ contextOptions: { reducedMotion: "reduce" } });

interface Made {
  id: string;
  seq: number;
}

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
const say = (by: Person, conversation: string, body: string, more: object = {}) =>
  by.ask<Made>("POST", `/conversations/${conversation}/messages`, { body, ...more });
const pane = (page: Page) => page.getByRole("region", { name: "Inbox" });
const queue = (page: Page) => page.getByRole("list", { name: "For me" });
const row = (page: Page, text: string | RegExp) => queue(page).getByRole("article").filter({ hasText: text });
const alarm = (page: Page) => page.getByRole("alertdialog");
const inbox = (page: Page) =>
  page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Inbox" });
const told = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

/** Ana, Ben and Cleo in #harbour; nobody is quiet, whatever time it is. */
async function crew(parley: Parley, sit: (name: string) => Promise<Person>) {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const cleo = await sit("Cleo Varga");
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await ana.bringIn(cleo);
  for (const one of [ana, ben, cleo]) await one.ask("PATCH", "/reach", { quiet: [] });
  const { id: harbour } = await ana.ask<Made>("POST", "/conversations", {
    kind: "channel",
    visibility: "public",
    name: "harbour",
    people: [await ana.id(ben.name), await ana.id(cleo.name)],
  });
  const direct = async (by: Person, to: Person) =>
    (
      await by.ask<Made>("POST", "/conversations", {
        kind: "direct",
        visibility: "private",
        people: [await by.id(to.name)],
      })
    ).id;
  return { ana, ben, cleo, harbour, direct };
}

const names = (page: Page) =>
  queue(page)
    .getByRole("article")
    .evaluateAll((rows) => rows.map((one) => one.textContent));

test("what wants me stands in one order, and is worked off by keyboard", async ({ parley, sit }) => {
  const { ana, ben, cleo, harbour, direct } = await crew(parley, sit);
  const { page } = ana;
  const { keyboard } = page;
  const withBen = await direct(ben, ana);
  await say(ben, withBen, "Are you at the quay?");
  await say(cleo, harbour, "@ana the fog signal is back");
  await say(ben, harbour, "Which lamp do we buy, @ana?", { need: "answer", by: hours(3) });
  await say(cleo, harbour, "And who climbs up, @ana?", { need: "answer", by: hours(2) });
  await page.goto("/inbox");

  await test.step("answers first, the one wanted soonest on top; then what was said, as it came", async () => {
    await expect
      .poll(() => names(page))
      .toEqual([
        expect.stringContaining("And who climbs up"),
        expect.stringContaining("Which lamp do we buy"),
        expect.stringContaining("Are you at the quay?"),
        expect.stringContaining("the fog signal is back"),
      ]);
    await expect(inbox(page)).toHaveAccessibleName(/4 things want you/);
    await expect(row(page, "And who climbs up").getByText(/^Answer by .* in 2 hours$/)).toBeVisible();
    await expect(row(page, "the fog signal").getByText("Mentions you")).toBeVisible();
  });

  await test.step("j and k walk, enter opens beside", async () => {
    await keyboard.press("j");
    await expect(row(page, "And who climbs up")).toBeFocused();
    await keyboard.press("j");
    await keyboard.press("j");
    await keyboard.press("j");
    await keyboard.press("k");
    await expect(row(page, "Are you at the quay?")).toBeFocused();
    await keyboard.press("Enter");
    await expect(page).toHaveURL(/\/c\/.*beside=inbox/);
    await expect(message(timeline(page), "Are you at the quay?")).toBeVisible();
    await expect(pane(page)).toBeVisible();
  });

  await test.step("what only wanted a look has had it", async () => {
    await expect(row(page, "Are you at the quay?")).toHaveCount(0);
    await page.goto("/inbox");
    await expect(row(page, "And who climbs up")).toBeVisible();
  });

  await test.step("r answers in place, into the thread", async () => {
    await keyboard.press("j");
    await keyboard.press("r");
    const field = page.getByRole("textbox", { name: "Your answer" });
    await expect(field).toBeFocused();
    await field.fill("I do");
    await keyboard.press("Enter");
    await expect(row(page, "And who climbs up")).toHaveCount(0);
    await expect(row(page, "Which lamp do we buy")).toBeFocused();
    const { messages } = await ana.ask<{ messages: { body: string; thread?: number }[] }>(
      "GET",
      `/conversations/${harbour}/messages`,
    );
    expect(messages.at(-1)).toMatchObject({ body: "I do", thread: expect.any(Number) });
  });

  await test.step("e is done, u undoes it", async () => {
    await keyboard.press("e");
    await expect(row(page, "Which lamp do we buy")).toHaveCount(0);
    await expect(told(page, "Done")).toBeVisible();
    await keyboard.press("u");
    await expect(row(page, "Which lamp do we buy")).toBeVisible();
  });

  await test.step("s puts off; it waits folded below, and can be taken back", async () => {
    await row(page, "Which lamp do we buy").focus();
    await keyboard.press("s");
    await page.getByRole("menuitem", { name: /For an hour/ }).click();
    await expect(row(page, "Which lamp do we buy")).toHaveCount(0);
    await page
      .getByText(/^Put off/, { exact: false })
      .first()
      .click();
    const later = pane(page).getByRole("listitem").filter({ hasText: "Which lamp do we buy" });
    await expect(later.getByText(/^until /)).toBeVisible();
    await page.reload();
    await page
      .getByText(/^Put off/)
      .first()
      .click();
    await later.getByRole("button", { name: "Take back" }).click();
    await expect(row(page, "Which lamp do we buy")).toBeVisible();
  });
});

test("what is urgent stays on every screen until it is acknowledged, on any device", async ({
  parley,
  sit,
}) => {
  const { ana, ben, harbour } = await crew(parley, sit);
  const second = await sit("Ana Costa");
  await second.ask("POST", "/sessions", { email: ana.email, password: ana.password });
  await ana.page.goto("/people");
  await second.page.goto("/inbox");
  await expect(second.page.getByText("Nothing wants you now")).toBeVisible();
  await say(ben, harbour, "@ana the lamp is on fire", { need: "urgent", reason: "It burns" });

  await expect(alarm(ana.page)).toContainText("Urgent message from Ben Okafor");
  await expect(alarm(ana.page)).toContainText("It burns");
  await expect(row(second.page, "the lamp is on fire")).toContainText("Urgent: It burns");
  await ana.page.goto("/settings/looks");
  await expect(alarm(ana.page)).toBeVisible(); // also after it was loaded anew

  await test.step("it is not simply done", async () => {
    await row(second.page, "the lamp is on fire").focus();
    await second.page.keyboard.press("e");
    await expect(told(second.page, "acknowledge it, or hand it over")).toBeVisible();
    await expect(row(second.page, "the lamp is on fire")).toBeVisible();
  });

  await test.step("a acknowledges it: it is gone on the other device too, and Ben sees it", async () => {
    await second.page.keyboard.press("a");
    await expect(row(second.page, "the lamp is on fire")).toHaveCount(0);
    await expect(alarm(second.page)).toHaveCount(0);
    await expect(alarm(ana.page)).toHaveCount(0);
    const { messages } = await ben.ask<{ messages: { answers?: object[] }[] }>(
      "GET",
      `/conversations/${harbour}/messages`,
    );
    expect(messages.at(-1)?.answers).toMatchObject([{ how: "acknowledged" }]);
  });
});

test("something is handed over, and who asked sees whom it waits for", async ({ parley, sit }) => {
  const { ana, ben, cleo, harbour } = await crew(parley, sit);
  await ben.page.goto("/inbox");
  await ben.page.getByRole("tab", { name: "I wait for" }).click();
  await expect(ben.page.getByText("You wait for nobody")).toBeVisible();
  await say(ben, harbour, "Which rope, @ana?", { need: "answer", by: hours(5) });
  await expect(ben.page.getByText(/0 of 1 answered.*waiting for Ana Costa/)).toBeVisible();

  const { page } = ana;
  await page.goto("/inbox");
  await row(page, "Which rope").focus();
  await page.keyboard.press("h");
  const dialog = page.getByRole("dialog", { name: "Hand over" });
  await expect(dialog.getByRole("option")).toHaveText([/Cleo/]); // not who asked, nor oneself
  await dialog.getByRole("option", { name: /Cleo/ }).click();
  await dialog.getByRole("textbox", { name: /A word about it/ }).fill("You know ropes");
  await dialog.getByRole("button", { name: "Hand over" }).click();
  await expect(dialog).toBeHidden();
  await expect(row(page, "Which rope")).toHaveCount(0);

  await cleo.page.goto("/inbox");
  await expect(row(cleo.page, "Which rope")).toContainText("Ana Costa handed it over to you");
  await expect(row(cleo.page, "Which rope")).toContainText("You know ropes");
  await row(cleo.page, "Which rope").getByRole("button", { name: "Answer" }).click();
  await cleo.page.getByRole("textbox", { name: "Your answer" }).fill("The blue one");
  await cleo.page.keyboard.press("Enter");
  await expect(row(cleo.page, "Which rope")).toHaveCount(0);
  await expect(ben.page.getByText("You wait for nobody")).toBeVisible();
});

test("many messages of one conversation are one row, which a finger sweeps away", async ({ parley, sit }) => {
  const { ana, ben, direct } = await crew(parley, sit);
  const phone = await sit("Ana Costa", {
    viewport: { width: 390, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await phone.ask("POST", "/sessions", { email: ana.email, password: ana.password });
  const withBen = await direct(ben, ana);
  for (const text of ["One", "Two", "Three"]) await say(ben, withBen, text);
  const { page } = phone;
  await page.goto("/inbox");
  await expect(row(page, "Three")).toContainText("3 messages");
  await expect(queue(page).getByRole("article")).toHaveCount(1);

  await swipe(row(page, "Three"), -160);
  await page.getByRole("menuitem", { name: /For an hour/ }).click();
  await expect(page.getByText("Nothing wants you now")).toBeVisible();
  await told(page, "Put off until").getByRole("button", { name: "Undo" }).tap();
  await expect(row(page, "Three")).toBeVisible();

  await swipe(row(page, "Three"), 160);
  await expect(page.getByText("Nothing wants you now")).toBeVisible();
  await told(page, "3 messages done").getByRole("button", { name: "Undo" }).tap();
  await expect(row(page, "Three")).toContainText("3 messages");

  await test.step("a tap opens the conversation, and back leads to the queue", async () => {
    await row(page, "Three").getByRole("link").tap();
    await expect(message(timeline(page), "Two")).toBeVisible();
    await expect(composer(page)).toBeVisible();
    await page.getByRole("link", { name: "Back" }).tap();
    await expect(page).toHaveURL(/\/inbox/);
  });
});

/** With one finger, sideways, which then rests: what is flung takes the next tap for itself. */
async function swipe(element: Locator, by: number) {
  const box = await element.boundingBox();
  if (!box) throw new Error("nothing to swipe");
  const client = await element.page().context().newCDPSession(element.page());
  const begin = Date.now() / 1000 - 1;
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number, after: number) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [{ x: box.x + box.width / 2 + x, y: box.y + 20 }],
      timestamp: begin + after,
    });
  await touch("touchStart", 0, 0);
  for (let step = 1; step <= 8; step++) await touch("touchMove", (by * step) / 8, step / 20);
  await touch("touchMove", by, 0.9);
  await touch("touchEnd", by, 1);
}
