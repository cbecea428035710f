import { Extension, InputRule } from "@tiptap/core";
import type { Node, ResolvedPos } from "@tiptap/pm/model";
import { TextSelection, type Transaction } from "@tiptap/pm/state";
import { findWrapping } from "@tiptap/pm/transform";
import { parseLine } from "./parse";
import { lineOf } from "./serialise";

// Markdown that is typed becomes what it means, at the character that completes it. Nothing happens where the Markdown would be
// another one afterwards: then what was typed stays, and is sent. Backspace at once takes it back.

export const Typing = Extension.create({
  name: "typing",
  addInputRules: () => [
    new InputRule({
      find: /[*_~`)]$/,
      handler: ({ state, range }) => spans(state.tr, state.doc.resolve(range.to)),
    }),
    new InputRule({
      find: /^(?:[-*+]|\d{1,9}[.)]) $/,
      handler: ({ state, range, match }) => {
        const mark = match[0].trim();
        const number = Number.parseInt(mark, 10);
        const before = blockBefore(state.doc.resolve(range.from));
        if (Number.isNaN(number)) return wrap(state.tr, range, "bulletList", { mark });
        // A list that begins with another number than 1 is none right below a line of text: "in the year\n1984. ".
        if (number !== 1 && before?.type.name === "paragraph" && before.content.size) return null;
        return wrap(state.tr, range, "orderedList", { start: number, mark: mark.at(-1) });
      },
    }),
    new InputRule({
      find: /^> $/,
      handler: ({ state, range }) => wrap(state.tr, range, "blockquote"),
    }),
    new InputRule({
      find: /^(#{1,6}) $/,
      handler: ({ state, range, match }) => {
        const { heading } = state.schema.nodes;
        const $at = state.doc.resolve(range.from);
        if (!heading || !$at.node(-1).canReplaceWith($at.index(-1), $at.indexAfter(-1), heading)) return null;
        state.tr.delete(range.from, range.to).setBlockType(range.from, range.from, heading, {
          level: match[1]!.length,
        });
        return undefined;
      },
    }),
    new InputRule({
      find: /^\[([ x])\] $/,
      handler: ({ state, range, match }) => {
        const $at = state.doc.resolve(range.from);
        const item = $at.node(-1);
        if (item?.type.name !== "listItem" || item.attrs.done !== null || $at.index(-1) !== 0) return null;
        state.tr
          .setNodeMarkup($at.before(-1), undefined, { ...item.attrs, done: match[1] === "x" })
          .delete(range.from, range.to);
        return undefined;
      },
    }),
  ],
});

const blockBefore = ($at: ResolvedPos) =>
  $at.depth > 0 && $at.index(-1) > 0 ? $at.node(-1).child($at.index(-1) - 1) : undefined;

/** Reads the line up to the caret anew; takes over what it means when it is still the same Markdown. */
function spans(tr: Transaction, $caret: ResolvedPos): null | undefined {
  const start = $caret.start();
  const upTo = $caret.parent.cut(0, $caret.parentOffset);
  const text = lineOf(upTo);
  const read = parseLine(text, $caret.doc.type.schema);
  const last = read.lastChild;
  if (!last || last.marks.length === 0 || same(read, upTo)) return null;
  const typed = text.at(-1)!;
  const before = openedAfter(read);
  if (/[*_~`]/.test(typed) && before === typed) return null; // of **this* only a part
  tr.replaceWith(start, $caret.pos, read.content);
  const line = tr.doc.resolve(start).parent;
  const whole = lineOf($caret.parent);
  if (lineOf(line) !== whole || !same(line, parseLine(whole, tr.doc.type.schema))) return null; // what follows has a say
  tr.setSelection(TextSelection.create(tr.doc, start + read.content.size));
  tr.setStoredMarks(upTo.lastChild?.marks ?? []);
  return undefined;
}

/** The character right before the stretch of marked text at the end of the line. */
function openedAfter(line: Node) {
  let index = line.childCount - 1;
  while (index >= 0 && line.child(index).marks.length) index--;
  return index < 0 ? undefined : line.child(index).text?.at(-1);
}

/** The same but for the way in which a mark is written. */
const same = (a: Node, b: Node) => a.toString() === b.toString();

function wrap(
  tr: Transaction,
  range: { from: number; to: number },
  name: string,
  attrs?: object,
): null | undefined {
  tr.delete(range.from, range.to);
  const $at = tr.doc.resolve(range.from);
  if ($at.parent.type.name !== "paragraph") return null;
  const type = tr.doc.type.schema.nodes[name]!;
  const around = $at.blockRange();
  const wrapping = around && findWrapping(around, type, attrs);
  if (!wrapping) return null;
  tr.wrap(around, wrapping);
  const at = range.from - 1;
  const before = tr.doc.resolve(at).nodeBefore;
  const mark = (attrs as { mark?: string } | undefined)?.mark;
  if (before?.type === type && (!mark || before.attrs.mark === mark)) tr.join(at);
  return undefined;
}
