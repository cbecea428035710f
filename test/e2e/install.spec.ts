import type { Person } from "./person.ts";
import { composer, conversations, message, say, timeline, written } from "./reading.ts";
import { expect, test } from "./test.ts";

// Parley as a program on a device: installed, without a network, on two devices at once, and with people around who
// mean no good.

test("the app can be installed, and opens without a network", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  await ana.found(parley.link);
  const { page } = ana;
  await page.goto("/");
  await conversations(page).getByRole("link", { name: "general" }).click();
  await say(composer(page), "Read me in the tunnel");
  await expect(message(timeline(page), "Read me in the tunnel")).toBeVisible();

  await test.step("a manifest names it and its pictures", async () => {
    const path = (await page.locator("link[rel=manifest]").getAttribute("href")) ?? "";
    const manifest = await (await page.request.get(path)).json();
    expect(manifest).toMatchObject({ name: "Parley", start_url: "/", display: "standalone" });
    for (const { src, type } of manifest.icons) {
      const icon = await page.request.get(src);
      expect(icon.ok()).toBe(true);
      expect(icon.headers()["content-type"]).toContain(type);
    }
    expect(manifest.icons.map(({ sizes }: { sizes: string }) => sizes)).toEqual(
      expect.arrayContaining(["192x192", "512x512"]),
    );
  });

  await test.step("its service worker has everything that is needed", async () => {
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller)
        await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
    });
    await page.reload();
    await expect(message(timeline(page), "Read me in the tunnel")).toBeVisible();
    await ana.network.cut();
    await page.reload();
    await expect(message(timeline(page), "Read me in the tunnel")).toBeVisible();
    await expect(page.getByText("No connection.")).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Go to, or do" })).toBeVisible(); // a part that is loaded later
    await page.keyboard.press("Escape");
  });

  await test.step("what is written then goes out when it is back", async () => {
    await say(composer(page), "From the tunnel");
    await expect(page.getByText("Waits to be sent")).toBeVisible();
    await ana.network.restore();
    await expect(page.getByText("Waits to be sent")).toBeHidden({ timeout: 30_000 });
    await expect(message(timeline(page), "From the tunnel")).toHaveCount(1);
  });
});

test("the page may do what it must, and is fetched once", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  await ana.found(parley.link);
  const { request } = ana.context;
  const page = await request.get("/");
  const policy = page.headers()["content-security-policy"] ?? "";
  const rules = new Map(
    policy.split(";").map((rule) => [rule.trim().split(" ")[0], rule.trim().split(" ").slice(1)]),
  );
  expect(rules.get("default-src")).toEqual(["'none'"]);
  expect(rules.get("script-src")).toEqual(["'self'"]);
  expect(rules.get("connect-src")).toEqual(["'self'"]);
  expect(rules.get("base-uri")).toEqual(["'none'"]);
  expect(rules.get("frame-ancestors")).toEqual(["'none'"]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const nonce = /'nonce-([\w-]+)'/.exec(policy)?.[1];
  expect(
    (await request.get("/")).headers()["content-security-policy"],
    "another nonce each time",
  ).not.toContain(nonce);
  expect(page.headers()["cache-control"]).toBe("no-store");
  expect(page.headers()["x-content-type-options"]).toBe("nosniff");

  const html = await page.text();
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|javascript:/i);
  const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
  expect(assets.length).toBeGreaterThan(1);
  for (const path of assets) {
    const asset = await request.get(path);
    expect(asset.headers()["cache-control"], path).toContain("immutable");
    if ((await asset.body()).length > 4096)
      expect(asset.headers()["content-encoding"], path).toMatch(/br|gzip/);
  }
  for (const path of ["/sw.js", "/manifest.webmanifest"])
    expect((await request.get(path)).headers()["cache-control"], path).toBe("no-cache");
});

test("drafts and what is unread are the same on two devices", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const phone = await sit("Ana's phone", { viewport: { width: 390, height: 844 } });
  await ana.found(parley.link);
  await ana.bringIn(ben);
  await phone.ask("POST", "/sessions", { email: ana.email, password: ana.password });
  const channel = await ana.ask<{ id: string }>("POST", "/conversations", {
    kind: "channel",
    visibility: "public",
    name: "harbour",
  });
  await ben.ask("POST", `/conversations/${channel.id}/join`);
  await ana.page.goto(`/c/${channel.id}`);
  await expect(composer(ana.page)).toBeVisible();

  await test.step("a draft survives a reload, and goes on on the phone", async () => {
    await phone.page.goto("/");
    await composer(ana.page).fill("Dear all, the lamp");
    const row = conversations(phone.page).getByRole("link", { name: "harbour" });
    await expect(row.getByLabel("has a draft")).toBeVisible();
    await ana.page.reload();
    await expect.poll(() => written(composer(ana.page))).toBe("Dear all, the lamp");
    await row.click();
    await expect.poll(() => written(composer(phone.page))).toBe("Dear all, the lamp");
    await say(composer(phone.page), "Dear all, the lamp is on");
    await expect(message(timeline(ana.page), "Dear all, the lamp is on")).toBeVisible();
    await expect.poll(async () => (await ana.ask<{ drafts: unknown[] }>("GET", "/boot")).drafts).toEqual([]);
    await ana.page.reload();
    await expect(message(timeline(ana.page), "Dear all, the lamp is on")).toBeVisible();
    expect(await written(composer(ana.page))).toBe("");
  });

  await test.step("what was read on one is read on the other", async () => {
    for (const { page } of [ana, phone]) await page.goto("/");
    await ben.ask("POST", `/conversations/${channel.id}/messages`, { body: "Well done" });
    const rows = [ana, phone].map(({ page }) => conversations(page).getByRole("link", { name: "harbour" }));
    for (const row of rows) await expect(row).toContainText("1 unread message");
    await rows[0]?.click();
    await expect(message(timeline(ana.page), "Well done")).toBeVisible();
    for (const row of rows) await expect(row).not.toContainText("unread");
  });
});

test("what people with bad intentions send does nothing", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const mal = await sit("Mal Ory");
  await ana.found(parley.link);
  await ana.bringIn(mal);
  const { page } = ana;
  const { id } = await mal.ask<{ id: string }>("POST", "/conversations", {
    kind: "channel",
    visibility: "public",
    name: '"><img src=x onerror=harm()>',
    purpose: "<script>harm()</script>",
  });
  await ana.ask("POST", `/conversations/${id}/join`);
  await mal.ask("PATCH", "/me", { name: "<b onmouseover=harm()>Mal</b>", title: "{{harm()}}" });
  const post = (body: string, files: string[] = []) =>
    mal.ask("POST", `/conversations/${id}/messages`, { body, files });
  for (const body of [
    "<script>harm()</script><img src=x onerror=harm()><svg onload=harm()>",
    "[click me](javascript:harm()) [or me](data:text/html,<script>harm()</script>) <javascript:harm()>",
    '![a picture](https://tracker.example/pixel.png) ![x](x"onerror="harm())',
    '<iframe src="https://tracker.example"></iframe><style>@import "https://tracker.example/a.css"</style>',
    '<a href="https://tracker.example" onclick=harm()>link</a> <form action=https://tracker.example><input autofocus onfocus=harm()></form>',
    '```html"onmouseover=harm()\n</code><script>harm()</script>\n```',
    "$\\href{javascript:harm()}{x}$ $\\htmlStyle{background:url(https://tracker.example)}{x}$ $</span><script>harm()</script>$",
    '||<img src=x onerror=harm()>|| :"><img src=x onerror=harm()>: @<script>harm()</script>',
    "\u202Egnp.exe harmless\u202C",
  ])
    await post(body);
  const file = (name: string, data: string) =>
    mal
      .ask<{ id: string }>("POST", `/files?name=${encodeURIComponent(name)}`, Buffer.from(data))
      .then((one) => one.id);
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="harm()"><script>harm()</script></svg>';
  await post("files", [
    await file('"><img src=x onerror=harm()>.svg', svg),
    await file("page.html", "<script>parent.harm()</script>"),
    await file("../../etc/passwd\u202Egnp.html", "<script>harm()</script>"),
  ]);
  await post("the end");

  const harm = await watchForHarm(ana);
  await page.goto(`/c/${id}`);
  await expect(message(timeline(page), "the end")).toBeVisible();
  const all = timeline(page).getByRole("article");
  for (const one of await all.all()) await one.hover();
  for (const link of await timeline(page).getByRole("link").all()) {
    const href = (await link.getAttribute("href")) ?? "";
    expect(href).toMatch(/^(https?:|mailto:|\/(c|files)\/)/);
  }
  for (const spoiler of await timeline(page).locator(".spoiler").all()) await spoiler.click();
  expect(
    await timeline(page)
      .locator("script, iframe, form, style, object, embed, [onerror], [onload], [onclick]")
      .count(),
  ).toBe(0);

  await test.step("elsewhere too: the list, a person, the search, the details", async () => {
    await page.goto("/search?q=the");
    await expect(page.getByRole("article").first()).toBeVisible();
    await page.goto("/people");
    await page.getByRole("link", { name: /onmouseover/ }).hover();
    await page.getByRole("link", { name: /onmouseover/ }).click();
    await expect(
      page.getByRole("heading", { level: 1, name: "<b onmouseover=harm()>Mal</b>" }),
    ).toBeVisible();
  });

  await test.step("a file is never a page of ours", async () => {
    const { messages } = await ana.ask<{ messages: { files?: { id: string; name: string }[] }[] }>(
      "GET",
      `/conversations/${id}/messages`,
    );
    const files = messages.flatMap((one) => one.files ?? []);
    expect(files).toHaveLength(3);
    for (const { id, name } of files) {
      expect(name).not.toMatch(/[/\\\u202E]/);
      const answer = await ana.context.request.get(`/files/${id}/${encodeURIComponent(name)}`);
      const headers = answer.headers();
      expect(headers["content-security-policy"]).toMatch(
        /default-src 'none'.*sandbox|sandbox.*default-src 'none'/,
      );
      expect(headers["content-disposition"]).toMatch(/^attachment/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  expect(harm).toEqual([]);
});

/** Whatever runs calls harm(), in any page of this browser. What goes out is seen by the person itself. */
async function watchForHarm(person: Person) {
  const done: string[] = [];
  await person.context.exposeFunction("harm", () => done.push(person.page.url()));
  return done;
}
