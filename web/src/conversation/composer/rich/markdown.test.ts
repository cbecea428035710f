import { getSchema } from "@tiptap/core";
import { describe, expect, it } from "vitest";
import { literal, parse, parseLine } from "./parse";
import { nodesAndMarks } from "./schema";
import { lineOf, offsetAt, positionAt, serialise } from "./serialise";

const schema = getSchema(nodesAndMarks);
const round = (text: string) => serialise(parse(text, schema)).text;

const rich = [
  "plain",
  "two\nlines\n\nand a third",
  "**bold** and *italic* and ***both*** and ~~gone~~ and `code`",
  "__bold__ and _italic_, **_both_ here**, _**b** i_",
  "a [link](https://example.org/x_(y)) and [#general](/c/0123456789abc)",
  "- one\n- two\n  - deeper\n  - still\n- three\n\nafter",
  "* one\n* two",
  "1. one\n2. two\n\n10",
  "3) three\n4) four",
  "- [ ] open\n- [x] done",
  "- one\n\n- loose\n\n- list",
  "- one\n  second line\n\n  after a blank one\n- two",
  "> quoted\n> more\n>\n> - a list\n\nanswer",
  "> one\n\n> another",
  "# Title\ntext\n## **Bold** title",
  "```go\nfunc main() {\n\n\treturn\n}\n```\nafter",
  "````\n```\n````",
  "- item\n  ```sh\n  ls\n  ```",
  "a\n- list after text\n1. and another",
  "\n\nblank lines first",
  "``a`b`` and `` `c` ``",
  "*a **b** c* **a *b* c**",
  "line  \nwith a hard break",
];

// What stays the lines it is written in.
const plain = [
  "| a | b |\n|---|---|\n| 1 | 2 |",
  "Title\n=====",
  "text\n---",
  "---",
  "    indented code",
  "[a]: https://example.org\n\n[a]",
  "<b>html</b>\n<script>alert(1)</script>",
  "~~~\ncode\n~~~",
  "```\nnever closed",
  "- # a title in a list",
  "1. one\n1. one again",
  ">no space",
  "> lazy\ncontinuation",
  "- lazy\ncontinuation",
  "$a*b*c$ and $$x_1 * y_2 * z$$",
  "![picture](https://example.org/a.png)",
  "[bad](javascript:alert(1))",
  '[titled](https://example.org "title")',
  "**spread\nover lines**",
  "\\*not\\* &amp; this",
  "snake_case_name, 2 * 3 * 4, #1, 1., a*, *b, __init.py at https://x.org/*a*/_b",
  "<time:2026-11-23T14:00+01:00> ||spoiler|| :smile: @ana",
];

describe("Markdown in the rich field", () => {
  it.each(rich)("comes out as it went in: %j", (text) => {
    expect(round(text)).toBe(text);
    expect(parse(text, schema).eq(literal(text, schema))).toBe(/^(\n\nblank|plain|two|line)/.test(text));
  });
  it.each(plain)("stays what it is where it cannot be shown: %j", (text) => {
    expect(round(text)).toBe(text);
    const doc = parse(text, schema);
    expect(doc.toString()).toBe(literal(text, schema).toString());
  });
  it("is shown", () => {
    expect(parse("a **b**\n- c\n  - d\n\ne", schema).toString()).toBe(
      'doc(paragraph("a ", bold("b")), bulletList(listItem(paragraph("c"), bulletList(listItem(paragraph("d"))))), paragraph("e"))',
    );
    expect(parse("> - [x] `a`\n\n```js\n1\n```", schema).toString()).toBe(
      'doc(blockquote(bulletList(listItem(paragraph(code("a"))))), paragraph, codeBlock("1"))',
    );
  });

  it("survives whatever is written", () => {
    const next = random(7);
    const pieces = [
      ..."abc  **__~~``[]()<>#>-+1.|$!\\:@&\n\n\n",
      "```",
      "- ",
      "> ",
      "1. ",
      "[x](https://a.b)",
      "    ",
      "\t",
      "- [ ] ",
      "é",
      "א",
      "🎉",
    ];
    for (let n = 0; n < 4_000; n++) {
      const text = Array.from({ length: 1 + (next() % 24) }, () => pieces[next() % pieces.length]).join("");
      expect(round(text).trimEnd(), JSON.stringify(text)).toBe(text.trimEnd());
      const line = text.replaceAll("\n", " ");
      expect(lineOf(parseLine(line, schema))).toBe(line);
    }
  });

  it("is read again as what was shown", () => {
    const next = random(11);
    for (let n = 0; n < 1_000; n++) {
      const doc = randomDoc(next);
      const text = serialise(doc).text;
      const again = parse(text, schema);
      expect(again.toString().replaceAll("paragraph, ", ""), JSON.stringify(text)).toBe(doc.toString());
    }
  });

  it("keeps the place of the caret", () => {
    for (const text of rich) {
      const doc = parse(text, schema);
      const made = serialise(doc);
      for (let at = 0; at <= text.length; at++) {
        const { pos } = positionAt(made, at);
        expect(doc.resolve(pos).parent.isTextblock, `${JSON.stringify(text)} at ${at}`).toBe(true);
        const back = offsetAt(made, pos);
        if (made.runs.some((run) => run.at < at && at < run.at + run.size)) expect(back).toBe(at);
      }
    }
  });
});

/** The same numbers each time. */
function random(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}

/** Words with marks in blocks of all kinds; no two of a kind beside each other, which would be one. */
function randomDoc(next: () => number) {
  const words = ["one", "two", "drei", "été", "(four)", "“five”", "6", "a.b", "🎉"];
  const line = () =>
    Array.from({ length: 1 + (next() % 5) }, () => {
      const marks = ["bold", "italic", "strike", "code"]
        .filter(() => next() % 4 === 0)
        .map((name) => schema.mark(name));
      return [schema.text(words[next() % words.length]!, marks), schema.text(" ")];
    })
      .flat()
      .slice(0, -1);
  const paragraph = () => schema.node("paragraph", null, line());
  let kind = 0;
  const block = (depth: number): ReturnType<typeof paragraph> => {
    const last = kind;
    do kind = next() % (depth > 2 ? 4 : 7);
    while (kind > 3 && kind === last);
    const inside = () => [paragraph(), ...(next() % 3 === 0 ? [block(depth + 1)] : [])];
    const own = kind;
    const items = () =>
      Array.from({ length: 1 + (next() % 3) }, () => schema.node("listItem", null, inside()));
    const made =
      kind < 2
        ? paragraph()
        : kind === 2
          ? schema.node("heading", { level: 1 + (next() % 6) }, line())
          : kind === 3
            ? schema.node("codeBlock", { language: "js" }, schema.text("a\n\n  ``` b"))
            : kind === 4
              ? schema.node("blockquote", null, inside())
              : kind === 5
                ? schema.node("bulletList", null, items())
                : schema.node("orderedList", { start: 1 + (next() % 3) }, items());
    kind = own;
    return made;
  };
  return schema.node(
    "doc",
    null,
    Array.from({ length: 1 + (next() % 4) }, () => block(0)),
  );
}
