import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

// Mentions are text that is shown as a mention: whether it was chosen from the list or typed, it is one when somebody is called so.

export type NameOf = (handle: string) => string | undefined;

// As internal/markdown/spans.go finds them.
const mention = /(?<![\p{L}\p{N}@/.+\-%&=])@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)(?!@)/gu;

const key = new PluginKey<DecorationSet>("mentions");

export const Mentions = Extension.create<{ nameOf: NameOf }>({
  name: "mentions",
  addOptions: () => ({ nameOf: () => undefined }),
  addProseMirrorPlugins() {
    const { nameOf } = this.options;
    return [
      new Plugin({
        key,
        state: {
          init: (_, { doc }) => decorate(doc, nameOf),
          apply: (tr, now) => (tr.docChanged ? decorate(tr.doc, nameOf) : now),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ];
  },
});

function decorate(doc: Node, nameOf: NameOf) {
  const found: Decoration[] = [];
  doc.descendants((node, pos) => {
    if (node.type.spec.code) return false;
    if (!node.text?.includes("@") || node.marks.some((mark) => mark.type.name === "code")) return true;
    for (const match of node.text.matchAll(mention)) {
      const handle = match[1]!.replace(/[._-]+$/, "");
      const name = nameOf(handle.toLowerCase());
      if (!name) continue;
      const from = pos + match.index;
      found.push(Decoration.inline(from, from + 1 + handle.length, { class: "mention", title: name }));
    }
    return true;
  });
  return found.length ? DecorationSet.create(doc, found) : DecorationSet.empty;
}
