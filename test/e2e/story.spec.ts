import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import type { Person } from "./person.ts";
import { picture } from "./picture.ts";
import {
  banner,
  choose,
  composer,
  conversations,
  message,
  say,
  thread,
  timeline,
  written,
} from "./reading.ts";
import { expect, test } from "./test.ts";

// What people do with Parley first. Runs on SQLite, on PostgreSQL, and on two nodes that Redis joins, each person at
// another one.

test("two people meet and talk", async ({ parley, sit }) => {
  test.setTimeout(180_000);
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const [a, b] = [ana.page, ben.page];
  let invitation = "";

  await test.step("the first opens the printed link, sets up, and invites", async () => {
    await a.goto(ana.here(parley.link));
    await expect(a.getByRole("heading", { name: "Welcome to Parley" })).toBeVisible();
    await account(ana);
    await a.getByRole("textbox", { name: "Name of the organisation" }).fill("Lighthouse");
    await next(a);
    await expect(a.getByRole("heading", { name: "When do you work?" })).toBeVisible();
    await a.getByRole("button", { name: "Open the doors" }).click();
    await a.getByRole("button", { name: "Make a link" }).click();
    invitation = (await a.getByRole("status").getByText("/join#").textContent()) ?? "";
    await a.getByRole("button", { name: "To the first conversation" }).click();
    await expect(message(timeline(a), "Welcome to Parley")).toBeVisible();
  });

  await test.step("the second comes in by the invitation", async () => {
    await b.goto(ben.here(invitation));
    await expect(b.getByRole("heading", { name: "Come in to Lighthouse" })).toBeVisible();
    await expect(b.getByText("Ana Costa invites you.")).toBeVisible();
    await account(ben);
    await b.getByRole("button", { name: "Come in to Lighthouse" }).click();
    await expect(message(timeline(b), "Welcome to Parley")).toBeVisible();
    await expect(message(timeline(a), "Ben Okafor joined")).toBeVisible();
  });

  await test.step("one speaks, the other hears, and sees who writes", async () => {
    await composer(a).pressSequentially("The lamp is");
    await expect(b.getByText("Ana Costa is writing …")).toBeVisible();
    await say(composer(a), "The lamp is **out**");
    await expect(message(timeline(b), "The lamp is out").getByText("out").last()).toHaveCSS(
      "font-weight",
      /[67]00/,
    );
    await expect(b.getByText("Ana Costa is writing …")).toBeHidden();
    await say(composer(b), "I am on my way");
    await expect(message(timeline(a), "I am on my way")).toBeVisible();
  });

  await test.step("who is elsewhere sees that they are mentioned", async () => {
    await b.goto("/");
    await composer(a).fill("");
    await composer(a).pressSequentially("Take the spare bulb, @Be");
    await expect(a.getByRole("option", { name: "Ben Okafor" })).toBeVisible();
    await composer(a).press("Enter");
    await composer(a).pressSequentially("please");
    await composer(a).press("Enter");
    await say(composer(a), "And the long ladder");
    const row = conversations(b).getByRole("link", { name: "general" });
    await expect(row).toContainText("1 message mentions you");
    await expect(b).toHaveTitle(/^\(1\) /);
    await row.click();
    await expect(message(timeline(b), "Take the spare bulb")).toContainText("@Ben");
    await expect(timeline(b).getByText("New", { exact: true })).toBeVisible();
    await expect(row).not.toContainText("mentions you");
    await expect(row).not.toContainText("unread");
  });

  await test.step("they go on in a thread", async () => {
    await choose(message(timeline(b), "And the long ladder"), "Reply in thread");
    await say(thread(b).getByRole("textbox"), "Which one is that?");
    const said = message(timeline(a), "And the long ladder");
    await said.getByRole("button", { name: "1 reply" }).click();
    await expect(message(thread(a), "Which one is that?")).toBeVisible();
    await say(thread(a).getByRole("textbox"), "The green one");
    await expect(message(thread(b), "The green one")).toBeVisible();
    await expect(said.getByRole("button", { name: "2 replies" })).toBeVisible();
    for (const page of [a, b]) {
      await thread(page).getByRole("button", { name: "Close" }).click();
      await expect(thread(page)).toBeHidden();
    }
  });

  await test.step("they send a picture and a file", async () => {
    await a
      .getByRole("main")
      .getByLabel("Attach files")
      .setInputFiles([
        { name: "horizon.png", mimeType: "image/png", buffer: picture(900, 600) },
        { name: "stairs.txt", mimeType: "text/plain", buffer: Buffer.from("217 steps\n") },
      ]);
    await expect(
      a.getByRole("list", { name: "Files to send" }).getByRole("button", { name: /^Remove/ }),
    ).toHaveCount(2);
    await say(composer(a), "What I saw");
    const said = message(timeline(b), "What I saw");
    const small = said.getByRole("img", { name: "horizon.png" });
    await expect(small).toHaveJSProperty("complete", true);
    expect(await small.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await said.getByRole("button", { name: "Show horizon.png" }).click();
    const large = b.getByRole("dialog", { name: "horizon.png" });
    await expect(large.getByRole("img")).toHaveJSProperty("naturalWidth", 900);
    await b.keyboard.press("Escape");
    await expect(large).toBeHidden();
    const download = b.waitForEvent("download");
    await said.getByRole("link", { name: "stairs.txt" }).click();
    expect(await readFile(await (await download).path(), "utf8")).toBe("217 steps\n");
  });

  await test.step("they react", async () => {
    const said = message(timeline(b), "What I saw");
    await said.hover();
    await said
      .getByRole("toolbar", { name: "Actions" })
      .getByRole("button", { name: /^React with/ })
      .first()
      .click();
    const reaction = message(timeline(a), "What I saw").getByRole("button", { name: /by Ben Okafor$/ });
    await reaction.click();
    await expect(
      said.getByRole("button", { name: /by (Ana Costa and Ben Okafor|Ben Okafor and Ana Costa)$/ }),
    ).toBeVisible();
    await said.getByRole("button", { name: /by .* and .*$/ }).click();
    await expect(
      message(timeline(a), "What I saw").getByRole("button", { name: /by Ana Costa$/ }),
    ).toBeVisible();
  });

  await test.step("they take back and put right what they said", async () => {
    await choose(message(timeline(b), "I am on my way"), "Edit");
    const field = b.getByRole("textbox", { name: "Edit the message" });
    await expect.poll(() => written(field)).toBe("I am on my way");
    await say(field, "I am there in an hour");
    const said = message(timeline(a), "I am there in an hour");
    await said.getByRole("button", { name: "edited" }).click();
    await expect(a.getByRole("dialog", { name: "What it said before" })).toContainText("I am on my way");
    await a.keyboard.press("Escape");
    await choose(message(timeline(a), "And the long ladder").first(), "Delete");
    await a
      .getByRole("dialog", { name: "Delete this message?" })
      .getByRole("button", { name: "Delete" })
      .click();
    await expect(message(timeline(b), "This message was deleted.").first()).toBeVisible();
    await expect(timeline(b).getByText("And the long ladder")).toHaveCount(0);
  });

  await test.step("they find it again", async () => {
    await b.keyboard.press("Escape"); // out of the field
    await timeline(b).focus();
    await b.keyboard.press("/");
    await b.getByRole("searchbox", { name: "Search messages" }).fill("lamp from:@ana");
    await expect(b.getByRole("button", { name: "from:@ana" }).first()).toBeVisible();
    const found = b.getByRole("article").filter({ hasText: "The lamp is out" });
    await expect(found.locator("mark")).toHaveText("lamp");
    await expect(b.getByRole("article")).toHaveCount(1);
    await found.getByRole("button", { name: "Open in its place" }).click();
    await expect(message(timeline(b), "The lamp is out")).toBeInViewport();
    await expect(b).toHaveURL(/\/c\/[^/]+\/\d+$/);
  });

  await test.step("they write to each other alone, and see that the other is there", async () => {
    await conversations(a).getByRole("button", { name: "New conversation" }).click();
    const dialog = a.getByRole("dialog", { name: "New conversation" });
    await dialog.getByRole("combobox", { name: "With whom" }).fill("Ben");
    await dialog.getByRole("option", { name: /Ben Okafor/ }).click();
    await dialog.getByRole("button", { name: "Write" }).click();
    await expect(a.getByRole("heading", { level: 1, name: /Ben Okafor/ })).toContainText("Here now");
    await say(composer(a), "Thank you for coming");
    const row = conversations(b).getByRole("link", { name: "Ana Costa" });
    await expect(row).toContainText("1 unread message");
    await row.click();
    await expect(message(timeline(b), "Thank you for coming")).toBeVisible();
  });
});

test("what is written without a network goes out once, and nothing is missing", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const [a, b] = [ana.page, ben.page];
  await ana.found(parley.link);
  await ana.bringIn(ben);
  for (const page of [a, b]) {
    await page.goto("/");
    await conversations(page).getByRole("link", { name: "general" }).click();
  }
  await say(composer(a), "before");
  await expect(message(timeline(b), "before")).toBeVisible();

  await composer(a).fill("written in the tunnel");
  await ana.network.cut();
  await expect(banner(a)).toBeVisible();
  await composer(a).press("Enter");
  const waiting = a.getByRole("article", { name: "Your message, not sent yet" });
  await expect(waiting).toContainText("written in the tunnel");
  await expect(waiting).toContainText("Waits to be sent");
  for (let n = 1; n <= 5; n++) await say(composer(b), `meanwhile ${n}`);
  await expect(message(timeline(b), "meanwhile 5")).toBeVisible();
  await expect(b.getByRole("article", { name: "Your message, not sent yet" })).toHaveCount(0); // it has its place
  await expect(message(timeline(b), "tunnel")).toHaveCount(0);

  await ana.network.restore();
  await expect(banner(a)).toBeHidden({ timeout: 30_000 });
  await expect(message(timeline(b), "written in the tunnel")).toBeVisible({ timeout: 30_000 });
  await expect(waiting).toHaveCount(0);
  await say(composer(b), "after");
  await expect(message(timeline(a), "after")).toBeVisible();

  const spoken = [
    "before",
    ...[1, 2, 3, 4, 5].map((n) => `meanwhile ${n}`),
    "written in the tunnel",
    "after",
  ];
  const said = (page: typeof a) => timeline(page).locator("article p").allInnerTexts();
  for (const page of [a, b])
    await expect.poll(async () => (await said(page)).filter((text) => spoken.includes(text))).toEqual(spoken);
  const shown = await said(a);
  await a.reload();
  await expect(message(timeline(a), "after")).toBeVisible();
  expect(await said(a), "the page as it grew is the page as it is fetched").toEqual(shown);
});

test("who had the page open goes on after the server was started again", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const [a, b] = [ana.page, ben.page];
  await ana.found(parley.link);
  await ana.bringIn(ben);
  for (const page of [a, b]) {
    await page.goto("/");
    await conversations(page).getByRole("link", { name: "general" }).click();
  }
  await say(composer(b), "the old server");
  await expect(message(timeline(a), "the old server")).toBeVisible();
  for (const person of [ana, ben]) person.network.wasCut = true;
  await parley.restart();
  await say(composer(b), "the new server");
  await expect(message(timeline(a), "the new server")).toBeVisible({ timeout: 30_000 });
  await expect(banner(a)).toBeHidden();
  await expect(message(timeline(a), "the old server")).toHaveCount(1);
});

const next = (page: Page) => page.getByRole("button", { name: "Continue" }).click();

/** Fills in who one is. */
async function account({ page, name, email, password }: Person) {
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("textbox", { name: "Mail address" }).fill(email);
  await page.getByRole("radio", { name: /^Password/ }).check();
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await next(page);
}
