import type { Locator, Page, Route } from "@playwright/test";
import type { Parley } from "./parley.ts";
import type { Person } from "./person.ts";
import { choose, composer, conversations, message, timeline, written } from "./reading.ts";
import { expect, test } from "./test.ts";

// Writing in the field that shows what one writes, and in the one with the Markdown. What is sent is Markdown either way.

test("Markdown is shown while it is typed, and sent as it was typed", async ({ parley, sit }) => {
  const { page, body } = await begin(parley, await sit("Ana Costa"));
  const field = await rich(page);
  const type = (text: string) => field.pressSequentially(text);
  const line = () => field.press("Shift+Enter");

  await test.step("marks", async () => {
    await type("a **bold**, *leaning*, ~~gone~~, `code` and [linked](https://example.org/x) word");
    await expect(field.locator("strong")).toHaveText("bold");
    await expect(field.locator("em")).toHaveText("leaning");
    await expect(field.locator("del")).toHaveText("gone");
    await expect(field.locator("code")).toHaveText("code");
    await expect(field.locator("a")).toHaveText("linked");
    await field.press("Enter");
    expect(await body()).toBe(
      "a **bold**, *leaning*, ~~gone~~, `code` and [linked](https://example.org/x) word",
    );
    await expect(message(timeline(page), "a bold").locator("strong")).toHaveText("bold");
  });

  await test.step("what only looks like marks", async () => {
    const text = "snake_case_name, 2 * 3 * 4, #1, $5 or $6, <b>, a|b, __x, \\*no\\*";
    await type(text);
    await expect(field.locator("em, strong, code, a")).toHaveCount(0);
    await field.press("Enter");
    expect(await body()).toBe(text);
  });

  await test.step("a list, a task, a quotation, a heading and code", async () => {
    await type("# Today");
    await line();
    await type("- bread");
    await line();
    await type("milk");
    await line();
    await field.press("Tab");
    await type("two litres");
    await line();
    await line(); // an empty item leads out
    await type("[x] eggs");
    await line();
    await line();
    await type("> as *she* said");
    await line();
    await line();
    await type("```js");
    await field.press("Enter"); // code keeps the key
    await type("let a = 1;");
    await field.press("Enter");
    await type("a * a * a");
    await expect(field.locator("h3")).toHaveText("Today");
    await expect(field.locator("li li")).toHaveText("two litres");
    await expect(field.locator("li[data-done=true]")).toHaveText("eggs");
    await expect(field.locator("blockquote em")).toHaveText("she");
    await expect(field.locator("pre")).toHaveText("let a = 1;\na * a * a");
    await field.press("ControlOrMeta+Enter");
    expect(await body()).toBe(
      "# Today\n- bread\n- milk\n  - two litres\n- [x] eggs\n> as *she* said\n```js\nlet a = 1;\na * a * a\n```",
    );
  });

  await test.step("taken back at once", async () => {
    await type("**no**");
    await field.press("Backspace");
    await expect(field.locator("strong")).toHaveCount(0);
    expect(await written(field)).toBe("**no**");
    await field.press("ControlOrMeta+z");
    await expect(field).not.toContainText("**no**");
    await field.press("ControlOrMeta+Shift+z");
    await expect(field).toContainText("**no**");
  });
});

test("buttons, mentions and pasting", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const ben = await sit("Ben Okafor");
  const { page, body } = await begin(parley, ana);
  await ana.bringIn(ben);
  const field = await rich(page);

  await test.step("buttons show what they have done", async () => {
    await field.pressSequentially("so so");
    await field.press("ControlOrMeta+a");
    const bold = page.getByRole("button", { name: /^Bold/ });
    await expect(bold).toHaveAttribute("aria-pressed", "false");
    await bold.click();
    await expect(bold).toHaveAttribute("aria-pressed", "true");
    await page.getByRole("button", { name: /^Numbered list/ }).click();
    await expect(field.locator("ol li strong")).toHaveText("so so");
    await page.getByRole("button", { name: /^Link/ }).click();
    await page.getByRole("textbox", { name: "Address of the link" }).fill("example.org");
    await page.keyboard.press("Enter");
    await expect(field).toBeFocused();
    await field.press("ControlOrMeta+Enter");
    expect(await body()).toBe("1. **[so so](https://example.org)**");
  });

  await test.step("a mention is seen as one, also when its name is typed", async () => {
    await field.pressSequentially("Dear @Ben O");
    await field.press("Backspace");
    await field.press("Backspace");
    const option = page.getByRole("option", { name: "Ben Okafor" });
    await expect(option).toHaveAttribute("aria-selected", "true");
    await expect(field).toHaveAttribute("aria-activedescendant", (await option.getAttribute("id")) ?? "");
    await field.press("Enter");
    await expect(field).not.toHaveAttribute("aria-activedescendant");
    await field.pressSequentially("and @everyone, not @nobody or ");
    await expect(field.locator(".mention")).toHaveText(["@ben", "@everyone"]);
    await field.press("ControlOrMeta+b");
    await field.pressSequentially("me");
    await field.press("Enter");
    expect(await body()).toBe("Dear @ben and @everyone, not @nobody or **me**");
    await expect(message(timeline(page), "Dear").locator(".mention").first()).toHaveText("@Ben Okafor");
  });

  await test.step("a channel", async () => {
    await field.pressSequentially("see #gen");
    await expect(page.getByRole("option", { name: "general" })).toBeVisible();
    await field.press("Tab");
    await expect(field.getByText("#general")).toBeVisible();
    await field.press("Enter");
    expect(await body()).toMatch(/^see \[#general\]\(\/c\/[0-9a-z]{13}\)$/);
  });

  await test.step("a web page is pasted without what it must not bring", async () => {
    await paste(field, {
      "text/html": `<meta charset="utf-8"><style>* { color: red }</style><h2 style="color:red" onclick="alert(1)">Title</h2>
        <p>One <b>bold</b><br>two <a href="https://example.org/">link</a> <a href="javascript:alert(1)">bad</a></p>
        <ul><li>first<ul><li>inner</li></ul></li><li><p>second</p></li></ul>
        <pre><code class="language-go">x := 1\n  y</code></pre>
        <table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td><i>2</i></td></tr></table>
        <img src="x" onerror="alert(1)"><script>alert(1)</script><iframe src="/api/docs"></iframe>`,
      "text/plain": "never mind",
    });
    await field.press("ControlOrMeta+Enter");
    expect(await body()).toBe(
      "## Title\nOne **bold**\ntwo [link](https://example.org/) bad\n- first\n  - inner\n- second\n" +
        "```go\nx := 1\n  y\n```\n| a | b\\|c |\n| --- | --- |\n| 1 | 2 |",
    );
  });

  await test.step("Markdown is pasted as what it means, an address onto what is chosen as a link", async () => {
    await field.pressSequentially("x ");
    await paste(field, { "text/plain": "**y**\n- z" });
    await expect(field.locator("strong")).toHaveText("y");
    await expect(field.locator("li")).toHaveText("z");
    await field.press("ControlOrMeta+Enter");
    expect(await body()).toBe("x **y**\n- z");
    await field.pressSequentially("here");
    await field.press("ControlOrMeta+a");
    await paste(field, { "text/plain": "https://example.org/a" });
    await field.press("Enter");
    expect(await body()).toBe("[here](https://example.org/a)");
  });

  await test.step("a file is pasted", async () => {
    await field.evaluate((one) => {
      const data = new DataTransfer();
      data.items.add(new File(["217 steps\n"], "stairs.txt", { type: "text/plain" }));
      one.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect(page.getByRole("button", { name: "Remove stairs.txt" })).toBeVisible();
    await field.press("Enter");
    await expect(message(timeline(page), "stairs.txt")).toBeVisible();
  });
});

test("the Markdown itself can be written, and stays what it is", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const { page, body, conversation } = await begin(parley, ana);
  const toggle = page.getByRole("main").getByRole("button", { name: "Write Markdown" }).last();
  const text = "**so**\n\n| a | b |\n|---|---|\n| $x_1$ | ||y|| |\n\n- [ ] one\n  more";

  await test.step("back and forth", async () => {
    const field = await rich(page);
    await field.pressSequentially("**so** it ");
    await toggle.click();
    await expect(composer(page)).toHaveValue("**so** it ");
    await expect(composer(page)).toBeFocused();
    await page.keyboard.type("is");
    await expect(composer(page)).toHaveValue("**so** it is");
    await composer(page).fill(text);
    await toggle.click();
    await expect(composer(page).locator("strong")).toHaveText("so");
    await expect(composer(page).locator("li[data-done=false] p")).toHaveText(["one", "more"]);
    await expect(composer(page)).toContainText("|---|---|");
    await toggle.click();
    await expect(composer(page)).toHaveValue(text);
    await page.getByRole("main").getByRole("button", { name: "Preview" }).click();
    await expect(page.getByRole("group", { name: "Preview" }).locator("th")).toHaveText(["a", "b"]);
    await page.getByRole("main").getByRole("button", { name: "Preview" }).click();
    await composer(page).press("Enter");
    expect(await body()).toBe(text);
  });

  await test.step("it is remembered", async () => {
    await page.reload();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await page.goto("/settings/messages");
    const kept = page.waitForResponse((one) => one.url().endsWith("/me/preferences"));
    await page.getByRole("checkbox", { name: "Write Markdown" }).uncheck();
    await kept; // leaving the page would call it off
    await page.goto(`/c/${conversation}`);
    await rich(page);
  });

  await test.step("a message with a table is edited without harm to it", async () => {
    await choose(message(timeline(page), "one more"), "Edit");
    const field = page.getByRole("textbox", { name: "Edit the message" });
    await expect(field).toBeFocused();
    await expect(field.locator("strong")).toHaveText("so");
    await field.press("ControlOrMeta+End");
    await field.pressSequentially(" and more");
    await field.press("Enter");
    await expect(message(timeline(page), "one more and more").locator("th")).toHaveText(["a", "b"]);
    expect(await body()).toBe(`${text} and more`);
  });
});

test("what is begun is on the other device, with its forms", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const { page, conversation } = await begin(parley, ana);
  const other = await ana.context.newPage();
  await other.goto(`/c/${conversation}`);
  await rich(other);
  const field = await rich(page);
  await field.pressSequentially("- **half** a ");
  await expect(composer(other).locator("li strong")).toHaveText("half");
  await other.reload();
  await expect((await rich(other)).locator("li strong")).toHaveText("half");
  await composer(other).press("ControlOrMeta+End");
  await composer(other).pressSequentially("sentence");
  await composer(other).press("Enter");
  await expect(message(timeline(page), "half a sentence").locator("li strong")).toHaveText("half");
  await field.blur();
  await expect.poll(() => written(composer(page))).toBe("");
});

test("one can write before the editor is there, and without it", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa", { serviceWorkers: "block" }); // else it fetches the editor too, for later
  await ana.context.addInitScript(() => {
    // A browser that never has time.
    Object.assign(window, { requestIdleCallback: () => 0, cancelIdleCallback: () => undefined });
  });
  let asked: ((route: Route) => void) | undefined;
  await ana.context.route(/RichField.*\.js/, (route) => (asked ? asked(route) : route.abort()));
  const { page, body } = await begin(parley, ana);
  // Loads the page anew, and returns when its editor is asked for: by it, not by the page before.
  const anew = async () => {
    const url = page.url();
    asked = undefined;
    await page.goto("about:blank");
    const late = new Promise<Route>((resolve) => {
      asked = resolve;
    });
    await page.goto(url);
    return { route: late };
  };

  await test.step("it does not come", async () => {
    await composer(page).pressSequentially("**plain**");
    await expect(composer(page)).toHaveValue("**plain**");
    await composer(page).press("Enter");
    expect(await body()).toBe("**plain**");
    ana.troubles.length = 0; // that a file could not be had is told in the console
  });

  await test.step("it comes late: text and caret stay", async () => {
    const late = await anew();
    const field = composer(page);
    await field.pressSequentially("one **two** three");
    for (let n = 0; n < " three".length; n++) await page.keyboard.press("ArrowLeft");
    await (await late.route).continue();
    await expect(field.locator("strong")).toHaveText("two");
    await expect(field).toBeFocused();
    await page.keyboard.type(" and a half,");
    await page.keyboard.press("Enter");
    expect(await body()).toBe("one **two** and a half, three");
  });

  await test.step("it comes while one writes: no letter is lost, and none goes astray", async () => {
    const text = "Whoever writes quickly has written half a sentence before the editor is there. ".repeat(2);
    for (let round = 0; round < 3; round++) {
      const late = await anew();
      await composer(page).focus();
      const route = await late.route;
      const typed = page.keyboard.type(text, { delay: 4 });
      await expect(composer(page)).not.toHaveValue("");
      await route.continue();
      await typed;
      await rich(page);
      expect(await written(composer(page))).toBe(text);
      await page.keyboard.press("Enter");
      expect(await body()).toBe(text.trim());
    }
  });
});

test("on a phone the field does not change under one's fingers, and Enter makes a line", async ({
  parley,
  sit,
}) => {
  const ana = await sit("Ana Costa", {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  });
  let arrive: (() => void) | undefined;
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await ana.context.route(/RichField.*\.js/, async (route) => {
    await late;
    await route.continue();
  });
  const { page, body } = await begin(parley, ana);
  const field = composer(page);
  await field.tap();
  await field.pressSequentially("*one*");
  const chunk = page.waitForResponse(/RichField.*\.js/);
  arrive?.();
  await (await chunk).finished();
  await field.pressSequentially(" two");
  await expect(field).toHaveValue("*one* two");
  await field.blur();
  await rich(page);
  await expect(field.locator("em")).toHaveText("one");
  await field.tap();
  await field.press("ControlOrMeta+End");
  await field.pressSequentially("\n- three\nfour");
  await expect(field.locator("li")).toHaveText(["three", "four"]);
  await page.getByRole("main").getByRole("button", { name: "Send", exact: true }).tap();
  expect(await body()).toBe("*one* two\n- three\n- four");
});

test("a character is put together by the keyboard of another script", async ({ parley, sit }) => {
  const ana = await sit("Ana Costa");
  const { page, body } = await begin(parley, ana);
  const field = await rich(page);
  await field.focus();
  const keyboard = await ana.context.newCDPSession(page);
  for (const text of ["に", "にほ", "にほん"])
    await keyboard.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  await keyboard.send("Input.insertText", { text: "日本" });
  await page.keyboard.type(" **太**");
  await expect(field.locator("strong")).toHaveText("太");
  await page.keyboard.press("Enter");
  expect(await body()).toBe("日本 **太**");
});

/** Somebody in the channel general, and the Markdown of what was said last there. */
async function begin(parley: Parley, person: Person) {
  await person.found(parley.link);
  const { page } = person;
  await page.goto("/");
  await conversations(page).getByRole("link", { name: "general" }).click();
  await expect(composer(page)).toBeVisible();
  const conversation = /\/c\/(\w+)/.exec(page.url())?.[1] ?? "";
  let seen = "";
  const last = async () =>
    (
      await person.ask<{ messages: { kind: string; body: string; change: number }[] }>(
        "GET",
        `/conversations/${conversation}/messages?limit=10`,
      )
    ).messages.findLast((one) => one.kind === "text"); // not that somebody joined
  const body = async () => {
    await expect.poll(async () => JSON.stringify(await last())).not.toBe(seen);
    const now = await last();
    seen = JSON.stringify(now);
    return now?.body;
  };
  seen = JSON.stringify(await last());
  return { page, conversation, body };
}

/** The composer, when it shows what is written. */
async function rich(page: Page) {
  await expect(composer(page).and(page.locator("[contenteditable=true]"))).toBeVisible();
  return composer(page);
}

/** Pastes what a clipboard would hold. */
const paste = (field: Locator, data: Record<string, string>) =>
  field.evaluate((one, given) => {
    const clipboardData = new DataTransfer();
    for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
    one.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, data);
