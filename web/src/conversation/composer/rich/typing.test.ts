import { Editor } from "@tiptap/core";
import { afterEach, describe, expect, it } from "vitest";
import { Editing, newLine } from "./editing";
import { nodesAndMarks } from "./schema";
import { serialise } from "./serialise";
import { Typing } from "./typing";

let editor: Editor;
afterEach(() => editor.destroy());

/** What is sent after these keys; \n is the key for a new line. */
function sent(keys: string): string {
  const element = document.createElement("div");
  document.body.append(element);
  editor = new Editor({ element, injectCSS: false, extensions: [...nodesAndMarks, Editing, Typing] });
  for (const key of keys) press(key);
  element.remove();
  return serialise(editor.state.doc).text;
}

function press(key: string) {
  const { view } = editor;
  const { from, to } = view.state.selection;
  if (key === "\n") newLine(editor);
  else if (key === "←") editor.commands.setTextSelection(from - 1);
  else if (key === "\b")
    view.someProp("handleKeyDown", (f) => f(view, new KeyboardEvent("keydown", { key: "Backspace" })));
  else if (
    !view.someProp("handleTextInput", (f) =>
      f(view, from, to, key, () => view.state.tr.insertText(key, from, to)),
    )
  )
    view.dispatch(view.state.tr.insertText(key, from, to));
}

describe("typing Markdown", () => {
  it.each([
    "plain words, 2 * 3 * 4 = 24, snake_case_name and __init__.py",
    "a **b** *c* ***d*** _e_ __f__ ~~g~~ `h*i*` [j](https://example.org) ![k](https://example.org/l.png)",
    "**b *c* d** *e **f** g*",
    "one* two** three_ `four",
    "\\*not\\* $a*b*c$ ||spoiler|| :smile: <b>no</b> a|b",
    "#1 is not a title, 1.5 not a list, -1 neither",
    "in the year\n1984. was the book",
    "# Title\n## Other\ntext",
    "| a | b |\n|---|---|\n| 1 | *2* |",
    "<time:2026-11-23T14:00+01:00> https://example.org/*a*/_b_ x",
    "a\n\nb\n\n\nc",
  ])("sends what was typed: %j", (text) => {
    expect(sent(text)).toBe(text);
  });

  it.each([
    ["- a\nb\n\nc", "- a\n- b\n\nc"],
    ["1. a\nb", "1. a\n2. b"],
    ["- [ ] a\nb", "- [ ] a\n- [ ] b"],
    ["> a\nb\n\nc", "> a\n> b\n\nc"],
    ["```js\na\n\nb\n\n\nc", "```js\na\n\nb\n```\nc"],
    ["text\n- a", "text\n- a"],
  ])("goes on with what was begun: %j", (keys, text) => {
    expect(sent(keys)).toBe(text);
  });

  it("looks at the whole line", () => {
    expect(sent("b←_a_")).toBe("_a_b");
    expect(editor.state.doc.toString()).toBe('doc(paragraph("_a_b"))');
    editor.destroy();
    expect(sent("b←*a*")).toBe("*a*b");
    expect(editor.state.doc.toString()).toBe('doc(paragraph(italic("a"), "b"))');
    editor.destroy();
    expect(sent("**ab**←*y* z")).toBe("**a*y* zb**");
    expect(editor.state.doc.toString()).toBe('doc(paragraph(bold("a"), bold(italic("y")), bold(" zb")))');
  });

  it("is taken back by Backspace at once", () => {
    expect(sent("**a**\b")).toBe("**a**");
    expect(editor.isActive("bold")).toBe(false);
    expect(editor.state.doc.toString()).toBe('doc(paragraph("**a**"))');
    editor.destroy();
    expect(sent("- \b")).toBe("- ");
    expect(editor.state.doc.toString()).toBe('doc(paragraph("- "))');
  });

  it("sends what was typed, whatever it is", () => {
    let state = 5;
    const next = (n: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state >>> 8) % n;
    };
    const keys = [..."aab  **__~~``[]()!$|\\<:@é🎉"];
    for (let n = 0; n < 150; n++) {
      const text = `x${Array.from({ length: next(30) }, () => keys[next(keys.length)]).join("")}`;
      expect(sent(text), JSON.stringify(text)).toBe(text);
      editor.destroy();
    }
  }, 30_000);
});
