import type { SyntaxNode } from "@lezer/common";
import { Autolink, parser as commonmark, type MarkdownConfig, Strikethrough } from "@lezer/markdown";
import type { Mark, Node, Schema } from "@tiptap/pm/model";
import { mayLink } from "../links";
import { gap, lineOf, markdownOf, needsPadding } from "./serialise";

// From Markdown to the document of the rich field. The one promise: serialise(parse(text)) is text. A block that would not come out
// as it went in is left as the lines it is written in.

/** $a*b*c$ is not emphasis: by the same rule as the server's (internal/markdown/math.go). */
const math: MarkdownConfig = {
  defineNodes: ["Math"],
  parseInline: [
    {
      name: "Math",
      before: "Emphasis",
      parse(cx, next, pos) {
        if (next !== 36) return -1;
        const found = /^(\$\$(?!\$)[^$]+\$\$|\$(?![\s$])(?:[^$\n]*[^\s$\\])?\$(?![\d$]))/.exec(
          cx.slice(pos, cx.end),
        );
        if (!found || /[\p{L}\p{N}_$]/u.test(cx.slice(Math.max(cx.offset, pos - 1), pos))) return -1;
        return cx.addElement(cx.elt("Math", pos, pos + found[0].length));
      },
    },
  ],
};

const markdown = commonmark.configure([
  Strikethrough,
  Autolink,
  math,
  { remove: ["HTMLBlock", "HTMLTag"] }, // text, for the server too
]);
const oneLine = markdown.configure({
  remove: [
    "LinkReference",
    "IndentedCode",
    "FencedCode",
    "Blockquote",
    "HorizontalRule",
    "BulletList",
    "OrderedList",
    "ATXHeading",
    "SetextHeading",
  ],
});

const deepest = 8;

/** The document that shows this Markdown. */
export function parse(text: string, schema: Schema): Node {
  const doc = schema.nodes.doc!;
  const made = doc.create(null, blocks(text, schema, 0));
  return markdownOf(made).trimEnd() === text.trimEnd() ? made : literal(text, schema);
}

/** The same text, all of it as it is written. */
export const literal = (text: string, schema: Schema) =>
  schema.nodes.doc!.create(null, plainLines(text, schema));

/** The inline content of one line. */
export function parseLine(text: string, schema: Schema): Node {
  const paragraph = oneLine.parse(text).topNode.firstChild;
  const made = paragraph && inlineLines(paragraph, text, 0, text.length, schema)[0];
  return made && lineOf(made) === text ? made : plainLines(text, schema)[0]!;
}

const plainLines = (text: string, schema: Schema) =>
  text.split("\n").map((line) => schema.nodes.paragraph!.create(null, line ? schema.text(line) : null));

function blocks(text: string, schema: Schema, depth: number): Node[] {
  const made: Node[] = [];
  let end = -1; // of the line before
  const fill = (lines: number) => {
    for (let n = 0; n < lines; n++) made.push(schema.nodes.paragraph!.create());
  };
  for (let node = markdown.parse(text).topNode.firstChild; node; node = node.nextSibling) {
    const from = text.lastIndexOf("\n", node.from - 1) + 1;
    const until = text.indexOf("\n", node.to);
    const to = until < 0 ? text.length : until;
    if (from <= end) continue; // a line that is shown already
    const source = text.slice(from, to);
    const nodes = exact(block(node, source, text, from, to, schema, depth), source, schema);
    const blank = text.slice(Math.max(0, end), from).split("\n").length - (end < 0 ? 1 : 2);
    fill(blank === 1 && made.length ? 1 - gap(made.at(-1)!, nodes[0]!) : blank);
    made.push(...nodes);
    end = to;
  }
  fill(text.slice(Math.max(0, end)).split("\n").length - (end < 0 ? 0 : 1));
  return made;
}

function exact(nodes: Node[] | undefined, source: string, schema: Schema): Node[] {
  const same = nodes && markdownOf(schema.nodes.doc!.create(null, nodes)) === source;
  return same ? nodes : plainLines(source, schema);
}

function block(
  node: SyntaxNode,
  source: string,
  text: string,
  from: number,
  to: number,
  schema: Schema,
  depth: number,
): Node[] | undefined {
  switch (node.name) {
    case "Paragraph":
      return inlineLines(node, text, from, to, schema);
    case "FencedCode":
      return code(source, schema);
  }
  if (/^ATXHeading[1-6]$/.test(node.name)) {
    const [, marks, rest] = /^(#{1,6}) (.*)$/.exec(source) ?? [];
    if (!marks) return undefined;
    return [schema.nodes.heading!.create({ level: marks.length }, parseLine(rest ?? "", schema).content)];
  }
  if (depth >= deepest) return undefined;
  if (node.name === "Blockquote") {
    const lines = source.split("\n");
    if (!lines.every((line) => line.startsWith("> ") || line === ">")) return undefined;
    const inside = lines.map((line) => line.slice(2)).join("\n");
    return [schema.nodes.blockquote!.create(null, blocks(inside, schema, depth + 1))];
  }
  if (node.name === "BulletList" || node.name === "OrderedList") return list(node, text, schema, depth);
  return undefined;
}

function code(source: string, schema: Schema): Node[] | undefined {
  const lines = source.split("\n");
  const [, fence, language] = /^(`{3,})([^`\s]*)$/.exec(lines[0] ?? "") ?? [];
  if (!fence || lines.length < 2 || lines.at(-1) !== fence) return undefined;
  const text = lines.slice(1, -1).join("\n");
  return [schema.nodes.codeBlock!.create({ language }, text ? schema.text(text) : null)];
}

function list(node: SyntaxNode, text: string, schema: Schema, depth: number): Node[] | undefined {
  const items: Node[] = [];
  let first = "";
  let end = -1;
  let blank = 0;
  for (let item = node.firstChild; item; item = item.nextSibling) {
    if (item.name !== "ListItem") continue;
    const until = text.indexOf("\n", item.to);
    const source = text.slice(item.from, until < 0 ? text.length : until);
    const [mark] = /^([-+*]|\d{1,9}[.)]) /.exec(source) ?? [];
    if (!mark) return undefined;
    const between = end < 0 ? 0 : text.slice(end, item.from).split("\n").length - 2;
    if (items.length === 1) blank = between;
    if (between > 1 || (items.length > 1 && between !== blank)) return undefined;
    first ||= mark;
    const indent = " ".repeat(mark.length);
    const [line, ...others] = source.slice(mark.length).split("\n");
    if (!others.every((other) => other === "" || other.startsWith(indent))) return undefined;
    const box = /^\[[ x]\] /.exec(line!)?.[0];
    const inside = [line!.slice(box?.length ?? 0), ...others.map((other) => other.slice(indent.length))];
    const content = blocks(inside.join("\n"), schema, depth + 1);
    if (content[0]?.type.name !== "paragraph") return undefined;
    items.push(schema.nodes.listItem!.create({ done: box ? box === "[x] " : null }, content));
    end = item.from + source.length;
  }
  const loose = blank === 1;
  const number = Number.parseInt(first, 10);
  return [
    Number.isNaN(number)
      ? schema.nodes.bulletList!.create({ mark: first[0], loose }, items)
      : schema.nodes.orderedList!.create({ start: number, mark: first.at(-2), loose }, items),
  ];
}

/** The lines of a paragraph with the marks that are in it. */
function inlineLines(paragraph: SyntaxNode, text: string, from: number, to: number, schema: Schema): Node[] {
  const lines: Node[][] = [[]];
  const say = (start: number, end: number, marks: readonly Mark[]) => {
    for (const [n, part] of text.slice(start, end).split("\n").entries()) {
      if (n) lines.push([]);
      if (part) lines.at(-1)!.push(schema.text(part, marks));
    }
  };
  const inside = (node: SyntaxNode, start: number, end: number, marks: readonly Mark[]) => {
    let at = start;
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.from < start || child.to > end) continue; // the marks themselves
      const found = markOf(child, text, schema);
      if (!found) continue;
      say(at, child.from, marks);
      inside(child, found.from, found.to, found.mark.addToSet(marks));
      at = child.to;
    }
    say(at, end, marks);
  };
  inside(paragraph, from, to, []);
  return lines.map((line) => schema.nodes.paragraph!.create(null, line));
}

const kinds: Record<string, string> = {
  Emphasis: "italic",
  StrongEmphasis: "bold",
  Strikethrough: "strike",
  InlineCode: "code",
  Link: "link",
};

function markOf(node: SyntaxNode, text: string, schema: Schema) {
  const kind = kinds[node.name];
  if (!kind) return undefined;
  const type = schema.marks[kind]!;
  const [open, close] = [node.firstChild!, node.lastChild!];
  if (kind !== "link") {
    const mark = text.slice(open.from, open.to);
    if (
      kind === "code" &&
      /^ .* $/.test(text.slice(open.to, close.from)) &&
      needsPadding(text.slice(open.to + 1, close.from - 1))
    )
      return { mark: type.create(), from: open.to + 1, to: close.from - 1 };
    const attrs = kind === "code" ? null : { mark };
    return { mark: type.create(attrs), from: open.to, to: close.from };
  }
  const url = node.getChild("URL");
  const href = url && text.slice(url.from, url.to);
  const end = node.getChildren("LinkMark")[1]?.from;
  if (!href || !end || node.getChild("LinkTitle") || end === open.to || !mayLink(href)) return undefined;
  return { mark: type.create({ href }), from: open.to, to: end };
}
