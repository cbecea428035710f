import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

// What can be said of a screen without knowing which one it is.

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ofColours = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong; after a change of theme alone, only colours are looked at. */
export async function barriers(page: Page, what: "all" | "colours" = "all"): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await (what === "all"
    ? axe.withTags(standards)
    : axe.withRules(ofColours)
  ).analyze();
  const found: string[] = [];
  for (const { id, nodes } of violations)
    for (const { target, failureSummary } of nodes.slice(0, 5)) {
      const at = target.join(" ");
      if (id === "heading-order" && (await page.locator(at).evaluate(inMessage))) continue;
      found.push(`${id}: ${at} (${failureSummary?.split("\n").at(1)?.trim()})`);
    }
  return found;
}

/** Which headings a message has is its writer's choice. */
const inMessage = (element: Element) => !!element.closest("article");

/** What does not fit into the window's width: what scrolls sideways, and words and controls that are cut off. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} ${element.getAttribute("class") ?? ""}> "${(element.textContent ?? "").trim().slice(0, 40)}"`;
    // What people wrote may end in an ellipsis where it stands in a list; code, tables and formulas may scroll.
    const written = (element: Element) => !!element.closest("[dir]:not(html), time, [role=option]");
    const mayScroll = "pre, code, textarea, input, .wide, .math, math";
    if (document.documentElement.scrollWidth > innerWidth) found.add("the page scrolls sideways");

    const check = (box: DOMRect, element: Element, within: Element | null) => {
      if (box.width === 0 || box.height === 0) return;
      for (let around = within; around; around = around.parentElement) {
        const { overflowX, textOverflow, position } = getComputedStyle(around);
        if (/auto|scroll/.test(overflowX) && around.matches(mayScroll)) return;
        if (/hidden|clip/.test(overflowX)) {
          const edge = around.getBoundingClientRect();
          if (edge.width <= 1) return; // for a screen reader only
          if (box.left < edge.left - 1.5 || box.right > edge.right + 1.5) {
            if (!(textOverflow === "ellipsis" && written(element))) found.add(`cut off: ${name(element)}`);
            return;
          }
        }
        if (position === "fixed") break;
      }
      if (box.left < -1.5 || box.right > innerWidth + 1.5)
        found.add(`outside of the window: ${name(element)}`);
    };

    for (const element of document.querySelectorAll("[role=menu], [role=dialog], [role=tooltip]")) {
      const { top, bottom } = element.getBoundingClientRect();
      if (element.checkVisibility() && (top < -1 || bottom > innerHeight + 1))
        found.add(`above or below the window: ${name(element)}`);
    }
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest(".aloud")) continue;
      const { overflowX } = getComputedStyle(element);
      const scrolls = /auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1;
      if (scrolls && !element.closest(mayScroll)) found.add(`scrolls sideways: ${name(element)}`);
      if (element.matches("button, a, input, select, textarea, img"))
        check(element.getBoundingClientRect(), element, element.parentElement);
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        check(range.getBoundingClientRect(), element, element);
      }
    }
    return [...found];
  });
}

// What people have written, or is the same in every language: names, messages, handles, emoji, keys, filters of a search.
const notOurs = [
  ...[
    "[dir]:not(html)",
    "article [class*=body]",
    "time",
    "kbd",
    "code",
    "[lang]:not(html)",
    "[role=option] small",
    "[role=textbox]",
  ],
  ...["img", "[class*=picker]", "[class*=chips]", "script", "noscript", "style"],
].join();

/** All that the app says on the page, to the eye and to the ear. */
function said(page: Page): Promise<string[]> {
  return page.evaluate((notOurs) => {
    const texts = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const around = walker.currentNode.parentElement;
      if (around?.checkVisibility() && !around.closest(notOurs))
        texts.add(walker.currentNode.textContent?.trim() ?? "");
    }
    for (const element of document.querySelectorAll("body *"))
      for (const attribute of ["aria-label", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(attribute)?.trim();
        if (text && element.checkVisibility() && !element.closest(notOurs)) texts.add(text);
      }
    return [...texts];
  }, notOurs);
}

// Names of days and months come from the browser, in its own English; so do the cities of time zones.
const fromTheBrowser =
  /\b(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?\b|\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|\b(at|and|bytes?|AM|PM|am|pm|GMT|UTC)\b|Central European (Standard|Summer) Time/g;

/** In the accented language: letters that no catalogue has seen, and nobody has written. */
export async function untranslated(page: Page, written: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const text of await said(page)) {
    let left = text;
    for (let before = ""; before !== left; ) {
      before = left;
      left = left.replace(/\[[^[\]]*\]/g, " "); // from the catalogue, with the values in it
    }
    for (const one of written) left = left.replaceAll(one, " ");
    left = left
      .replace(fromTheBrowser, " ")
      .replace(/@\S+|\S+@\S+|https?:\S+|#\S+|\((?:ctrl|alt)[^)]*\)|Mozilla\S.*/g, " ");
    if (/[a-z]{2}/.test(left)) found.push(text);
  }
  return found;
}

/** Which of these texts are on the page. */
export async function seen(page: Page, texts: string[]): Promise<string[]> {
  const wanted = new Set(texts);
  return (await said(page)).filter((text) => wanted.has(text));
}

/** Waits until nothing is on its way: no spinner, every picture there, drawn once more. */
export async function settled(page: Page) {
  await page.waitForFunction(() => {
    const busy = document.querySelector("[class*=spinner], [aria-busy=true], [data-loading]");
    const pictures = [...document.images].filter(
      (image) => image.loading !== "lazy" && image.checkVisibility(),
    );
    return !busy && pictures.every((image) => image.complete);
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
