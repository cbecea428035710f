import type { CDPSession, Page } from "@playwright/test";
import { Parley } from "./parley.ts";
import { Person } from "./person.ts";
import { type Pushed, PushService } from "./pushes.ts";
import { test as base, expect } from "./test.ts";

// Web Push in Chromium: what the server sends to a push service of the test's own is handed to the browser's service
// worker, as the browser's own push service would.

const test = base.extend<{ phone: PushService }>({
  // biome-ignore lint/correctness/noEmptyPattern: as Playwright wants it
  phone: async ({}, use) => {
    const phone = new PushService();
    await phone.start();
    await use(phone);
    await phone.stop();
  },
  parley: async ({ phone }, use) => {
    const parley = await Parley.start("sqlite", ["--push", phone.address]);
    await use(parley);
    await parley.stop();
  },
});

interface Made {
  id: string;
  seq: number;
}

/** Hands pushes to the service worker of a page's site. */
async function worker(page: Page) {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((found) =>
    cdp.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const one = registrations.find(({ isDeleted }) => !isDeleted);
      if (one) found(one.registrationId);
    }),
  );
  await cdp.send("ServiceWorker.enable");
  const registrationId = await registered;
  const origin = new URL(page.url()).origin;
  return (pushed: Pushed) =>
    cdp.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(pushed) });
}

/** What the browser shows now. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
  });

test("a browser shows what one is told, and takes it back when it was seen elsewhere", async ({
  parley,
  phone,
  sit,
  browser,
}) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await ana.ask("PATCH", "/reach", { quiet: [] });
  await ana.context.grantPermissions(["notifications"], { origin: ana.url });
  const { page } = ana;
  await page.goto("/settings/notifications");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const hand = await worker(page);
  const device = await ana.ask<Made>("POST", "/push", phone.subscription);
  await page.reload();

  await test.step("she tries it", async () => {
    await page.getByRole("button", { name: "Test a phone" }).click();
    await hand(await phone.next(({ what }) => what === "test"));
    await expect.poll(() => shown(page)).toMatchObject([{ title: "Parley reaches this device" }]);
  });

  await test.step("what is said to her while no app is open is shown", async () => {
    await page.goto("/api/docs"); // the same site, without the app
    const { id: direct } = await ben.ask<Made>("POST", "/conversations", {
      kind: "direct",
      visibility: "private",
      people: [await ben.id(ana.name)],
    });
    await expect(async () => {
      const forecast = await ben.ask<{ people: { way?: string }[] }>("POST", "/forecast", {
        conversation: direct,
        body: "x",
      });
      expect(forecast.people[0]?.way).toBe("push");
    }).toPass({ timeout: 40_000 });
    await ben.ask("POST", `/conversations/${direct}/messages`, { body: "The **ladder** has come" });
    const told = await phone.next(({ what }) => what === "tell");
    await hand(told);
    await expect
      .poll(() => shown(page))
      .toContainEqual({ title: "Ben Okafor", body: "The ladder has come", tag: direct });

    const desk = await Person.at(browser, ana.name, () => parley.nodes[0]?.port ?? 0);
    await desk.ask("POST", "/sessions", { email: ana.email, password: ana.password });
    await desk.ask("PUT", `/conversations/${direct}/read`, { seq: 2 });
    await hand(await phone.next(({ what }) => what === "close"));
    await expect.poll(async () => (await shown(page)).filter(({ tag }) => tag === direct)).toEqual([]);
    await desk.leave();
  });

  await test.step("signed out, it is told no more", async () => {
    await ana.ask("DELETE", `/push/${device.id}`);
    await page.goto("/settings/notifications");
    await expect(page.getByRole("button", { name: "Test a phone" })).toHaveCount(0);
  });
});
