import { join } from "node:path";
import type { Page } from "@playwright/test";
import { furnish, type House } from "./furnished.ts";
import { barriers, overflow, seen, settled, untranslated } from "./looks.ts";
import { Parley } from "./parley.ts";
import type { Person } from "./person.ts";
import { screens } from "./screens.ts";
import { expect, test } from "./test.ts";
import { type Language, languages, notGerman, wordsOf } from "./words.ts";

// Every screen (screens.ts has the list), looked at by machine: light and dark, on a desk, a phone and a narrow window,
// in English, German, a language that is a third longer and one that runs from right to left.
// SHOTS=folder keeps a picture of each, for people to look at; SCREEN=words looks at those screens only.

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const narrow = { width: 320, height: 568 };
const zoomed = { width: 640, height: 400 }; // the desk at 200 %

test.use({ contextOptions: { reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] } });

/** What is wrong with what is on the screen now, by language: each is looked at for something else. */
const looks: Record<Language, (page: Page, name: string, written?: string[]) => Promise<string[]>> = {
  en: async (page, name) => {
    const found: string[] = [];
    for (const [where, size] of Object.entries({ desk, phone })) {
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await settled(page);
        const told = await barriers(page, colorScheme === "light" ? "all" : "colours");
        found.push(...told.map((one) => `${where}, ${colorScheme}: ${one}`));
        await keep(page, `${name} ${where} ${colorScheme}`);
      }
    }
    return [...found, ...(await fits(page, { desk, narrow, zoomed }))];
  },
  de: async (page) => [
    ...(await seen(page, notGerman)).map((text) => `English: ${text}`),
    ...(await fits(page, { desk, narrow })),
  ],
  "en-XA": async (page, _, written = []) => [
    ...(await untranslated(page, written)).map((text) => `untranslated: ${text}`),
    ...(await fits(page, { desk, narrow })),
  ],
  "ar-XB": async (page, name) => {
    await page.setViewportSize(desk);
    await settled(page);
    const found = await barriers(page);
    await keep(page, `rtl ${name}`);
    return [...found, ...(await fits(page, { desk, narrow }))];
  },
};

for (const [language, title] of [
  ["en", "every screen can be used by everybody, and fits"],
  ["de", "every screen speaks German, and fits"],
  ["en-XA", "nothing is untranslated, and longer words fit"],
  ["ar-XB", "every screen can be read from right to left"],
] as const)
  test(title, async ({ parley, sit }) => {
    test.setTimeout(600_000);
    await walk(await furnish(parley, sit), await outside(sit), language);
  });

test("so it is with each step of the first start", async ({ parley, sit }) => {
  test.setTimeout(300_000);
  const ana = await sit("Ana Costa");
  const { page } = ana;
  const written = ["Parley", "Lighthouse", "parley serve"];
  const look = async (language: Language, name: string) => {
    expect.soft(await looks[language](page, name, written), `${name}, ${language}`).toEqual([]);
    await page.setViewportSize(desk);
  };
  for (const language of languages) {
    const t = wordsOf(language);
    const next = () => page.getByRole("button", { name: t("enter.next"), exact: true }).click();
    const title = (key: Parameters<typeof t>[0]) =>
      expect(page.getByRole("heading", { level: 1, name: t(key) })).toBeVisible();
    await page.goto(`/setup?lang=${language}`);
    await title("setup.noLink");
    await look(language, "setup without the link");
    await page.goto(`/setup?lang=${language}#${new URL(parley.link).hash.slice(1)}`);
    await title("setup.title");
    await look(language, "setup, you");
    await page.getByRole("textbox", { name: t("enter.name") }).fill(ana.name);
    await page.getByRole("textbox", { name: t("enter.email") }).fill(ana.email);
    await page.getByRole("textbox", { name: t("enter.password") }).fill(ana.password);
    await next();
    await title("setup.organisation.title");
    await look(language, "setup, organisation");
    await page.getByRole("textbox", { name: t("setup.organisation.name") }).fill("Lighthouse");
    await next();
    await title("setup.hours.title");
    await look(language, "setup, hours");
    await page.evaluate(() => sessionStorage.clear()); // the next language begins anew
  }
  await ana.found(parley.link);
  for (const language of languages)
    for (const [step, key] of [
      ["secure", "enter.secure.title"],
      ["invite", "setup.invite.title"],
    ] as const) {
      const token = new URL(parley.link).hash.slice(1);
      const begun = JSON.stringify({ step, name: ana.name });
      await page.evaluate(([at, what]) => sessionStorage.setItem(at, what), [
        `enter.setup.${token.slice(0, 8)}`,
        begun,
      ] as const);
      await page.goto(`/settings?lang=${language}`); // anywhere else: another fragment alone loads nothing
      await page.goto(`/setup?lang=${language}#${token}`);
      await expect(page.getByRole("heading", { level: 1, name: wordsOf(language)(key) })).toBeVisible();
      await look(language, `setup, ${step}`);
    }
});

test("so it is with the page of the demo", async ({ browser }) => {
  const demo = await Parley.demo();
  try {
    for (const language of ["en", "de"] as const) {
      const page = await browser.newPage({ locale: language, reducedMotion: "reduce" });
      await page.goto(`${demo.url}/demo`);
      await expect(
        page.getByRole("link", { name: language === "en" ? /^Enter as/ : /^Eintreten als/ }),
      ).toHaveCount(12);
      expect.soft(await looks.en(page, "demo"), language).toEqual([]);
      await page.close();
    }
  } finally {
    await demo.stop();
  }
});

/** Somebody who has not come in, and tries a wrong password and an old invitation. */
async function outside(sit: (name: string) => Promise<Person>) {
  const nobody = await sit("Nobody");
  nobody.expect(401, "/api/v1/sessions");
  nobody.expect(404, "/api/v1/invitations/over/offer");
  nobody.expect(404, "/api/v1/recovery/offer");
  nobody.expect(404, "/api/v1/me/email/prove/offer");
  return nobody.page;
}

/** Goes through all screens in one language, without loading the page anew. */
async function walk(house: House, nobody: Page, language: Language) {
  const t = wordsOf(language);
  const pages = { ana: house.ana.page, eve: house.eve.page, nobody };
  for (const [who, page] of Object.entries(pages)) {
    await page.goto(`${who === "nobody" ? "/signin" : "/"}?lang=${language}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
  }
  house.ana.expect(404, "/api/v1/conversations/"); // one that is not there
  const only = process.env.SCREEN;
  for (const screen of screens.filter(({ name }) => !only || name.includes(only)))
    await test.step(screen.name, async () => {
      const page = pages[screen.who ?? "ana"];
      try {
        await page.setViewportSize(desk);
        await go(page, screen.at?.(house) ?? "/");
        if (screen.shows) await expect(screen.shows(page, t)).toBeVisible();
        await settled(page);
        await screen.open?.(page, t, house);
        await settled(page);
        expect.soft(await looks[language](page, screen.name, house.written), screen.name).toEqual([]);
        await page.setViewportSize(desk);
        await leave(page);
        await screen.close?.(page);
      } catch (error) {
        expect.soft(error, `${screen.name} can be reached and left`).toBeUndefined();
        await page.reload(); // and on to the next one
      }
    });
}

/** To another address inside the app, as a link in it leads. */
const go = (page: Page, address: string) => page.evaluate((to) => history.pushState(null, "", to), address);

/** Escape closes whatever lies over the page, and what is being edited. */
async function leave(page: Page) {
  const over = page
    .locator("[role=dialog], [role=menu], dialog[open], main [role=listbox], [role=tooltip]")
    .filter({ visible: true });
  await page.keyboard.press("Escape");
  for (let left = await over.count(); left > 0; left = await over.count()) {
    // What opens beside something is hidden, and left, while a narrower window has that elsewhere.
    if (!(await over.last().evaluate((one) => one.contains(document.activeElement))))
      await over.last().focus();
    await page.keyboard.press("Escape");
    await expect(over).not.toHaveCount(left);
  }
}

async function fits(page: Page, sizes: Record<string, { width: number; height: number }>) {
  const found: string[] = [];
  for (const [where, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    await settled(page);
    found.push(...(await overflow(page)).map((one) => `${where}: ${one}`));
  }
  return found;
}

async function keep(page: Page, name: string) {
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name.replace(/[^a-z]+/gi, "-")}.png`) });
}
