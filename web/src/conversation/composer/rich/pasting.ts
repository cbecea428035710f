import { Fragment, type Node, type Schema, Slice } from "@tiptap/pm/model";
import type { EditorView } from "@tiptap/pm/view";
import { literal, parse } from "./parse";
import { lineOf, markdownOf } from "./serialise";

// What comes from elsewhere becomes what a message can hold. Text is read as Markdown (with shift: taken as it is), the HTML of web
// pages through the schema: what is not in it leaves its text. Styles, scripts and pictures never get as far as the page.

const lineBreak = "\u2028"; // survives the reading of HTML; a line of ours afterwards

/** Text that is pasted. */
export function pastedText(text: string, plain: boolean, view: EditorView): Slice {
  const { schema } = view.state;
  const clean = text.replaceAll(/\r\n?/g, "\n").replace(/\n+$/, "");
  const doc = plain ? literal(clean, schema) : parse(clean, schema);
  const open = (node: Node | null) => (node?.type.name === "paragraph" ? 1 : 0);
  return new Slice(doc.content, open(doc.firstChild), open(doc.lastChild));
}

/** What the clipboard gets as text: Markdown. */
export function copiedText(slice: Slice): string {
  const { content } = slice;
  const only = content.childCount === 1 ? content.firstChild : undefined;
  if (only?.isTextblock && slice.openStart > 0) return only.type.spec.code ? only.textContent : lineOf(only);
  const schema = only?.type.schema ?? content.firstChild?.type.schema;
  if (!schema) return "";
  const doc = schema.nodes.doc!;
  return doc.validContent(content)
    ? markdownOf(doc.create(null, content))
    : content.textBetween(0, content.size, "\n");
}

/** HTML that is pasted, before it is read. */
export function pastedHTML(html: string): string {
  if (/data-pm-slice/.test(html)) return html; // our own
  // In strings, so that no document ever sees a style: the policy would complain even of one that is never shown.
  const harmless = html
    .replaceAll(/<(style|script|template|head|svg|math)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replaceAll(/<b\b[^>]*font-weight:\s*normal[^>]*>/gi, "<b data-none>") // the frame of Google Docs
    .replaceAll(/\s(style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");
  const { body } = new DOMParser().parseFromString(harmless, "text/html");
  for (const one of body.querySelectorAll("b[data-none]")) one.replaceWith(...one.childNodes);
  for (const one of body.querySelectorAll("style, script, template, img, button, [hidden]")) one.remove();
  for (const br of body.querySelectorAll("br")) if (!br.closest("pre")) br.replaceWith(lineBreak);
  for (const table of body.querySelectorAll("table")) table.replaceWith(...tableLines(table));
  return body.innerHTML;
}

/** A table as the lines of Markdown that make it. */
function tableLines(table: HTMLTableElement): HTMLElement[] {
  const rows = [...table.rows].map((row) =>
    [...row.cells].map((cell) =>
      (cell.textContent ?? "").trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|"),
    ),
  );
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return [];
  const line = (cells: string[]) =>
    `| ${Array.from({ length: width }, (_, n) => cells[n] ?? "").join(" | ")} |`;
  const lines = [line(rows[0]!), `|${" --- |".repeat(width)}`, ...rows.slice(1).map(line)];
  return lines.map((text) => {
    const p = table.ownerDocument.createElement("p");
    p.textContent = text;
    return p;
  });
}

/** What was read: a line for each break, nothing empty around it. */
export function pastedSlice(slice: Slice, { state: { schema } }: EditorView): Slice {
  const content = split(slice.content, schema);
  const same = content.childCount === slice.content.childCount;
  return same ? new Slice(content, slice.openStart, slice.openEnd) : Slice.maxOpen(content);
}

function split(fragment: Fragment, schema: Schema): Fragment {
  const made: Node[] = [];
  fragment.forEach((node) => {
    if (!node.isTextblock || node.type.spec.code)
      made.push(node.isText ? node : node.copy(split(node.content, schema)));
    else made.push(...lines(node, schema));
  });
  return Fragment.from(made);
}

function lines(block: Node, schema: Schema): Node[] {
  if (!block.textContent.includes(lineBreak)) return [block];
  const made: Node[][] = [[]];
  block.forEach((node) => {
    for (const [n, part] of (node.text ?? "").split(lineBreak).entries()) {
      if (n) made.push([]);
      const text = part.trimStart() === part || made.at(-1)!.length ? part : part.trimStart();
      if (text) made.at(-1)!.push(schema.text(text, node.marks));
    }
  });
  return made.map((line, n) =>
    n ? schema.nodes.paragraph!.create(null, line) : block.copy(Fragment.from(line)),
  );
}
