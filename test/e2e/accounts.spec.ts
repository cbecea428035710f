import type { CDPSession, Page } from "@playwright/test";
import type { Person } from "./person.ts";
import { picture } from "./picture.ts";
import { composer, conversations, message, say, timeline } from "./reading.ts";
import { expect, test } from "./test.ts";

// How people come in, what others see of them, and what those who run the organisation can do.

test("a passkey is enough to come in by", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor", { baseURL: new URL(parley.link).origin }); // passkeys belong to an address
  await ana.found(parley.link);
  const { page } = ben;
  const device = await authenticator(page);
  const { url } = await ana.ask<{ url: string }>("POST", "/invitations", { role: "member", uses: 1 });

  await test.step("made when signing up", async () => {
    await page.goto(ben.here(url));
    await page.getByRole("textbox", { name: "Your name" }).fill(ben.name);
    await page.getByRole("textbox", { name: "Mail address" }).fill(ben.email);
    await page.getByRole("radio", { name: /^Passkey/ }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Come in to Lighthouse" }).click();
    await page.getByRole("button", { name: "To the first conversation" }).click();
    await expect(message(timeline(page), "Welcome to Parley")).toBeVisible();
    expect((await device.credentials()).length).toBe(1);
  });

  await test.step("used when signing in, without a mail address", async () => {
    await page.goto("/settings/security");
    await expect(page.getByText("You have none: you come in by passkey alone.")).toBeVisible();
    await page.addInitScript(() => {
      // A browser that offers no passkey by itself: else the sign-in page may have it before the button is pressed.
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    });
    await page.reload();
    await expect(page.getByText("You have none: you come in by passkey alone.")).toBeVisible();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to, or do" }).fill("sign out");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(conversations(page)).toBeVisible();
  });

  await test.step("the only way in cannot be removed", async () => {
    await page.goto("/settings/security");
    ben.expect(409, "/api/v1/passkeys/");
    ben.expect(422, "/api/v1/passkeys/");
    await part(page, "Passkeys").getByRole("button", { name: "Remove" }).click();
    const question = page.getByRole("dialog");
    await question.getByRole("button", { name: "Remove" }).click();
    await expect(question.getByRole("alert")).toHaveText("This is your only way in. Set a password first.");
  });
});

test("a wrong password is told, and guessing has to wait", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  await ana.found(parley.link);
  const guest = await sit("Guessing Stranger");
  const { page } = guest;
  guest.expect(401, "/api/v1/sessions");
  guest.expect(429, "/api/v1/sessions");
  await page.goto("/settings/looks");
  await expect(page.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible();
  const enter = async (password: string) => {
    await page.getByRole("textbox", { name: "Mail address" }).fill(ana.email);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
  };
  await enter("not this one");
  await expect(page.getByText("Mail address and password do not belong together.")).toBeVisible();
  await enter(ana.password);
  await expect(page.getByRole("heading", { name: "Looks" })).toBeVisible(); // where I wanted to go

  const other = await sit("Another Stranger");
  other.expect(401, "/api/v1/sessions");
  other.expect(429, "/api/v1/sessions");
  await other.page.goto("/signin");
  await other.page.getByRole("textbox", { name: "Mail address" }).fill(ana.email);
  await other.page.getByRole("textbox", { name: "Password" }).fill("one more");
  const button = other.page.getByRole("button", { name: "Sign in", exact: true });
  const told = other.page.getByRole("alert").filter({ hasText: "That was wrong too often." });
  // The wait begins with a second and doubles: sooner or later it is long enough to be seen.
  await expect(async () => {
    let status = 401;
    for (let n = 1; status === 401; n++) {
      const data = { email: ana.email, password: `guess number ${n}` };
      status = (await other.context.request.post("/api/v1/sessions", { data })).status();
    }
    expect(status).toBe(429);
    await button.click({ timeout: 2_000 });
    await expect(told).toContainText("You can try again in", { timeout: 1_000 });
    await expect(button).toBeDisabled({ timeout: 500 });
  }).toPass({ timeout: 60_000 });
});

test("sessions and tokens are seen, and ended at once", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const laptop = await sit("Ana's laptop");
  await ana.found(parley.link);
  const { page } = ana;

  await test.step("the other browser is signed out at once", async () => {
    await laptop.page.goto("/signin");
    await laptop.page.getByRole("textbox", { name: "Mail address" }).fill(ana.email);
    await laptop.page.getByRole("textbox", { name: "Password" }).fill(ana.password);
    await laptop.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(conversations(laptop.page)).toBeVisible();
    await page.goto("/settings/security");
    const sessions = part(page, "Where you are signed in");
    await expect(sessions.getByRole("listitem")).toHaveCount(2);
    await expect(sessions.getByRole("listitem").filter({ hasText: "This device" })).toHaveCount(1);
    laptop.expect(401, "/api/v1/");
    await sessions.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(laptop.page.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible();
    await expect(sessions.getByRole("listitem")).toHaveCount(1);
  });

  await test.step("a token acts in my name until it is revoked", async () => {
    const tokens = part(page, "Access tokens");
    await tokens.getByRole("button", { name: "Make a token" }).click();
    await tokens.getByRole("textbox", { name: "For what" }).fill("a script");
    await tokens.getByRole("button", { name: "Make a token" }).click();
    const token = (await tokens.getByRole("status").getByRole("code").textContent()) ?? "";
    const asks = () =>
      fetch(`${ana.network.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } });
    const answer = await asks();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ name: "Ana Costa" });
    await tokens.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await expect(tokens.getByRole("listitem")).toHaveCount(0);
    expect((await asks()).status).toBe(401);
  });
});

test("others see who somebody is, when they work and what they are up to", async ({ parley, sit }) => {
  const { ana, ben } = await two(parley.link, sit);
  const [a, b] = [ana.page, ben.page];

  await test.step("picture, name, what they do, zone and hours", async () => {
    await a.goto("/settings/profile");
    await a
      .locator("input[type=file]")
      .setInputFiles({ name: "me.png", mimeType: "image/png", buffer: picture(200, 120) });
    await expect(a.getByRole("button", { name: "Change the picture" })).toBeVisible();
    await a.getByRole("textbox", { name: "What you do" }).fill("Keeper of the lamp");
    await a.getByRole("combobox", { name: "Time zone" }).fill("tokyo");
    await a.getByRole("option", { name: /Tokyo/ }).click();
    await a.getByRole("button", { name: "Save" }).click();
    await expect(a.getByRole("main").getByText("Saved", { exact: true })).toBeVisible();
    await a.goto("/settings/hours");
    await a.getByRole("button", { name: "Mon–Fri 7–15" }).click();
    await a.getByRole("button", { name: "Save" }).first().click();
    await expect(a.getByRole("main").getByText("Saved", { exact: true })).toBeVisible();
    await b.goto("/people");
    await b.getByRole("link", { name: /Ana Costa/ }).click();
    const main = b.getByRole("main");
    await expect(main.getByText("Keeper of the lamp")).toBeVisible();
    await expect(main.getByText(/in Tokyo/)).toBeVisible();
    await expect(main.getByText(/Mon(day)? to Fri(day)?, 07:00/)).toBeVisible();
    await expect(main.locator("img").first()).toHaveJSProperty("complete", true);
    expect(
      await main
        .locator("img")
        .first()
        .evaluate((one: HTMLImageElement) => one.naturalWidth),
    ).toBeGreaterThan(0);
  });

  await test.step("a status, and until when", async () => {
    await a.goto("/settings/profile");
    await a.getByRole("button", { name: "Set a status" }).click();
    const dialog = a.getByRole("dialog", { name: "Status" });
    await dialog.getByRole("button", { name: /On holiday/ }).click();
    await dialog.getByRole("combobox", { name: "Until" }).selectOption("In four hours");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(b.getByRole("main").getByText("🌴 On holiday")).toHaveAttribute("title", /^until /);
    await a.getByRole("button", { name: "Change the status" }).click();
    await a.getByRole("dialog", { name: "Status" }).getByRole("button", { name: "Clear" }).click();
    await expect(b.getByRole("main").getByText("On holiday")).toHaveCount(0);
  });

  await test.step("the app speaks German, and goes on doing so", async () => {
    await a.goto("/settings/looks");
    await a.getByRole("combobox", { name: "Language" }).selectOption("Deutsch");
    await expect(a.getByRole("heading", { name: "Aussehen" })).toBeVisible();
    await a.reload();
    await expect(a.getByRole("heading", { name: "Aussehen" })).toBeVisible();
    await expect(a.locator("html")).toHaveAttribute("lang", /^de/);
  });
});

test("who has read what is shown, and not when one does not want that", async ({ parley, sit }) => {
  const { ana, ben } = await two(parley.link, sit);
  const [a, b] = [ana.page, ben.page];
  const { id } = await ana.ask<{ id: string }>("POST", "/conversations", {
    kind: "direct",
    visibility: "private",
    people: [await ben.id()],
  });
  await a.goto(`/c/${id}`);
  await say(composer(a), "Are you there?");
  await expect(message(timeline(a), "Are you there?")).toBeVisible();
  await expect(a.getByText("Read", { exact: true })).toHaveCount(0);
  await b.goto(`/c/${id}`);
  await expect(message(timeline(b), "Are you there?")).toBeVisible();
  await expect(a.getByText("Read", { exact: true })).toBeVisible();

  await test.step("switched off, it vanishes, and does not come back", async () => {
    await b.goto("/settings/messages");
    const box = b.getByRole("checkbox", { name: /How far I have read/ });
    await box.uncheck();
    await expect
      .poll(
        async () =>
          (await ben.ask<{ preferences: { read_receipts?: boolean } }>("GET", "/boot")).preferences
            .read_receipts,
      )
      .toBe(false);
    await a.reload();
    await expect(message(timeline(a), "Are you there?")).toBeVisible();
    await b.goto(`/c/${id}`);
    await say(composer(a), "And now?");
    await expect(message(timeline(b), "And now?")).toBeVisible();
    await expect
      .poll(
        async () =>
          (await ben.ask<{ me: { read_seq: number }; last_seq: number }>("GET", `/conversations/${id}`)).me
            .read_seq,
      )
      .toBeGreaterThan(1);
    await say(composer(b), "I am not"); // had the other news come, it would have come before this
    await expect(message(timeline(a), "I am not")).toBeVisible();
    await say(composer(a), "Good");
    await expect(message(timeline(b), "Good")).toBeVisible();
    await expect(a.getByText("Read", { exact: true })).toHaveCount(0);
  });

  await test.step("of a group it says who", async () => {
    await ben.ask("PATCH", "/me/preferences", { read_receipts: true });
    const eve = await sit("Eve Adeyemi");
    await ana.bringIn(eve);
    const group = await ana.ask<{ id: string }>("POST", "/conversations", {
      kind: "group",
      visibility: "private",
      people: [await ben.id(), await eve.id()],
    });
    await a.goto(`/c/${group.id}`);
    await say(composer(a), "The three of us");
    await b.goto(`/c/${group.id}`);
    await expect(a.getByText("Read by Ben Okafor", { exact: true })).toBeVisible();
    await eve.page.goto(`/c/${group.id}`);
    await expect(a.getByText("Read by everybody", { exact: true })).toBeVisible();
  });
});

test("who runs the organisation changes roles and lets people go", async ({ parley, sit }) => {
  const { ana, ben } = await two(parley.link, sit);
  const [a, b] = [ana.page, ben.page];
  await b.goto("/settings");
  await expect(b.getByText("People and roles")).toHaveCount(0);
  await a.goto("/settings/people");
  const row = a.getByRole("listitem").filter({ hasText: "@ben" });

  await test.step("a member becomes an administrator, and sees it at once", async () => {
    await row.getByRole("combobox").selectOption("Administrator");
    await a.getByRole("dialog").getByRole("button", { name: "Change the role" }).click();
    await expect(row.getByRole("combobox")).toHaveValue("admin");
    await b.reload();
    await b.getByRole("link", { name: "People and roles" }).click();
    await expect(b.getByRole("listitem").filter({ hasText: "@ana" }).getByRole("combobox")).toBeDisabled();
  });

  await test.step("who is deactivated is out at once, and cannot come in again", async () => {
    ben.expect(401, "/api/v1/");
    await row.getByRole("button", { name: "Deactivate" }).click();
    await a.getByRole("dialog").getByRole("button", { name: "Deactivate" }).click();
    await expect(row).toContainText("Deactivated");
    await expect(b.getByRole("heading", { name: "Sign in to Parley" })).toBeVisible();
    await b.getByRole("textbox", { name: "Mail address" }).fill(ben.email);
    await b.getByRole("textbox", { name: "Password" }).fill(ben.password);
    await b.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(b.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  });

  await test.step("reactivated, they come in as before", async () => {
    await row.getByRole("button", { name: "Reactivate" }).click();
    await a.getByRole("dialog").getByRole("button", { name: "Reactivate" }).click();
    await expect(row.getByRole("combobox")).toHaveValue("admin");
    await b.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(b.getByRole("main")).toBeVisible();
    await expect(b.getByRole("navigation", { name: "Places" })).toBeVisible();
  });
});

test("programs take part: a bot, and a webhook as Slack has them", async ({ parley, sit }) => {
  const { ana, ben } = await two(parley.link, sit);
  const [a, b] = [ana.page, ben.page];
  const general = await b.goto("/").then(async () => {
    await conversations(b).getByRole("link", { name: "general" }).click();
    await expect(b).toHaveURL(/\/c\/\w+$/);
    return b.url().split("/").at(-1);
  });

  await test.step("a bot posts by its token", async () => {
    await a.goto("/settings/bots");
    await a.getByRole("button", { name: "Make a bot" }).click();
    const dialog = a.getByRole("dialog", { name: "Make a bot" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("Tide clock");
    await dialog.getByRole("button", { name: "Make a bot" }).click();
    await a.getByRole("button", { name: "Make a token" }).click();
    await a.getByRole("textbox", { name: "For what" }).fill("the tower");
    await a.getByRole("button", { name: "Make a token" }).click();
    const token = await a.getByRole("status").getByRole("code").textContent();
    await ana.ask("POST", `/conversations/${general}/members`, { people: [await ana.id("Tide clock")] });
    const answer = await fetch(`${ana.network.url}/api/v1/conversations/${general}/messages`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ body: "High water at 14:03" }),
    });
    expect(answer.status).toBeLessThan(300);
    const said = message(timeline(b), "High water at 14:03");
    await expect(said).toContainText("Tide clock");
    await expect(said.getByText("bot", { exact: true })).toBeVisible();
  });

  await test.step("a webhook's message shows in the other's browser", async () => {
    await a.goto(`/c/${general}`);
    await a.locator("main > header").getByRole("button", { name: "More" }).click();
    await a.getByRole("menuitem", { name: "About this conversation" }).click();
    await a.getByRole("tab", { name: "Webhooks" }).click();
    await a.getByRole("textbox", { name: "Name" }).fill("Alarms");
    await a.getByRole("button", { name: "Make a webhook" }).click();
    const url =
      (await a.getByRole("dialog").getByRole("status").getByRole("code").first().textContent()) ?? "";
    const answer = await fetch(ana.here(url), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        username: "Alertmanager",
        icon_emoji: ":bell:",
        text: "*[FIRING] LampOut* <https://example.org/runbook|what to do>",
        attachments: [{ color: "danger", title: "Battery", text: "3.02 V" }],
      }),
    });
    expect(answer.status).toBe(200);
    const said = message(timeline(b), "[FIRING] LampOut");
    await expect(said.getByRole("link", { name: "what to do" })).toHaveAttribute(
      "href",
      "https://example.org/runbook",
    );
    await expect(said.getByText("Alertmanager")).toBeVisible();
    await expect(said.getByText("🔔")).toBeVisible();
    await expect(said.getByText("Battery")).toBeVisible();
  });
});

test("a group is mentioned together", async ({ parley, sit }) => {
  const { ana, ben } = await two(parley.link, sit);
  const [a, b] = [ana.page, ben.page];
  await a.goto("/settings/groups");
  await a.getByRole("button", { name: "Make a group" }).click();
  const dialog = a.getByRole("dialog", { name: "Make a group" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("Lamp Keepers");
  await expect(dialog.getByRole("textbox", { name: "Handle" })).toHaveValue("lamp-keepers");
  await dialog.getByRole("combobox", { name: "Who is in it" }).fill("Ben");
  await dialog.getByRole("option", { name: /Ben Okafor/ }).click();
  await dialog.getByRole("button", { name: "Make a group" }).click();
  await expect(dialog).toBeHidden();
  await b.goto("/");
  await a.getByRole("link", { name: /^Chats/ }).click();
  await conversations(a).getByRole("link", { name: "general" }).click();
  await composer(a).pressSequentially("Tonight, @lamp");
  await a.getByRole("option", { name: /Lamp Keepers/ }).click();
  await composer(a).press("Enter");
  await expect(message(timeline(a), "Tonight,")).toBeVisible();
  const row = conversations(b).getByRole("link", { name: "general" });
  await expect(row).toContainText("1 message mentions you");
});

/** Ana, who runs the place, and Ben. */
async function two(link: string, sit: (name: string) => Promise<Person>) {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  await ana.found(link);
  await ana.bringIn(ben);
  return { ana, ben };
}

/** A part of the settings by its heading. */
const part = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

/** A device with a passkey in it, as Chromium can play one. */
async function authenticator(page: Page) {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () => (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}
