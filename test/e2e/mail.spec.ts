import { Mailbox } from "./mailbox.ts";
import { Parley } from "./parley.ts";
import { Person } from "./person.ts";
import { expect, test } from "./test.ts";

test("a mail address is confirmed by the link that was sent to it", async ({ browser, ground }) => {
  const mailbox = await Mailbox.open();
  const parley = await Parley.start(ground, mailbox.settings);
  const ana = await Person.at(browser, "Ana Costa", () => parley.nodes[0]?.port ?? 0);
  const phone = await Person.at(browser, "Nobody", () => parley.nodes.at(-1)?.port ?? 0);
  try {
    const a = ana.page;
    await ana.found(parley.link);
    await a.goto("/settings/security");
    const part = a.locator("section").filter({ has: a.getByRole("heading", { name: "Mail address" }) });
    await expect(part).toContainText("Not confirmed: no mail comes here yet.");
    await part.getByRole("button", { name: "Send the link" }).click();
    await expect(part.getByRole("status")).toHaveText(
      `A link is on its way to ${ana.email}. It works for a day.`,
    );
    const link = /http\S+\/confirm#\S+/.exec(await mailbox.text(0))?.[0] ?? "";
    ana.expect(429, "/api/v1/me/email/confirm");
    await part.getByRole("button", { name: "Send another" }).click();
    await expect(part.getByRole("alert")).not.toBeEmpty();

    // On another device, on which nobody is signed in. To look is not to confirm.
    const p = phone.page;
    await p.goto(phone.here(link));
    await expect(p.getByRole("heading", { name: "Is this your mail address?" })).toBeVisible();
    await expect(p.getByText(`Ana Costa at Lighthouse wants to get mail at ${ana.email}.`)).toBeVisible();
    expect(await ana.ask("GET", "/me/email")).toMatchObject({ proven: false, configured: true });
    await p.getByRole("button", { name: "Yes, confirm it" }).click();
    await expect(p.getByRole("heading", { name: "Confirmed" })).toBeVisible();
    await a.reload();
    await expect(part).toContainText("Confirmed: what you would miss in the app can come here.");
    await expect(part.getByRole("button", { name: "Send the link" })).toHaveCount(0);

    phone.expect(404, "/api/v1/me/email/prove/offer");
    await p.reload();
    await expect(p.getByRole("heading", { name: "This link is over" })).toBeVisible();
    expect([...ana.troubles, ...phone.troubles], "nothing goes wrong unseen").toEqual([]);
  } finally {
    await ana.leave();
    await phone.leave();
    await parley.stop();
    await mailbox.close();
  }
});
