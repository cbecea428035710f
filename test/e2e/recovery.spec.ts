import { expect, test } from "./test.ts";

// Who is locked out, and who changes the address that they sign in with.

test("an administrator gives somebody a new way in", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const [a, b] = [ana.page, ben.page];
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await a.goto("/settings/people");
  await b.goto("/");
  await expect(b.getByRole("main")).toBeVisible();

  const row = a.getByRole("listitem").filter({ hasText: "@ben" });
  await expect(a.getByRole("listitem").filter({ hasText: "@ana" })).toBeVisible();
  await expect(a.getByRole("button", { name: "Recovery link" })).toHaveCount(1); // none for oneself
  await row.getByRole("button", { name: "Recovery link" }).click();
  const dialog = a.getByRole("dialog", { name: "A recovery link for Ben Okafor" });
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = (await dialog.getByRole("status").getByText("/recover#").textContent()) ?? "";

  const phone = await sit("Ben Elsewhere"); // another device of Ben's
  const p = phone.page;
  await p.goto("/signin");
  await expect(p.getByText("Ask an administrator of your organisation for a recovery link.")).toBeVisible();
  await p.goto(phone.here(link));
  await expect(p.getByRole("heading", { name: "Welcome back, Ben Okafor" })).toBeVisible();
  const field = p.getByRole("textbox", { name: "New password" });
  phone.expect(422, "/api/v1/recovery");
  await field.fill("password1234");
  await p.getByRole("button", { name: "Save and come in" }).click();
  await expect(p.getByText("one of the passwords that are tried first")).toBeVisible();
  await expect(field).toBeFocused();
  await field.fill("seven herons over the weir");
  ben.expect(401, "/api/v1/");
  await p.getByRole("button", { name: "Save and come in" }).click();
  await expect(p).toHaveURL(/\/c\//);

  await expect(b).toHaveURL(/\/signin/); // the other devices are out, at once
  ben.expect(401, "/api/v1/sessions");
  await b.getByRole("textbox", { name: "Mail address" }).fill(ben.email);
  for (const password of [ben.password, "seven herons over the weir"]) {
    await b.getByLabel("Password", { exact: true }).fill(password);
    await b.getByRole("button", { name: "Sign in", exact: true }).click();
    if (password === ben.password)
      await expect(b.getByText("Mail address and password do not belong together.")).toBeVisible();
  }
  await expect(b).toHaveURL(/\/(c\/.*)?$/);

  // The link is spent.
  phone.expect(404, "/api/v1/recovery/offer");
  await p.goto(phone.here(link));
  await p.reload();
  await expect(p.getByRole("heading", { name: "This recovery link is over" })).toBeVisible();
});

test("somebody changes the address that they sign in with", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const a = ana.page;
  await ana.found(parley.link);
  await a.goto("/settings/security");
  const part = a.locator("section").filter({ has: a.getByRole("heading", { name: "Mail address" }) });
  await expect(part).toContainText(ana.email);
  await part.getByRole("button", { name: "Change" }).click();
  await part.getByRole("textbox", { name: "New mail address" }).fill("ana@lighthouse.example");
  ana.expect(403, "/api/v1/me/email");
  for (const password of ["not it at all", ana.password]) {
    await part.getByLabel("Password", { exact: true }).fill(password);
    await part.getByRole("button", { name: "Save" }).click();
    if (password !== ana.password) await expect(part.getByText("This is not your password.")).toBeVisible();
  }
  await expect(part).toContainText("ana@lighthouse.example");
  await a.reload();
  await expect(part).toContainText("ana@lighthouse.example");
});

// Passkeys belong to the server's own host and port, so these devices have no network between that could be cut.
test("somebody gets in again with a passkey, and signs with it", async ({ parley, browser, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  await ana.found(parley.link);
  await ana.bringIn(ben);
  const { id } = await ben.ask<{ id: string }>("GET", "/me");
  const { url } = await ana.ask<{ url: string }>("POST", `/people/${id}/recovery`);

  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(url);
  await page.getByRole("radio", { name: /^Passkey/ }).check();
  await page.getByRole("button", { name: "Save and come in" }).click();
  await expect(page).toHaveURL(/\/c\//);

  await page.goto(new URL("/settings/security", url).href);
  const part = page.locator("section").filter({ has: page.getByRole("heading", { name: "Mail address" }) });
  await part.getByRole("button", { name: "Change" }).click();
  await part.getByRole("textbox", { name: "New mail address" }).fill("ben@lighthouse.example");
  await part.getByRole("button", { name: "Save" }).click();
  await expect(part).toContainText("ben@lighthouse.example");
  await context.close();
});
