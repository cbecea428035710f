import type { Mark, Node } from "@tiptap/pm/model";

// From the document of the rich field to Markdown. Text is written as it stands, never escaped: what a person typed is what is sent.

/** Where characters of the Markdown stand in the document. */
export interface Run {
  at: number; // in the Markdown
  pos: number; // in the document
  size: number;
}

interface Line {
  text: string;
  runs: Run[];
}

export interface Serialised {
  text: string;
  runs: Run[];
}

export function serialise(doc: Node): Serialised {
  const runs: Run[] = [];
  let text = "";
  for (const [index, line] of blocks(doc, 0).entries()) {
    if (index) text += "\n";
    for (const run of line.runs) runs.push({ ...run, at: run.at + text.length });
    text += line.text;
  }
  return { text, runs };
}

/** The Markdown of some blocks, without their places. */
export const markdownOf = (parent: Node) =>
  blocks(parent, 0)
    .map((line) => line.text)
    .join("\n");

/** The Markdown of one line. */
export const lineOf = (textblock: Node) => inline(textblock, 0).text;

function blocks(parent: Node, start: number): Line[] {
  const lines: Line[] = [];
  parent.forEach((child, offset, index) => {
    if (index)
      for (let n = gap(parent.child(index - 1), child); n > 0; n--) lines.push({ text: "", runs: [] });
    lines.push(...block(child, start + offset));
  });
  return lines;
}

/** How many blank lines must stand between two blocks so that the second is not taken for a part of the first. */
export function gap(a: Node, b: Node): number {
  const [before, after] = [a.type.name, b.type.name];
  const open = before === "blockquote" || isList(a);
  if (after === "paragraph") return open && b.content.size > 0 ? 1 : 0;
  if (after === "blockquote") return before === "blockquote" ? 1 : 0;
  if (!isList(b) || (!open && (before !== "paragraph" || a.content.size === 0))) return 0;
  const empty = b.firstChild?.childCount === 1 && b.firstChild.firstChild?.content.size === 0;
  return (after === "orderedList" && b.attrs.start !== 1 && before !== after) || (empty && before !== after)
    ? 1
    : 0;
}

const isList = (node: Node) => node.type.name === "bulletList" || node.type.name === "orderedList";

function block(node: Node, pos: number): Line[] {
  switch (node.type.name) {
    case "heading":
      return [prefixed(inline(node, pos + 1), `${"#".repeat(node.attrs.level)} `)];
    case "codeBlock":
      return code(node, pos + 1);
    case "blockquote":
      return blocks(node, pos + 1).map((line) => prefixed(line, line.text ? "> " : ">"));
    case "bulletList":
    case "orderedList":
      return list(node, pos + 1);
    default:
      return [inline(node, pos + 1)];
  }
}

const prefixed = (line: Line, prefix: string): Line => ({
  text: prefix + line.text,
  runs: line.runs.map((run) => ({ ...run, at: run.at + prefix.length })),
});

function code(node: Node, pos: number): Line[] {
  const text = node.textContent;
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const lines: Line[] = [];
  let at = 0;
  for (const line of text === "" ? [] : text.split("\n")) {
    lines.push({ text: line, runs: [{ at: 0, pos: pos + at, size: line.length }] });
    at += line.length + 1;
  }
  const first = {
    text: fence + node.attrs.language,
    runs: text === "" ? [{ at: fence.length, pos, size: 0 }] : [],
  };
  return [first, ...lines, { text: fence, runs: [] }];
}

function list(node: Node, start: number): Line[] {
  const lines: Line[] = [];
  node.forEach((item, offset, index) => {
    const mark =
      node.type.name === "bulletList"
        ? `${node.attrs.mark} `
        : `${node.attrs.start + index}${node.attrs.mark} `;
    const box = item.attrs.done === null ? "" : item.attrs.done ? "[x] " : "[ ] ";
    const indent = " ".repeat(mark.length);
    if (index && node.attrs.loose) lines.push({ text: "", runs: [] });
    for (const [n, line] of blocks(item, start + offset + 1).entries())
      lines.push(n === 0 ? prefixed(line, mark + box) : line.text ? prefixed(line, indent) : line);
  });
  return lines;
}

interface Span {
  mark: Mark;
  from: number;
  to: number;
  open: string;
  close: string;
}

/** One line with its marks, from the widest to the narrowest, so that they are nested. */
function inline(parent: Node, pos: number): Line {
  const text = parent.textContent;
  if (text === "") return { text, runs: [{ at: 0, pos, size: 0 }] };
  const spans = spansOf(parent, text);
  const line: Line = { text: "", runs: [] };
  const open: Span[] = [];
  const edges = [...new Set([0, text.length, ...spans.flatMap((span) => [span.from, span.to])])].sort(
    (a, b) => a - b,
  );
  for (const [index, edge] of edges.entries()) {
    // Close what ends here; what lies across it is closed too and opened again.
    const ends = open.findIndex((span) => span.to <= edge);
    const again = ends < 0 ? [] : open.splice(ends);
    for (const span of again.toReversed()) line.text += span.close;
    const begins = [...again.filter((span) => span.to > edge), ...spans.filter((span) => span.from === edge)];
    for (const span of begins.sort((a, b) => b.to - a.to || spans.indexOf(a) - spans.indexOf(b))) {
      line.text += span.open;
      open.push(span);
    }
    const next = edges[index + 1];
    if (next === undefined) break;
    const part = text.slice(edge, next);
    line.runs.push({ at: line.text.length, pos: pos + edge, size: part.length });
    line.text += part;
  }
  return line;
}

const order = ["bold", "italic", "strike", "link", "code"];

/** The stretches of a line that have a mark, with what is written around them. */
function spansOf(parent: Node, text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  parent.forEach((node) => {
    for (const mark of node.marks) {
      const last = spans.findLast(
        (span) => span.mark.type === mark.type && span.mark.attrs.href === mark.attrs.href,
      );
      if (last?.to === at) last.to += node.nodeSize;
      else spans.push({ mark, from: at, to: at + node.nodeSize, open: "", close: "" });
    }
    at += node.nodeSize;
  });
  for (const span of spans) write(span, text);
  return spans
    .filter((span) => span.to > span.from)
    .sort((a, b) => order.indexOf(a.mark.type.name) - order.indexOf(b.mark.type.name));
}

const isSpace = (char: string | undefined) => char === undefined || /\s/u.test(char);
const isWord = (char: string | undefined) => char !== undefined && /[^\s\p{P}\p{S}]/u.test(char);
const isMark = (char: string | undefined) => !isSpace(char) && !isWord(char);

function write(span: Span, text: string) {
  const { mark } = span;
  const inside = text.slice(span.from, span.to);
  if (mark.type.name === "code") {
    const ticks = "`".repeat(Math.max(0, ...(inside.match(/`+/g) ?? []).map((found) => found.length)) + 1);
    const pad = needsPadding(inside) ? " " : "";
    span.open = ticks + pad;
    span.close = pad + ticks;
    return;
  }
  if (mark.type.name === "link") {
    span.open = "[";
    span.close = `](${mark.attrs.href})`;
    return;
  }
  // A mark must touch what it marks, and may not stand between a letter and a sign (CommonMark 6.2): it moves inwards. One that
  // was typed stays where it was typed.
  while (span.from < span.to && isSpace(text[span.from])) span.from++;
  while (span.to > span.from && isSpace(text[span.to - 1])) span.to--;
  span.open = span.close = mark.attrs.mark ?? usual[mark.type.name];
  if (mark.attrs.mark) return;
  while (span.from < span.to && isMark(text[span.from]) && isWord(text[span.from - 1])) span.from++;
  while (span.to > span.from && isMark(text[span.to - 1]) && isWord(text[span.to])) span.to--;
}

const usual: Record<string, string> = { bold: "**", italic: "*", strike: "~~" };

/** Code that begins or ends with a backtick, or would lose the spaces around it (CommonMark 6.1). */
export const needsPadding = (code: string) => /^`|`$|^ .*[^ ].* $/.test(code);

/** The place in the document of a place in the Markdown: the nearest one, where it is inside a mark. */
export function positionAt(
  { runs }: Serialised,
  at: number,
): { pos: number; side: "before" | "inside" | "after" } {
  let best: { pos: number; side: "before" | "inside" | "after" } = { pos: 1, side: "inside" };
  let distance = Number.POSITIVE_INFINITY;
  for (const run of runs) {
    const end = run.at + run.size;
    const off = Math.max(0, run.at - at, at - end);
    if (off >= distance) continue;
    distance = off;
    best = {
      pos: Math.min(run.pos + run.size, Math.max(run.pos, run.pos + at - run.at)),
      side: at <= run.at ? "before" : at > end ? "after" : "inside",
    };
  }
  return best;
}

/** The place in the Markdown of a place in the document. */
export function offsetAt({ runs, text }: Serialised, pos: number): number {
  const run =
    runs.findLast((one) => one.pos <= pos && pos <= one.pos + one.size) ??
    runs.findLast((one) => one.pos <= pos);
  return run ? Math.min(run.at + Math.min(run.size, pos - run.pos), text.length) : 0;
}
