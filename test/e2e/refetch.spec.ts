import type { Page } from "@playwright/test";
import { message, timeline } from "./reading.ts";
import { expect, test } from "./test.ts";

// What a page has grown to by events is what a page shows that is loaded anew: for every kind of event, what happened
// there and what I did myself on another device.

interface Made {
  id: string;
  seq: number;
}

// But for where I came in and what was said aloud: that is of the visit, not of what is known.
const ofTheVisit = /^ *- text: (New|\d+ new messages? in .*)\n/gm;
const shown = async (page: Page) =>
  (await page.locator("body").ariaSnapshot()).replaceAll(" [active]", "").replaceAll(ofTheVisit, "");

test("what events make of a page is what loading it again shows", async ({ parley, sit }) => {
  test.setTimeout(240_000);
  const tall = { viewport: { width: 1280, height: 3000 } };
  const [ana, ben, cleo] = [await sit("Ana Costa"), await sit("Ben Okafor", tall), await sit("Cleo Haas")];
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await ana.bringIn(cleo);

  const boot = await ana.ask<{
    conversations: Made[];
    people: { id: string; name: string }[];
  }>("GET", "/boot");
  const idOf = (name: string) => boot.people.find((person) => person.name === name)?.id ?? "";
  const [benId, cleoId] = [idOf(ben.name), idOf(cleo.name)];
  const general = boot.conversations[0]?.id ?? "";
  const channel = (name: string) =>
    ana.ask<Made>("POST", "/conversations", {
      kind: "channel",
      visibility: "public",
      name,
      people: [benId, cleoId],
    });
  const post = (by: typeof ana, body: string, where = general, more: object = {}) =>
    by.ask<Made>("POST", `/conversations/${where}/messages`, { body, ...more });
  const at = (said: Made, where = general) => `/conversations/${where}/messages/${said.seq}`;

  const grown = ben.page;
  const fresh = await ben.context.newPage();
  await grown.goto(`/c/${general}`);
  await expect(message(timeline(grown), "Cleo Haas joined")).toBeVisible();
  let before = "";

  // Who speaks has not spoken just before: where I came in, a message has its author's name again.
  /** Does something, and compares what both pages make of it. */
  const after = (what: string, does: () => Promise<unknown>) =>
    test.step(what, async () => {
      await does();
      await fresh.goto(`/c/${general}`);
      await expect(message(timeline(fresh), "Ben Okafor joined")).toBeVisible();
      await expect(async () => {
        const anew = await shown(fresh);
        expect(anew, "it shows").not.toBe(before);
        expect(await shown(grown)).toBe(anew);
      }).toPass({ timeout: 15_000 });
      before = await shown(fresh);
    });

  let said = { id: "", seq: 0 };
  let side = said;
  await after("a message", async () => {
    said = await post(ana, "The tide is **low**");
  });
  await after("an answer in a thread", () => post(cleo, "How low?", general, { thread: said.seq }));
  await after("an edit", () => ana.ask("PATCH", at(said), { body: "The tide is ~~low~~ high" }));
  await after("a reaction", () => cleo.ask("PUT", `${at(said)}/reactions/🌊`));
  await after("a second one of the same", () => ben.ask("PUT", `${at(said)}/reactions/🌊`));
  await after("a reaction that is taken back", () => cleo.ask("DELETE", `${at(said)}/reactions/🌊`));
  await after("a pin", () => ana.ask("PUT", `${at(said)}/pin`));
  await after("a pin that is taken off", () => ana.ask("DELETE", `${at(said)}/pin`));
  await after("a file", async () => {
    const file = await ana.context.request.post("/api/v1/files?name=chart.txt", {
      headers: { "Content-Type": "application/octet-stream" },
      data: Buffer.from("high at nine\n"),
    });
    await post(ana, "The chart", general, { files: [((await file.json()) as Made).id] });
  });
  await after("a new channel", async () => {
    side = await channel("berths");
  });
  await after("a message elsewhere", () => post(ana, "Berth four is free", side.id));
  await after("a mention elsewhere", () => post(cleo, "@ben, is it yours?", side.id));
  await after("read on another device", () => ben.ask("PUT", `/conversations/${side.id}/read`, { seq: 3 }));
  await after("marked as unread on another device", () =>
    ben.ask("PUT", `/conversations/${side.id}/read`, { seq: 1 }),
  );
  await after("a message that moves away, with its thread", () =>
    ana.ask("POST", `${at(said)}/move`, { conversation: side.id }),
  );
  await after("a message that is deleted", async () => {
    const gone = await post(cleo, "Never mind");
    await expect(message(timeline(grown), "Never mind")).toBeVisible();
    await cleo.ask("DELETE", at(gone));
  });
  await after("a draft from another device", () =>
    ben.ask("PUT", `/conversations/${side.id}/draft`, { body: "It was" }),
  );
  await after("a draft that was sent there", () => post(ben, "It was mine", side.id));
  await after("a conversation put under a heading of one's own", () =>
    ben.ask("PATCH", `/conversations/${side.id}/me`, { section: "Boats" }),
  );
  await after("a conversation muted", () =>
    ben.ask("PATCH", `/conversations/${side.id}/me`, { muted: true }),
  );
  await after("another name and purpose", () =>
    ana.ask("PATCH", `/conversations/${general}`, { name: "harbour", purpose: "Everything that floats" }),
  );
  await after("somebody leaves", () => cleo.ask("POST", `/conversations/${general}/leave`));
  await after("somebody comes back", () => cleo.ask("POST", `/conversations/${general}/join`));
  await after("somebody has another name", () => cleo.ask("PATCH", "/me", { name: "Cleo Haas-Lind" }));
  await after("somebody's status", () =>
    cleo.ask("PUT", "/me/status", { emoji: "⛵", text: "At sea" }).then(() => post(cleo, "Cast off")),
  );
  await after("a group that is called", async () => {
    await ana.ask("POST", "/groups", { handle: "crew", name: "The crew", members: [benId, cleoId] });
    await post(ana, "All of @crew to the boats");
  });
  await after("saved on another device", () =>
    ben.ask("PUT", `/saved/${said.id}`).then(() => post(cleo, "Saved")),
  );
  await after("a direct conversation", async () => {
    const alone = await ana.ask<Made>("POST", "/conversations", { kind: "direct", people: [benId] });
    await post(ana, "Between us", alone.id);
  });
  await after("the organisation has another name", () =>
    ana.ask("PATCH", "/organisation", { name: "Lightship" }),
  );
  await after("a conversation that is archived", () =>
    ana.ask("PATCH", `/conversations/${side.id}`, { archived: true }),
  );
  await after("taken out of a conversation", async () => {
    const private_ = await ana.ask<Made>("POST", "/conversations", {
      kind: "channel",
      visibility: "private",
      name: "bridge",
      people: [benId],
    });
    await expect(grown.getByRole("link", { name: /bridge/ })).toBeVisible();
    await ana.ask("DELETE", `/conversations/${private_.id}/members/${benId}`);
    await post(ana, "Ben has left the bridge");
  });
  await after("somebody is gone from the organisation", () =>
    ana.ask("PATCH", `/people/${cleoId}`, { deactivated: true }).then(() => post(ben, "Farewell, Cleo")),
  );
});
