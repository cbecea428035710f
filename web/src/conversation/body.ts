import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";

// What the server rendered, made usable: times in the reader's zone, mentions and spoilers that can be reached by key, code that
// can be copied, the words of a search marked. The HTML is sanitised by the server; here only known elements are touched.

export interface Reader {
  me: string;
  groups: Set<string>; // of which I am a member
  nameOf: (person: string) => string | undefined;
  words?: string[]; // to mark
}

const done = new WeakMap<Reader, Map<string, string>>();
const atMost = 500; // bodies of a reader

/** As prepare, but what is scrolled back to is not prepared again. */
export function prepared(html: string, reader: Reader): string {
  const known = done.get(reader) ?? new Map<string, string>();
  done.set(reader, known);
  const had = known.get(html);
  if (had !== undefined) return had;
  if (known.size >= atMost) known.clear();
  const made = prepare(html, reader);
  known.set(html, made);
  return made;
}

export function prepare(html: string, reader: Reader): string {
  if (!/<(time|span|pre|table)\b/.test(html) && !reader.words?.length) return html;
  const template = document.createElement("template");
  template.innerHTML = html;
  const body = template.content;

  for (const time of body.querySelectorAll("time")) {
    const at = time.getAttribute("datetime") ?? "";
    if (Number.isNaN(Date.parse(at))) continue;
    time.textContent = mediumTime(at);
    time.title = `${exactTime(at)}\n${at}`;
  }
  for (const mention of body.querySelectorAll<HTMLElement>("span.mention")) {
    const { person, group, everyone } = mention.dataset;
    if (person) {
      const name = reader.nameOf(person);
      if (name) mention.textContent = `@${name}`;
      mention.setAttribute("role", "button");
      mention.tabIndex = 0;
    }
    if (person === reader.me || (group && reader.groups.has(group)) || everyone)
      mention.classList.add("mine");
  }
  for (const spoiler of body.querySelectorAll<HTMLElement>("span.spoiler")) {
    const hidden = document.createElement("span");
    hidden.append(...spoiler.childNodes);
    hidden.setAttribute("aria-hidden", "true");
    hidden.setAttribute("inert", "");
    spoiler.append(hidden);
    spoiler.setAttribute("role", "button");
    spoiler.setAttribute("aria-label", t("message.spoiler"));
    spoiler.title = t("message.spoiler");
    spoiler.tabIndex = 0;
  }
  for (const pre of body.querySelectorAll("pre")) {
    const frame = document.createElement("div");
    frame.className = "code";
    pre.replaceWith(frame);
    pre.tabIndex = 0; // can be scrolled by key
    pre.setAttribute("role", "group");
    pre.setAttribute("aria-label", t("message.code"));
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = t("message.copyCode");
    frame.append(pre, copy);
  }
  for (const table of body.querySelectorAll("table")) {
    const frame = document.createElement("div");
    frame.className = "wide";
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", t("message.table"));
    table.replaceWith(frame);
    frame.append(table);
  }
  if (reader.words?.length) mark(body, reader.words);
  return template.innerHTML;
}

function mark(body: DocumentFragment, words: string[]) {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`,
    "giu",
  );
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = text.data.split(pattern);
    if (parts.length < 2) continue;
    text.replaceWith(
      ...parts.map((part, index) => {
        if (index % 2 === 0) return part;
        const found = document.createElement("mark");
        found.textContent = part;
        return found;
      }),
    );
  }
}

/** Shows a spoiler. */
export function reveal(spoiler: HTMLElement) {
  spoiler.classList.add("shown");
  for (const name of ["role", "aria-label", "title", "tabindex"]) spoiler.removeAttribute(name);
  const hidden = spoiler.firstElementChild;
  hidden?.removeAttribute("aria-hidden");
  hidden?.removeAttribute("inert");
}

/** Sets the formulas of a message as MathML; loads what that needs. */
export async function setMath(root: HTMLElement) {
  const formulas = root.querySelectorAll<HTMLElement>("span.math[data-math]");
  if (formulas.length === 0) return;
  const { default: temml } = await import("temml");
  for (const formula of formulas) {
    const tex = formula.dataset.math ?? "";
    formula.removeAttribute("data-math");
    try {
      temml.render(tex, formula, {
        displayMode: formula.classList.contains("display"),
        throwOnError: true,
        maxExpand: 200,
        maxSize: [20, 20],
      });
      formula.title = tex;
    } catch {
      formula.textContent = tex; // readable as it was written
    }
  }
}
