import type { Page } from "@playwright/test";
import type { Person } from "./person.ts";
import { picture } from "./picture.ts";
import { composer, conversations, message, say, thread, timeline } from "./reading.ts";
import { expect, test } from "./test.ts";

// Parley without a mouse: what each key does, where the focus is afterwards, and that it is always seen.

test.use({ contextOptions: { reducedMotion: "reduce" } }); // a frame has its colour at once

/** Ana in #harbour, where Ben has spoken too; #logbook and #weather beside it. */
async function harbour(link: string, ana: Person, ben: Person) {
  await ana.found(link);
  await ana.bringIn(ben);
  const make = (name: string) =>
    ana.ask<{ id: string }>("POST", "/conversations", { kind: "channel", visibility: "public", name });
  const { id } = await make("harbour");
  const logbook = await make("logbook");
  await make("weather");
  for (const to of [id, logbook.id]) await ben.ask("POST", `/conversations/${to}/join`);
  const post = (by: Person, body: string, files: string[] = []) =>
    by.ask("POST", `/conversations/${id}/messages`, { body, files });
  await post(ben, "A ship is coming");
  const { id: file } = await ana.ask<{ id: string }>("POST", "/files?name=horizon.png", picture(300, 200));
  await post(ana, "I see it", [file]);
  await post(ben, "It has red sails");
  await ana.page.goto(`/c/${id}`);
  await expect(message(timeline(ana.page), "It has red sails")).toBeVisible();
  return { id, logbook: logbook.id };
}

test("each key does what the list of keys says", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const { logbook } = await harbour(parley.link, ana, ben);
  const { page } = ana;
  const keys = page.keyboard;
  const ship = message(timeline(page), "A ship is coming");
  const seen = message(timeline(page), "I see it");
  const sails = message(timeline(page), "It has red sails").first(); // not the answers to it

  await test.step("the skip link leads past the lists", async () => {
    await keys.press("Tab");
    const skip = page.getByRole("link", { name: "Skip to the conversation" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    await keys.press("Enter");
    await keys.press("Tab");
    expect(await page.evaluate(() => !!document.activeElement?.closest("main"))).toBe(true);
  });

  await test.step("j and k, and the arrows, walk through the messages", async () => {
    await timeline(page).focus();
    await keys.press("k");
    await expect(sails).toBeFocused();
    await keys.press("k");
    await keys.press("ArrowUp");
    await expect(ship).toBeFocused();
    await keys.press("j");
    await expect(seen).toBeFocused();
    await keys.press("ArrowDown");
    await expect(sails).toBeFocused();
  });

  await test.step("m opens the message's menu, escape leads back", async () => {
    await keys.press("m");
    const menu = page.getByRole("menu");
    await expect(menu).toBeVisible();
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await keys.press("Escape");
    await expect(menu).toBeHidden();
    await expect(sails).toBeFocused();
  });

  await test.step("a colon reacts", async () => {
    await timeline(page).focus();
    await keys.press("k");
    await keys.press(":");
    await page.getByRole("combobox", { name: "Find an emoji" }).fill("sailboat");
    await expect(page.getByRole("option", { selected: true })).toBeVisible();
    await keys.press("Enter");
    await expect(sails.getByRole("button", { name: /by Ana Costa$/ })).toBeVisible();
  });

  await test.step("r answers beside, escape closes the thread and leads back to the message", async () => {
    await sails.focus();
    await keys.press("r");
    const field = thread(page).getByRole("textbox");
    await expect(field).toBeFocused();
    await say(field, "As red as the evening");
    await expect(message(thread(page), "As red as the evening")).toBeVisible();
    await keys.press("Escape"); // out of the field
    await keys.press("Escape");
    await expect(thread(page)).toBeHidden();
    await expect(sails).toBeFocused();
  });

  await test.step("e changes one's own, escape leaves it as it was", async () => {
    await seen.focus();
    await keys.press("e");
    const field = page.getByRole("textbox", { name: "Edit the message" });
    await expect(field).toBeFocused();
    await keys.press("Escape");
    await expect(field).toBeHidden();
    await expect(seen).toBeFocused();
  });

  await test.step("c writes; arrow up in the empty field changes the last message", async () => {
    await keys.press("c");
    await expect(composer(page)).toBeFocused();
    await say(composer(page), "It is the mail");
    await expect(message(timeline(page), "It is the mail")).toBeVisible();
    await expect(message(timeline(page), "Waits to be sent")).toHaveCount(0);
    await expect(composer(page)).toBeFocused();
    await keys.press("ArrowUp");
    const field = page.getByRole("textbox", { name: "Edit the message" });
    await expect(field).toBeFocused();
    await say(field, "It is the mail boat");
    await expect(message(timeline(page), "It is the mail boat")).toBeVisible();
  });

  await test.step("alt and the arrows go through the list, with shift to the next unread", async () => {
    await composer(page).focus();
    await keys.press("Alt+ArrowDown");
    await expect(page.getByRole("heading", { level: 1, name: "logbook" })).toBeVisible();
    await keys.press("Alt+ArrowUp");
    await expect(page.getByRole("heading", { level: 1, name: "harbour" })).toBeVisible();
    await ben.ask("POST", `/conversations/${logbook}/messages`, { body: "22:14 mail boat" });
    await expect(conversations(page).getByRole("link", { name: "logbook" })).toContainText(
      "1 unread message",
    );
    await keys.press("Alt+Shift+ArrowDown");
    await expect(page.getByRole("heading", { level: 1, name: "logbook" })).toBeVisible();
    await expect(message(timeline(page), "22:14 mail boat")).toBeVisible();
  });

  await test.step("ctrl+k goes anywhere", async () => {
    await keys.press("Control+k");
    await page.getByRole("combobox", { name: "Go to, or do" }).fill("harb");
    await keys.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "harbour" })).toBeVisible();
    await expect(page.getByRole("dialog")).toBeHidden();
  });

  await test.step("? names the keys", async () => {
    await timeline(page).focus();
    await keys.press("?");
    const help = page.getByRole("dialog", { name: "Keys" });
    for (const known of ["Go to anything, do anything", "Next message", "Reply in thread", "Send"])
      await expect(help.getByText(known, { exact: true })).toBeVisible();
    await keys.press("Escape");
    await expect(help).toBeHidden();
    await expect(timeline(page)).toBeFocused();
  });

  await test.step("/ searches, from anywhere but a field", async () => {
    await keys.press("/");
    await expect(page.getByRole("searchbox", { name: "Search messages" })).toBeFocused();
    await keys.type("mail");
    await expect(page.getByRole("article")).toHaveCount(2);
    await keys.press("/");
    await expect(page.getByRole("searchbox", { name: "Search messages" })).toHaveValue("mail/");
  });
});

test("what opens takes the focus, keeps it, and gives it back", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  await harbour(parley.link, ana, ben);
  const { page } = ana;
  const header = page.locator("main > header");
  const opened = [
    { by: conversations(page).getByRole("button", { name: "New conversation" }), opens: "New conversation" },
    { by: header.getByRole("button", { name: "Members" }), opens: "# harbour" },
    { by: header.getByRole("button", { name: "Pinned messages" }), opens: "# harbour" },
    { by: page.getByRole("button", { name: "Show horizon.png" }), opens: "horizon.png" },
    {
      by: timeline(page).getByRole("button", { name: "Ben Okafor", exact: true }).first(),
      opens: "Ben Okafor",
    },
  ];
  for (const { by, opens } of opened)
    await test.step(opens, async () => {
      await by.focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("dialog", { name: opens });
      await expect(dialog).toBeVisible();
      await expect.poll(() => within(page, dialog)).toBe(true);
      for (let n = 0; n < 40; n++) {
        await page.keyboard.press(n < 20 ? "Tab" : "Shift+Tab");
        // A dialog of the browser's own lets the focus pass through its frame.
        expect(
          (await page.evaluate(() => document.activeElement === document.body)) ||
            (await within(page, dialog)),
        ).toBe(true);
      }
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(by).toBeFocused();
    });
  await test.step("the palette", async () => {
    await composer(page).focus();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Go to, or do" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(composer(page)).toBeFocused();
  });
});

test("the focus is seen wherever it goes, and is never trapped", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const { id } = await harbour(parley.link, ana, ben);
  const stranger = await sit("Sue Vance");
  for (const address of [
    `/c/${id}`,
    "/search",
    "/people",
    "/saved",
    "/browse",
    "/settings/profile",
    "/settings/people",
  ])
    await test.step(address, () => goesRound(ana.page, address));
  await test.step("/signin", () => goesRound(stranger.page, "/signin"));
});

/** Tab leads through everything and out again, and back. */
async function goesRound(page: Page, address: string) {
  await page.goto(address);
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const way: string[] = [];
  const unseen: string[] = [];
  for (let n = 0; n < 150; n++) {
    await page.keyboard.press("Tab");
    const { name, shown, out } = await page.evaluate(focused);
    if (out) break;
    way.push(name);
    if (!shown) unseen.push(name);
  }
  expect(unseen, "the focus is seen").toEqual([]);
  expect(way.length, `out again, after ${way.at(-1)}`).toBeLessThan(150);
  expect(way.length).toBeGreaterThan(4);
  expect(new Set(way).size, "nothing holds it").toBeGreaterThan(way.length / 3);
  await page.keyboard.press("Shift+Tab");
  expect((await page.evaluate(focused)).out, "and back").toBe(false);
}

/** What has the focus, and whether one sees that: an outline, or a frame that it has not without. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement)
    return { name: "", shown: true, out: true };
  const name = `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40) ?? ""} ${element.id} ${element.className}`;
  const around: Element[] = [];
  for (let one: Element | null = element; one && around.length < 6; one = one.parentElement) around.push(one);
  const look = () =>
    around.map((one) => {
      const { outlineStyle, outlineWidth, borderColor, boxShadow } = getComputedStyle(one);
      return {
        outline: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1.5,
        frame: borderColor + boxShadow,
      };
    });
  const box = element.getBoundingClientRect();
  const there = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  const before = look();
  let shown = before.some(({ outline }) => outline);
  if (!shown && element instanceof HTMLElement) {
    element.blur();
    shown = look().some(({ frame }, n) => frame !== before[n]?.frame);
    element.focus({ preventScroll: true });
  }
  return { name: there ? name : `${name}, outside of the window`, shown: shown && there, out: false };
}

const within = (_: Page, dialog: ReturnType<Page["locator"]>) =>
  dialog.evaluate((one) => one.contains(document.activeElement)).catch(() => false);
