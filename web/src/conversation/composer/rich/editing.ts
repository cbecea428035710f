import { type Editor, Extension } from "@tiptap/core";
import { closeHistory, history, redo, undo } from "@tiptap/pm/history";
import { Plugin, Selection } from "@tiptap/pm/state";
import type { Format } from "../field";

// Keys and what the buttons do.

export const Editing = Extension.create({
  name: "editing",
  priority: 1100, // before the keys of the library
  addProseMirrorPlugins: () => [history({ newGroupDelay: 600 }), checking],
  addKeyboardShortcuts() {
    const { editor } = this;
    return {
      "Mod-z": () => undo(editor.state, editor.view.dispatch),
      "Shift-Mod-z": () => redo(editor.state, editor.view.dispatch),
      "Mod-y": () => redo(editor.state, editor.view.dispatch),
      Backspace: () => (wasTurned(editor) ? undo(editor.state, editor.view.dispatch) : leave(editor)),
      // Only where there is something to move: elsewhere Tab leads on, out of the field.
      Tab: () => editor.commands.sinkListItem("listItem"),
      "Shift-Tab": () => nested(editor) && editor.commands.liftListItem("listItem"),
    };
  },
});

/** Whether what was typed last has just become something else: it is a step of its own that can be undone. */
const wasTurned = ({ state }: Editor) =>
  state.plugins.some((plugin) => "isInputRules" in plugin.spec && plugin.getState(state));

const nested = (editor: Editor) => {
  const { $from } = editor.state.selection;
  return $from.depth > 3 && $from.node(-3).type.name === "listItem";
};

/** At the start of a block: out of it, instead of into the one before. */
function leave(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  if (!empty || $from.parentOffset > 0) return false;
  if ($from.parent.type.spec.code) return codeBlock(editor);
  if ($from.parent.type.name !== "paragraph") return editor.commands.setNode("paragraph");
  if ($from.depth < 2 || $from.index(-1) > 0) return false;
  if ($from.node(-1).type.name !== "listItem") return editor.commands.lift($from.node(-1).type);
  if ($from.node(-1).attrs.done !== null) return editor.commands.updateAttributes("listItem", { done: null });
  return editor.commands.liftListItem("listItem");
}

/** The sign of a task stands before the text of its item, and is pressed like a box. */
const checking = new Plugin({
  props: {
    handleDOMEvents: {
      mousedown(view, event) {
        const item = event.target as HTMLElement;
        if (item.tagName !== "LI" || item.dataset.done === undefined) return false;
        const text = item.firstElementChild?.getBoundingClientRect();
        if (!text || (event.clientX >= text.left && event.clientX <= text.right)) return false;
        const pos = view.posAtDOM(item, 0) - 1;
        const node = view.state.doc.nodeAt(pos);
        if (node?.type.name !== "listItem") return false;
        event.preventDefault();
        view.dispatch(view.state.tr.setNodeAttribute(pos, "done", !node.attrs.done));
        return true;
      },
    },
  },
});

const fence = /^(`{3,}|~{3,})([^`\s]*)$/;

/** Whether Enter belongs to code here: inside of it, or at the fence that begins it. */
export function inCode(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  return (
    !!$from.parent.type.spec.code ||
    (empty && $from.parentOffset === $from.parent.content.size && fence.test($from.parent.textContent))
  );
}

/** A new line, a new item, or out of what is empty. */
export function newLine(editor: Editor): boolean {
  const { $from } = editor.state.selection;
  const begins = !$from.parent.type.spec.code && fence.exec($from.parent.textContent);
  if (begins && $from.parentOffset === $from.parent.content.size) {
    const { tr, schema } = editor.state;
    closeHistory(tr).delete($from.start(), $from.end());
    editor.view.dispatch(
      tr
        .setBlockType($from.start(), $from.start(), schema.nodes.codeBlock!, { language: begins[2] })
        .scrollIntoView(),
    );
    return true;
  }
  if (leavesCode(editor)) return editor.commands.exitCode();
  return editor.commands.first(({ commands }) => [
    () => commands.newlineInCode(),
    () => commands.splitListItem("listItem", { done: $from.node(-1)?.attrs.done == null ? null : false }),
    () => commands.createParagraphNear(),
    () => commands.liftEmptyBlock(),
    () => commands.splitBlock(),
  ]);
}

/** Two empty lines at the end of code end it. */
function leavesCode(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  const { parent } = $from;
  if (!empty || !parent.type.spec.code || $from.parentOffset < parent.content.size) return false;
  if (!parent.textContent.endsWith("\n\n")) return false;
  editor.view.dispatch(editor.state.tr.delete($from.pos - 2, $from.pos));
  return true;
}

export function format(editor: Editor, kind: Exclude<Format, "link">): void {
  const chain = editor.chain().focus();
  switch (kind) {
    case "bold":
    case "italic":
    case "strike":
      chain.toggleMark(kind).run();
      return;
    case "code":
      if (editor.state.selection.$from.sameParent(editor.state.selection.$to)) chain.toggleMark("code").run();
      else codeBlock(editor);
      return;
    case "bullets":
      chain.toggleList("bulletList", "listItem").run();
      return;
    case "numbers":
      chain.toggleList("orderedList", "listItem").run();
      return;
    case "quote":
      chain.toggleWrap("blockquote").run();
      return;
    case "codeBlock":
      codeBlock(editor);
      return;
  }
}

/** The chosen lines as one block of code, or a block of code as lines. */
function codeBlock(editor: Editor): true {
  const { state } = editor;
  const { $from, $to } = state.selection;
  const { codeBlock: code, paragraph } = state.schema.nodes;
  const tr = closeHistory(state.tr);
  if ($from.parent.type === code) {
    const lines = $from.parent.textContent.split("\n");
    const made = lines.map((line) => paragraph!.create(null, line ? state.schema.text(line) : null));
    tr.replaceWith($from.before(), $from.after(), made);
  } else {
    const range = $from.blockRange($to);
    if (!range) return true;
    const text = state.doc.textBetween(range.start, range.end, "\n");
    tr.replaceRangeWith(range.start, range.end, code!.create(null, text ? state.schema.text(text) : null));
    tr.setSelection(Selection.near(tr.doc.resolve(tr.mapping.map(range.end)), -1));
  }
  editor.view.dispatch(tr.scrollIntoView());
  editor.view.focus();
  return true;
}

/** The formats of what is chosen, for the buttons that are pressed then. */
export function formatsAt(editor: Editor): string {
  const names: [Format, string][] = [
    ["bold", "bold"],
    ["italic", "italic"],
    ["strike", "strike"],
    ["code", "code"],
    ["link", "link"],
    ["bullets", "bulletList"],
    ["numbers", "orderedList"],
    ["quote", "blockquote"],
    ["codeBlock", "codeBlock"],
  ];
  return names.flatMap(([format, name]) => (editor.isActive(name) ? format : [])).join(" ");
}
