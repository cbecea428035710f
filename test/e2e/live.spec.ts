import type { Page, Route } from "@playwright/test";
import { composer, conversations, message, say, timeline } from "./reading.ts";
import { expect, test } from "./test.ts";

// What is said while a page of it is on its way is in neither the page nor, perhaps, the stream that was joined since.
// Here the answer is taken at once and handed over late.

// What a service worker has fetched cannot be held.
const aside = { serviceWorkers: "block" } as const;

/** Holds the answers to a path back until the returned function is called. */
async function holdAnswers(page: Page, path: RegExp) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let taken = () => {};
  const asked = new Promise<void>((resolve) => {
    taken = resolve;
  });
  await page.route(path, async (route: Route) => {
    const answer = await route.fetch();
    taken();
    await released;
    await route.fulfill({ response: answer });
  });
  return { asked, release: () => release() };
}

test("what is said while the page of a conversation is on its way is shown", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor", aside);
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await ana.page.goto("/");
  await conversations(ana.page).getByRole("link", { name: "general" }).click();
  await expect(message(timeline(ana.page), "Ben Okafor joined")).toBeVisible();
  await ben.page.goto("/");

  const held = await holdAnswers(ben.page, /\/messages\?limit=/);
  await conversations(ben.page).getByRole("link", { name: "general" }).click();
  await held.asked;
  await say(composer(ana.page), "said meanwhile");
  // The list knows by the person's own stream: so the conversation's stream has been told, too.
  await expect(conversations(ben.page).getByRole("link", { name: "general" })).toContainText("1 unread");
  held.release();
  await expect(message(timeline(ben.page), "Ben Okafor joined")).toBeVisible();
  await expect(message(timeline(ben.page), "said meanwhile")).toBeVisible();
});

test("what is said before the live connection is there is shown", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor", aside);
  await ana.found(parley.link);
  await ana.bringIn(ben);
  const { people } = await ana.ask<{ people: { id: string; name: string }[] }>("GET", "/boot");
  const benId = people.find((person) => person.name === ben.name)?.id;
  for (const kind of ["direct", "channel"]) {
    const more = kind === "channel" ? { name: "berths", visibility: "public" } : { visibility: "private" };
    const { id } = await ana.ask<{ id: string }>("POST", "/conversations", {
      kind,
      people: [benId],
      ...more,
    });
    const say = (body: string) => ana.ask("POST", `/conversations/${id}/messages`, { body });
    await say("said long ago");

    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ben.page.routeWebSocket(/\/api\/v1\/socket/, (near) => {
      const waiting: (string | Buffer)[] = [];
      near.onMessage((text) => void waiting.push(text));
      void released.then(() => {
        const far = near.connectToServer();
        for (const text of waiting) far.send(text);
        near.onMessage((text) => far.send(text));
      });
    });
    await ben.page.goto(`/c/${id}`);
    await expect(message(timeline(ben.page), "said long ago")).toBeVisible();
    await say("said meanwhile");
    release();
    await expect(message(timeline(ben.page), "said meanwhile")).toBeVisible();
  }
});

test("what happens while the list of conversations is on its way is in it", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor", aside);
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await ana.page.goto("/");
  await conversations(ana.page).getByRole("link", { name: "general" }).click();
  await expect(composer(ana.page)).toBeVisible();
  await ben.page.goto("/people"); // where nothing is read by looking at it
  await expect(ben.page.getByRole("heading", { level: 1 })).toBeVisible();

  const held = await holdAnswers(ben.page, /\/api\/v1\/boot$/);
  await ben.page.reload({ waitUntil: "commit" });
  await held.asked;
  await say(composer(ana.page), "said before he was connected");
  await expect(message(timeline(ana.page), "said before he was connected")).toBeVisible();
  held.release();
  await expect(ben.page.getByRole("link", { name: "Chats 1 unread conversation" })).toBeVisible();
});
