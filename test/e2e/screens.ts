import { expect, type Locator, type Page } from "@playwright/test";
import type { House } from "./furnished.ts";
import type { Words } from "./words.ts";

// Every screen of the app and everything that lies over one, in any language, and how to come there.

export interface Screen {
  name: string;
  /** Whose browser; Ana's unless told. */
  who?: "eve" | "nobody";
  /** The address. */
  at?: (house: House) => string;
  /** What is there when one has arrived. */
  shows?: (page: Page, t: Words) => Locator;
  /** What to do there. Not given: nothing. */
  open?: (page: Page, t: Words, house: House) => Promise<unknown>;
  /** What to do at the end beside escape. */
  close?: (page: Page) => Promise<unknown>;
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const dialog = (page: Page) => page.getByRole("dialog").last();
const opens = async (page: Page, by: Locator) => {
  await by.click();
  await expect(dialog(page)).toBeVisible();
};
const article = (page: Page, seq: number) => page.locator(`article[data-seq="${seq}"]`).first();

/** An entry of the menu of a message. */
async function choose(page: Page, t: Words, seq: number, entry?: Parameters<Words>[0]) {
  await article(page, seq).hover();
  await page
    .getByRole("toolbar", { name: t("message.actions") })
    .getByRole("button", { name: t("app.more") })
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  if (!entry) return;
  await page.getByRole("menuitem", { name: t(entry), exact: true }).click();
  if (!["message.edit", "message.copyText"].includes(entry)) await expect(dialog(page)).toBeVisible();
}

/** One of the two controls of a composer that say how a message is meant. */
const control = (page: Page, what: "need" | "when") => page.locator(`main button[data-what=${what}]`).last();

/** An entry of the menu of a conversation. */
async function menu(page: Page, t: Words, entry?: Parameters<Words>[0]) {
  await page
    .locator("main > header")
    .getByRole("button", { name: t("app.more") })
    .click();
  await expect(page.getByRole("menu")).toBeVisible();
  if (!entry) return;
  await page.getByRole("menuitem", { name: t(entry), exact: true }).click();
  if (!["message.edit", "message.copyText"].includes(entry)) await expect(dialog(page)).toBeVisible();
}

async function details(page: Page, t: Words, part: Parameters<Words>[0]) {
  await menu(page, t, "conversation.details");
  await dialog(page)
    .getByRole("tab", { name: t(part) })
    .click();
}

async function palette(page: Page, t: Words, text = "") {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: t("palette.title") }).fill(text);
}

const title = (key: Parameters<Words>[0]) => (page: Page, t: Words) =>
  page.getByRole("heading", { name: t(key), exact: true }).first();
const messages = (page: Page, t: Words) =>
  page
    .getByRole("feed", { name: t("timeline.label") })
    .getByRole("article")
    .last();
const harbour = (house: House) => `/c/${house.harbour}`;

export const screens: Screen[] = [
  // The list and what is in it.
  { name: "conversations", at: () => "/" },
  {
    name: "conversations, none found",
    at: () => "/",
    open: (page, t) => page.getByRole("searchbox", { name: t("list.filter") }).fill("?"),
  },
  { name: "channels to join", shows: title("browse.title"), at: () => "/browse" },
  {
    name: "channels to join, none found",
    at: () => "/browse",
    open: (page, t) => page.getByRole("searchbox", { name: t("browse.search") }).fill("?"),
  },
  {
    name: "new conversation",
    at: () => "/",
    open: (page, t) => opens(page, button(page, t("action.newConversation"))),
  },
  {
    name: "new channel",
    at: () => "/browse",
    open: async (page, t) => {
      await button(page, t("browse.make")).click();
      await dialog(page).getByRole("option").nth(1).click();
    },
  },

  // A conversation.
  { name: "conversation", shows: messages, at: harbour },
  { name: "conversation, far up", shows: messages, at: ({ long }) => `/c/${long}/9` },
  { name: "conversation without being a member", shows: messages, at: ({ boats }) => `/c/${boats}` },
  { name: "conversation, archived", shows: messages, at: ({ archived }) => `/c/${archived}` },
  { name: "direct conversation", shows: messages, at: ({ direct }) => `/c/${direct}` },
  { name: "group", shows: messages, at: ({ group }) => `/c/${group}` },
  {
    name: "thread",
    shows: (page, t) =>
      page
        .getByRole("complementary", { name: t("thread.label") })
        .getByRole("article")
        .nth(1),
    at: (house) => `${harbour(house)}?thread=${house.root}`,
  },
  { name: "conversation, its menu", at: harbour, open: (page, t) => menu(page, t) },
  {
    name: "conversation, jump to a day",
    at: harbour,
    open: (page, t) => menu(page, t, "conversation.toDay"),
  },
  { name: "message, its menu", at: harbour, open: (page, t, { edited }) => choose(page, t, edited) },
  {
    name: "message, choice of emoji",
    at: harbour,
    open: async (page, t, { edited }) => {
      await article(page, edited).hover();
      await page
        .getByRole("toolbar", { name: t("message.actions") })
        .getByRole("button", { name: t("message.react"), exact: true })
        .click();
      await expect(page.getByRole("option").nth(100)).toBeVisible();
      await page.getByRole("combobox", { name: t("emoji.find") }).fill("cat"); // hundreds would only take time
      await expect(page.getByRole("option").nth(100)).toBeHidden();
    },
  },
  {
    name: "message, edited in its place",
    at: harbour,
    open: (page, t, { edited }) => choose(page, t, edited, "message.edit"),
  },
  {
    name: "message, history",
    at: harbour,
    open: (page, t, { edited }) => choose(page, t, edited, "message.history"),
  },
  {
    name: "message, to another conversation",
    at: harbour,
    open: (page, t, { edited }) => choose(page, t, edited, "message.move"),
  },
  {
    name: "message, really delete",
    at: harbour,
    open: (page, t, { edited }) => choose(page, t, edited, "message.delete"),
  },
  {
    name: "picture",
    at: harbour,
    open: async (page, _, { pictures }) => {
      await article(page, pictures).getByRole("img").first().click();
      await expect(page.locator("dialog[open] img")).toBeVisible();
    },
  },
  {
    name: "who somebody is",
    at: harbour,
    open: (page, _, { root }) => opens(page, article(page, root).locator("header button").first()),
  },
  {
    name: "composer with suggestions",
    at: harbour,
    open: async (page) => {
      const field = page.getByRole("main").getByRole("textbox").last();
      await field.fill("");
      await field.pressSequentially("@b");
      await expect(page.getByRole("option").first()).toBeVisible();
    },
    close: (page) => page.getByRole("main").getByRole("textbox").last().fill(""),
  },
  {
    name: "composer, how much it matters",
    at: harbour,
    open: (page) => opens(page, control(page, "need")),
  },
  {
    name: "composer, when to send it",
    at: harbour,
    open: (page) => opens(page, control(page, "when")),
  },
  {
    name: "composer, urgent and why",
    at: ({ direct }) => `/c/${direct}`,
    open: async (page, t) => {
      await opens(page, control(page, "need"));
      await page.getByRole("button", { name: t("need.urgent") }).click();
      await expect(page.getByRole("textbox", { name: t("need.reason") })).toBeVisible();
      await page.getByRole("main").getByRole("textbox").last().fill("The lamp has gone out");
    },
    close: async (page) => {
      await page.getByRole("main").getByRole("textbox").last().fill("");
    },
  },
  {
    name: "composer, something to be decided",
    at: ({ group }) => `/c/${group}`,
    open: async (page, t) => {
      await opens(page, control(page, "need"));
      await page.getByRole("button", { name: t("need.answer") }).click();
      await page.getByRole("button", { name: t("by.hours") }).click();
      await page.getByRole("button", { name: t("decide.begin") }).click();
      await expect(page.getByRole("combobox", { name: t("decide.fallback") })).toBeVisible();
    },
  },
  {
    name: "what is wanted, answered and decided",
    shows: messages,
    at: ({ kept }) => `/c/${kept}`,
  },
  {
    name: "how a message reaches people",
    at: ({ kept }) => `/c/${kept}`,
    open: async (page, t, { ladder }) => {
      await article(page, ladder).locator("button[title]").filter({ hasText: /./ }).last().click();
      await expect(page.getByRole("dialog", { name: t("trace.title") })).toBeVisible();
    },
  },
  {
    name: "message, to be reminded of",
    at: harbour,
    open: (page, t, { edited }) => choose(page, t, edited, "message.remind"),
  },
  { name: "what is sent later", at: () => "/scheduled", shows: title("scheduled.title") },
  { name: "details, about", at: harbour, open: (page, t) => menu(page, t, "conversation.details") },
  { name: "details, members", at: harbour, open: (page, t) => details(page, t, "details.members") },
  {
    name: "details, more members",
    at: harbour,
    open: async (page, t) => {
      await details(page, t, "details.members");
      await button(page, t("details.members.add")).click();
    },
  },
  { name: "details, for me", at: harbour, open: (page, t) => details(page, t, "details.mine") },
  { name: "details, pinned", at: harbour, open: (page, t) => details(page, t, "details.pins") },
  {
    name: "details, nothing pinned",
    at: ({ long }) => `/c/${long}`,
    open: (page, t) => details(page, t, "details.pins"),
  },
  {
    name: "details, webhooks",
    at: harbour,
    open: async (page, t) => {
      await details(page, t, "details.webhooks");
      await page.getByRole("textbox", { name: t("webhooks.name") }).fill("Alarms");
      await button(page, t("webhooks.make")).click();
      await expect(dialog(page).getByRole("status")).toBeVisible();
    },
  },
  {
    name: "details, really leave",
    at: harbour,
    open: async (page, t) => {
      await menu(page, t, "conversation.details");
      await button(page, t("details.leave")).click();
      await expect(page.getByRole("dialog")).toHaveCount(2);
    },
  },

  // What wants me, and what I have missed.
  {
    name: "inbox",
    shows: (page, t) =>
      page
        .getByRole("list", { name: t("inbox.tab.mine") })
        .getByRole("article")
        .first(),
    at: () => "/inbox",
  },
  {
    name: "inbox, a conversation beside it",
    shows: messages,
    at: (house) => `${harbour(house)}?beside=inbox`,
  },
  {
    name: "inbox, an answer in place",
    at: () => "/inbox",
    open: async (page, t) => {
      await button(page, t("inbox.answer")).first().click();
      await expect(page.getByRole("textbox", { name: t("inbox.answer.field") })).toBeVisible();
    },
    close: (page) => page.keyboard.press("Escape"),
  },
  {
    name: "inbox, put off until when",
    at: () => "/inbox",
    open: async (page, t) => {
      await button(page, t("inbox.snooze")).first().click();
      await page.getByRole("menuitem").last().click();
      await expect(dialog(page)).toBeVisible();
    },
  },
  {
    name: "inbox, to whom it is handed over",
    at: () => "/inbox",
    open: (page, t) => opens(page, button(page, t("inbox.handOver")).first()),
  },
  {
    name: "inbox, what is put off",
    at: () => "/inbox",
    open: (page) => page.locator("summary").click(),
  },
  {
    name: "inbox, whom I wait for",
    at: () => "/inbox",
    open: async (page, t) => {
      await page.getByRole("tab", { name: t("inbox.tab.asked") }).click();
      await expect(page.getByRole("progressbar").first()).toBeVisible();
    },
    close: (page) => page.getByRole("tab").first().click(),
  },
  {
    name: "inbox, nothing in it",
    shows: (page, t) => page.getByText(t("inbox.empty"), { exact: true }),
    who: "eve",
    at: () => "/inbox",
  },
  {
    name: "catch-up",
    at: () => "/catch-up",
    shows: (page, t) => page.getByRole("heading", { name: t("catchUp.conversations"), exact: true }),
  },
  {
    name: "catch-up, since another time",
    at: () => "/catch-up",
    open: async (page, t) => {
      await button(page, t("catchUp.since.own")).click();
      await page.getByLabel(t("catchUp.since.from")).fill("2020-01-01T00:00");
      await expect(page.getByText("2020").first()).toBeVisible();
    },
  },

  // The other places.
  { name: "saved", shows: title("rail.saved"), at: () => "/saved" },
  {
    name: "saved, nothing",
    shows: (page, t) => page.getByText(t("saved.none"), { exact: true }),
    who: "eve",
    at: () => "/saved",
  },
  { name: "search, not begun", shows: title("rail.search"), at: () => "/search" },
  {
    name: "search with results",
    at: () => "/search?q=lamp+from%3A%40ana",
    open: (page) => expect(page.getByRole("article").first()).toBeVisible(),
  },
  {
    name: "search without",
    at: () => "/search?q=submarine",
    open: (page, t) => expect(page.getByText(t("search.none"), { exact: true })).toBeVisible(),
  },
  { name: "people", shows: title("rail.people"), at: () => "/people" },
  {
    name: "people, none found",
    at: () => "/people",
    open: (page, t) => page.getByRole("searchbox", { name: t("people.search") }).fill("?"),
  },
  {
    name: "person",
    shows: (page, t) => page.getByText(t("people.role"), { exact: true }),
    at: ({ bens }) => `/people/${bens}`,
  },
  {
    name: "person who is gone",
    shows: (page, t) => page.getByText(t("people.deactivated")),
    at: ({ gone }) => `/people/${gone}`,
  },
  {
    name: "invite people",
    at: () => "/people",
    open: (page, t) => opens(page, button(page, t("invite.open.button"))),
  },
  {
    name: "invitation made",
    at: () => "/people",
    open: async (page, t) => {
      await button(page, t("invite.open.button")).click();
      await button(page, t("invite.make")).click();
      await expect(dialog(page).getByRole("status")).toBeVisible();
      await dialog(page)
        .getByRole("button", { name: t("invite.revoke") })
        .last()
        .scrollIntoViewIfNeeded();
    },
  },
  { name: "nothing there", shows: title("app.notFound"), at: ({ bens }) => `/c/${bens}` },
  { name: "nobody there", shows: title("app.notFound"), at: () => "/people/0" },
  { name: "no such place", shows: title("app.notFound"), at: () => "/nowhere" },

  // Settings, mine and everybody's.
  { name: "settings", shows: title("rail.settings"), at: () => "/settings" },
  { name: "settings, profile", shows: title("settings.profile"), at: () => "/settings/profile" },
  {
    name: "settings, status",
    at: () => "/settings/profile",
    open: (page, t) => opens(page, button(page, t("status.set"))),
  },
  { name: "settings, hours and quiet", shows: title("settings.hours"), at: () => "/settings/hours" },
  {
    name: "settings, a time out of office",
    at: () => "/settings/hours",
    open: (page, t) => button(page, t("reach.leave.plan")).click(),
  },
  {
    name: "settings, notifications",
    at: () => "/settings/notifications",
    shows: (page, t) => page.getByRole("heading", { name: t("reach.says"), exact: true }),
  },
  {
    name: "settings, who may break through",
    at: () => "/settings/notifications",
    open: async (page, t) => {
      await page.getByRole("combobox", { name: t("reach.through.quiet") }).selectOption("people");
      await page.getByRole("combobox", { name: t("reach.through.who") }).fill("b");
      await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    },
  },
  {
    name: "settings, security",
    at: () => "/settings/security",
    open: async (page, t) => {
      await button(page, t("security.password.change")).last().click();
      await button(page, t("security.passkeys.add")).click();
      await button(page, t("tokens.make")).click();
      await page.getByRole("textbox", { name: t("tokens.name") }).fill("clock tower");
    },
  },
  {
    name: "settings, revoke a token",
    at: () => "/settings/security",
    open: (page, t) => opens(page, button(page, t("tokens.revoke")).first()),
  },
  { name: "settings, looks", shows: title("settings.looks"), at: () => "/settings/looks" },
  { name: "settings, messages", shows: title("settings.messages"), at: () => "/settings/messages" },
  { name: "settings, keyboard", shows: title("settings.keys"), at: () => "/settings/keys" },
  {
    name: "settings of the organisation",
    shows: title("settings.organisation"),
    at: () => "/settings/organisation",
  },
  { name: "settings, people and roles", shows: title("settings.people"), at: () => "/settings/people" },
  {
    name: "settings, recovery link",
    at: () => "/settings/people",
    open: async (page, t) => {
      await opens(page, button(page, t("admin.recover")).first());
      await button(page, t("admin.recover.make")).click();
      await expect(dialog(page).getByRole("status")).toBeVisible();
    },
  },
  {
    name: "settings, change a role",
    at: () => "/settings/people",
    open: async (page) => {
      await page.getByRole("main").getByRole("combobox").nth(1).selectOption("guest");
      await expect(dialog(page)).toBeVisible();
    },
  },
  { name: "settings, groups", shows: title("groups.title"), at: () => "/settings/groups" },
  {
    name: "settings, change a group",
    at: () => "/settings/groups",
    open: (page, t) => opens(page, button(page, t("groups.edit")).first()),
  },
  {
    name: "settings, bots",
    at: () => "/settings/bots",
    open: (page, t) => button(page, t("security.tokens")).first().click(),
  },
  {
    name: "settings, make a bot",
    at: () => "/settings/bots",
    open: (page, t) => opens(page, button(page, t("bots.make")).first()),
  },

  // Over everything.
  { name: "palette", at: () => "/people", open: (page, t) => palette(page, t) },
  { name: "palette with words", at: harbour, open: (page, t) => palette(page, t, "b") },
  {
    name: "keys",
    at: harbour,
    open: async (page, t) => {
      await page.getByRole("feed", { name: t("timeline.label") }).focus();
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: t("keys.title") })).toBeVisible();
    },
  },
  {
    name: "urgent message",
    at: () => "/people",
    open: async (page, _, { ben, kept }) => {
      await ben.ask("POST", `/conversations/${kept}/messages`, {
        body: "@ana the lamp is on fire",
        need: "urgent",
        reason: "It burns",
      });
      await expect(page.getByRole("alertdialog")).toBeVisible();
    },
    close: async (page) => {
      await page.getByRole("alertdialog").getByRole("button").last().click();
      await expect(page.getByRole("alertdialog")).toBeHidden();
    },
  },
  {
    name: "notice",
    at: harbour,
    open: async (page, t, { edited }) => {
      await choose(page, t, edited, "message.copyText");
      await expect(page.getByRole("status").getByText(t("app.copied"))).toBeVisible();
    },
  },

  // Before one is in.
  { name: "sign in", shows: title("enter.title"), who: "nobody", at: () => "/signin" },
  {
    name: "sign in, wrong",
    who: "nobody",
    at: () => "/signin",
    open: async (page, t) => {
      await page.getByRole("textbox", { name: t("enter.email") }).fill("nobody@example.org");
      await page.getByRole("textbox", { name: t("enter.password") }).fill("wrong");
      await button(page, t("enter.signIn")).click();
      await expect(page.getByRole("alert").first()).not.toBeEmpty();
    },
  },
  { name: "setup, done already", shows: title("setup.done"), who: "nobody", at: () => "/setup#used" },
  { name: "invitation, over", shows: title("join.dead"), who: "nobody", at: () => "/join#over" },
  {
    name: "recovery link, over",
    who: "nobody",
    at: () => "/recover#over",
    shows: title("recover.dead"),
  },
  {
    name: "confirm an address, over",
    who: "nobody",
    at: () => "/confirm#over",
    shows: title("confirm.dead"),
  },
  {
    name: "invitation",
    shows: (page, t) => page.getByRole("textbox", { name: t("enter.name") }),
    who: "nobody",
    at: ({ invitation }) => `/join#${new URL(invitation).hash.slice(1)}`,
  },
  {
    name: "invitation, hours",
    who: "nobody",
    at: ({ invitation }) => `/join#${new URL(invitation).hash.slice(1)}`,
    open: async (page, t) => {
      await page.getByRole("textbox", { name: t("enter.name") }).fill("Frank Ito");
      await page.getByRole("textbox", { name: t("enter.email") }).fill("frank@example.org");
      await page.getByRole("textbox", { name: t("enter.password") }).fill("frank likes long sentences");
      await button(page, t("enter.next")).click();
      await expect(page.getByRole("heading", { name: t("setup.hours.title") })).toBeVisible();
    },
  },
];
