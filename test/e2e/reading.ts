import { expect, type Locator, type Page } from "@playwright/test";

// Where things are, by the names that a screen reader says.

export const timeline = (page: Page) => page.getByRole("feed", { name: "Messages" });
export const thread = (page: Page) => page.getByRole("complementary", { name: "Thread" });
export const composer = (page: Page, name = /^Write /) =>
  page.getByRole("main").getByRole("textbox", { name });
export const conversations = (page: Page) => page.getByRole("navigation", { name: "Conversations" });
export const banner = (page: Page) => page.getByRole("status").filter({ hasText: "No connection" });

/** A message by what it says. */
export const message = (place: Locator, text: string | RegExp) =>
  place.getByRole("article").filter({ hasText: text });

/** What stands in a field to write in, whichever of the two it is: its lines. */
export const written = (field: Locator) =>
  field.evaluate((one) =>
    one instanceof HTMLTextAreaElement
      ? one.value
      : [...one.querySelectorAll("p, pre, h3, h4, h5, h6")].map((line) => line.textContent).join("\n"),
  );

/** Writes and sends. The field may be replaced by the rich one just when it gets the focus: then the text is in neither. */
export async function say(field: Locator, text: string) {
  await expect(async () => {
    await field.fill(text);
    expect(await written(field)).not.toBe("");
  }).toPass();
  await field.press("Enter");
}

/** Chooses an entry of a message's menu. */
export async function choose(said: Locator, entry: string) {
  await said.hover();
  await said.getByRole("toolbar", { name: "Actions" }).getByRole("button", { name: "More" }).click();
  await said.page().getByRole("menuitem", { name: entry, exact: true }).click();
}
