import { Mark, mergeAttributes, Node } from "@tiptap/core";
import { mayLink } from "../links";

// What the rich field can show of Markdown, and no more. A paragraph is one LINE: a line break is a line break in a chat, so text
// without marks is the same characters in the field and in the message. What is not here (tables, math, spoilers, HTML ...) stays
// the text it is.

const Doc = Node.create({ name: "doc", topNode: true, content: "block+" });
const Text = Node.create({ name: "text", group: "inline" });

const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000, // what stands where nothing else is asked for
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", 0],
});

const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: () => ({ level: { default: 1, rendered: false } }),
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node }) => [`h${Math.min(node.attrs.level + 2, 6)}`, { dir: "auto" }, 0],
});

const CodeBlock = Node.create({
  name: "codeBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: () => ({
    language: {
      default: "",
      rendered: false,
      parseHTML: (element) =>
        /\blanguage-([\w+#.-]{1,32})/.exec(element.querySelector("code")?.className ?? "")?.[1] ?? "",
    },
  }),
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: () => ["pre", { dir: "ltr" }, ["code", 0]],
});

const Blockquote = Node.create({
  name: "blockquote",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["blockquote", 0],
});

const loose = { loose: { default: false, rendered: false } };

const BulletList = Node.create({
  name: "bulletList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({ mark: { default: "-", rendered: false }, ...loose }),
  parseHTML: () => [{ tag: "ul" }],
  renderHTML: () => ["ul", 0],
});

const OrderedList = Node.create({
  name: "orderedList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({
    start: { default: 1, parseHTML: (element) => Number(element.getAttribute("start") ?? 1) },
    mark: { default: ".", rendered: false },
    ...loose,
  }),
  parseHTML: () => [{ tag: "ol" }],
  renderHTML: ({ HTMLAttributes }) => ["ol", HTMLAttributes, 0],
});

/** An item of a list; one with `done` true or false is a task. */
const ListItem = Node.create({
  name: "listItem",
  content: "paragraph block*",
  defining: true,
  addAttributes: () => ({
    done: {
      default: null,
      keepOnSplit: true,
      parseHTML: (element) =>
        element.querySelector(":scope > .task")?.classList.contains("done") ??
        element.querySelector<HTMLInputElement>(":scope > input[type=checkbox]")?.checked ??
        null,
      renderHTML: ({ done }) => (done === null ? {} : { "data-done": done }),
    },
  }),
  parseHTML: () => [{ tag: "li" }],
  renderHTML: ({ HTMLAttributes }) => ["li", mergeAttributes({ dir: "auto" }, HTMLAttributes), 0],
});

// How a mark was written, or nothing when a button made it: then it is ours to choose.
const asWritten = { mark: { default: null, rendered: false } };

const Bold = Mark.create({
  name: "bold",
  addAttributes: () => asWritten,
  parseHTML: () => [{ tag: "strong" }, { tag: "b" }],
  renderHTML: () => ["strong", 0],
});

const Italic = Mark.create({
  name: "italic",
  addAttributes: () => asWritten,
  parseHTML: () => [{ tag: "em" }, { tag: "i" }],
  renderHTML: () => ["em", 0],
});

const Strike = Mark.create({
  name: "strike",
  addAttributes: () => asWritten,
  parseHTML: () => [{ tag: "del" }, { tag: "s" }, { tag: "strike" }],
  renderHTML: () => ["del", 0],
});

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [
    { tag: "a[href]", getAttrs: (element) => (mayLink(element.getAttribute("href") ?? "") ? null : false) },
  ],
  renderHTML: ({ HTMLAttributes }) => ["a", { ...HTMLAttributes, rel: "noopener noreferrer nofollow" }, 0],
});

const Code = Mark.create({
  name: "code",
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: "code" }, { tag: "kbd" }, { tag: "tt" }],
  renderHTML: () => ["code", 0],
});

// The order of the marks is that of their nesting where nothing else decides.
export const nodesAndMarks = [
  Doc,
  Text,
  Paragraph,
  Heading,
  CodeBlock,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  Bold,
  Italic,
  Strike,
  Link,
  Code,
];
