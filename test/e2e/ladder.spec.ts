import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { Parley } from "./parley.ts";
import { PushService } from "./pushes.ts";

// An urgent message in the sample organisation, whose clock the test moves: it climbs its ladder until somebody has it.

test.use({ contextOptions: { reducedMotion: "reduce" }, locale: "en-GB", timezoneId: "Europe/Berlin" });

let parley: Parley;
const phone = new PushService();

test.beforeEach(async () => {
  await phone.start();
  parley = await Parley.demo({ PARLEY_PUSH: phone.address });
});
test.afterEach(async () => {
  await parley.stop();
  await phone.stop();
});

const site = () => new URL(parley.url).port;
const home = (who: string) => `http://${who}.localhost:${site()}`;

async function enter(context: BrowserContext, who: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${home(who)}/demo/enter/${who}`);
  await expect(page.getByRole("navigation", { name: "Places" })).toBeVisible();
  return page;
}

/** Asks as who is signed in on the page. */
const ask = <T>(page: Page, method: string, path: string, body?: object) =>
  page.evaluate(
    async ([method, path, body]) => {
      const answer = await fetch(`/api/v1${path}`, {
        method,
        headers: { "Content-Type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? undefined : await answer.json();
    },
    [method, path, body] as const,
  ) as Promise<T>;

/** Lets time pass. */
async function pass(time: string) {
  const answer = await fetch(`${parley.url}/demo/clock?by=${time}`, { method: "POST", redirect: "manual" });
  expect(answer.status).toBe(303);
}

test("an urgent message climbs its ladder until it is acknowledged, and then all else is called off", async ({
  browser,
}) => {
  const options = { locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce" as const };

  // Jonas has a phone that is told by push, and a deputy; no app of his is open.
  const away = await browser.newContext(options);
  const jonas = await enter(away, "jonas");
  const boot = await ask<{ people: { id: string; handle: string }[] }>(jonas, "GET", "/boot");
  const id = (handle: string) => boot.people.find((one) => one.handle === handle)?.id;
  await ask(jonas, "POST", "/push", phone.subscription);
  await ask(jonas, "PATCH", "/reach", {
    quiet: [],
    through: { waking: "everyone", quiet: "everyone", people: [] },
    deputies: [id("priya")],
  });
  await jonas.goto("about:blank"); // his tab stays, without the app

  const priyas = await browser.newContext(options);
  const priya = await enter(priyas, "priya");
  await ask(priya, "PATCH", "/reach", {
    quiet: [],
    through: { waking: "everyone", quiet: "everyone", people: [] },
  });
  const ineses = await browser.newContext(options);
  const ines = await enter(ineses, "ines");
  await ines
    .getByRole("link", { name: /Jonas Brandt/ })
    .first()
    .click();
  await expect(ines.getByRole("textbox", { name: /^Write/ })).toBeVisible();

  await test.step("before sending she sees when it would reach him, and says why it is urgent", async () => {
    await expect
      .poll(
        () =>
          ask<{ people: { way?: string }[] }>(ines, "POST", "/forecast", {
            conversation: conversationOf(ines),
            body: "x",
            need: "urgent",
          }).then((f) => f.people[0]?.way),
        {
          message: "his app counts as closed",
          timeout: 40_000,
        },
      )
      .toBe("push");
    const field = ines.getByRole("textbox", { name: /^Write/ });
    await field.click();
    await ines.keyboard.type("The river gauge at Dosse is under water.");
    await ines.keyboard.press("Alt+Enter");
    await ines.getByRole("button", { name: /Urgent/ }).click();
    await ines.getByRole("textbox", { name: "Why is it urgent?" }).fill("It takes the radio with it");
    await expect(ines.getByText("Jonas Brandt: is called at once")).toBeVisible();
    await field.click();
    await ines.keyboard.press("Enter");
  });

  const line = ines
    .getByRole("main")
    .getByRole("button", { name: /told|not seen yet/ })
    .last();
  await test.step("his phone is told at once", async () => {
    const first = await phone.next((pushed) => pushed.what === "tell");
    expect(first).toMatchObject({ urgent: true, take: expect.any(String) });
    expect(first.title).toContain("Inês Carvalho");
    expect(first.body).toContain("It takes the radio with it");
    await expect(line).toBeVisible();
  });

  await test.step("nobody has it: his deputy is asked, who learns why, not what", async () => {
    await expect(priya.getByRole("alertdialog")).toHaveCount(0);
    await pass("8m1s");
    const alarm = priya.getByRole("alertdialog");
    await expect(alarm).toContainText("It takes the radio with it");
    await expect(alarm).not.toContainText("under water");
  });

  await test.step("he acknowledges it on another device", async () => {
    const desk = await browser.newContext(options);
    const page = await enter(desk, "jonas");
    await page.goto(`${home("jonas")}/inbox`);
    await page
      .getByRole("list", { name: "For me" })
      .getByRole("article")
      .first()
      .getByRole("button", { name: "Acknowledge" })
      .click();
    await phone.next((pushed) => pushed.what === "close"); // the notification on his phone goes
    await expect(priya.getByRole("alertdialog")).toHaveCount(0);
    await desk.close();
  });

  await test.step("she sees who has it, each step, and that the rest was called off", async () => {
    await expect(ines.getByRole("main").getByText("Answered by Jonas Brandt")).toBeVisible();
    await ines
      .getByRole("main")
      .getByRole("button", { name: /acknowledged/ })
      .last()
      .click();
    const trace = ines.getByRole("dialog", { name: "How it reaches them" });
    await expect(trace).toContainText("Told by push");
    await expect(trace).toContainText("Priya Sen is asked instead");
    await expect(trace).toContainText("not needed any more");
  });

  await test.step("and nothing more comes", async () => {
    const before = phone.got.length;
    await pass("2h");
    await ask(ines, "GET", "/asked");
    expect(phone.got.slice(before).filter((pushed) => pushed.urgent)).toEqual([]);
    expect(
      (await ask<{ items: { wants: string }[] }>(ines, "GET", "/inbox")).items.filter(
        (item) => item.wants === "report",
      ),
    ).toEqual([]);
  });

  for (const context of [away, priyas, ineses]) await context.close();
});

const conversationOf = (page: Page) => new URL(page.url()).pathname.split("/")[2];
