import { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { FieldHandle, FieldProps } from "../field";
import { mayLink, writable } from "../links";
import { Editing, format, formatsAt, inCode, newLine } from "./editing";
import { LinkForm } from "./LinkForm";
import { Mentions } from "./mentions";
import { parse, parseLine } from "./parse";
import { copiedText, pastedHTML, pastedSlice, pastedText } from "./pasting";
import styles from "./RichField.module.css";
import { nodesAndMarks } from "./schema";
import { offsetAt, positionAt, type Serialised, serialise } from "./serialise";
import { Typing } from "./typing";

/** What is written, shown as it will be. Markdown stays the truth: it goes in, and after every change it comes out. */
export function RichField(props: FieldProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [rich, setRich] = useState<Rich>();
  const [linking, setLinking] = useState(false);

  useLayoutEffect(() => {
    const made = new Rich(place.current!, latest, () => setLinking(true));
    setRich(made);
    return () => made.destroy();
  }, []);
  useImperativeHandle(props.ref, () => rich as FieldHandle, [rich]);
  const { value, label, list, describedBy } = props;
  useLayoutEffect(() => rich?.show(value), [rich, value]);
  useEffect(() => {
    rich?.attributes({
      "aria-label": label,
      "aria-controls": list?.id,
      "aria-activedescendant": list?.active,
      "aria-describedby": describedBy,
    });
  }, [rich, label, list?.id, list?.active, describedBy]);

  return (
    <div className={styles.frame} data-empty={value === "" || undefined}>
      <div ref={place} />
      <span className={styles.placeholder} dir="auto" aria-hidden>
        {label}
      </span>
      {linking && (
        <LinkForm
          onLink={(href) => {
            setLinking(false);
            rich?.link(href);
          }}
          onClose={() => {
            setLinking(false);
            rich?.focus();
          }}
        />
      )}
    </div>
  );
}

class Rich implements FieldHandle {
  private editor: Editor;
  private made: Serialised = { text: "", runs: [] };
  private shown: string; // the Markdown that the composer knows
  private formats = "";

  constructor(
    place: HTMLElement,
    private props: { current: FieldProps },
    private askForAddress: () => void,
  ) {
    const { start, value } = props.current;
    this.editor = new Editor({
      element: place,
      injectCSS: false, // the policy wants it in a file
      extensions: [
        ...nodesAndMarks,
        Editing,
        Typing,
        Mentions.configure({ nameOf: (handle) => props.current.nameOf(handle) }),
      ],
      enablePasteRules: false,
      editorProps: {
        attributes: {
          class: styles.field!,
          role: "textbox",
          "aria-multiline": "true",
          "aria-autocomplete": "list",
          enterkeyhint: "send",
        },
        handleKeyDown: (_, event) => this.key(event),
        handlePaste: (_, event) => this.pasted(event),
        handleDrop: (_, event) => !!event.dataTransfer?.files.length, // the screen takes files
        clipboardTextParser: (text, _, plain, view) => pastedText(text, plain, view),
        clipboardTextSerializer: copiedText,
        transformPastedHTML: pastedHTML,
        transformPasted: pastedSlice,
      },
      onUpdate: () => this.changed(),
      onSelectionUpdate: () => this.moved(),
      onBlur: () => props.current.onBlur(),
    });
    this.shown = value;
    this.reset(parse(value, this.editor.schema));
    if (!start) return;
    this.select(start.from, start.to);
    if (start.focused) this.focus();
  }

  destroy() {
    this.editor.destroy();
  }

  /** Shows other Markdown than what was written here. */
  show(value: string) {
    if (value === this.shown) return;
    this.shown = value;
    const focused = this.editor.view.hasFocus();
    this.reset(parse(value, this.editor.schema));
    if (focused) this.focus();
  }

  attributes(attributes: Record<string, string | undefined>) {
    const { dom } = this.editor.view;
    for (const [name, value] of Object.entries(attributes))
      if (value === undefined) dom.removeAttribute(name);
      else dom.setAttribute(name, value);
  }

  /** A new beginning: nothing of before can be undone into it. */
  private reset(doc: Node) {
    const { plugins } = this.editor.state;
    this.editor.view.updateState(EditorState.create({ doc, plugins, selection: TextSelection.atEnd(doc) }));
    this.made = serialise(doc);
  }

  private changed() {
    this.made = serialise(this.editor.state.doc);
    this.shown = this.made.text;
    this.props.current.onChange(this.shown);
    this.moved();
  }

  private moved() {
    const formats = formatsAt(this.editor);
    if (formats !== this.formats) this.props.current.onFormats(formats);
    this.formats = formats;
    this.props.current.onCaret();
  }

  private key(event: KeyboardEvent): boolean {
    if (this.editor.view.composing || event.isComposing) return false;
    if (this.props.current.onKey(event)) {
      event.preventDefault();
      return true;
    }
    return event.key === "Enter" && newLine(this.editor);
  }

  private pasted(event: ClipboardEvent): boolean {
    if (event.clipboardData?.files.length) return true; // the composer takes files
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    const { empty, $from, $to } = this.editor.state.selection;
    if (empty || !$from.sameParent($to) || $from.parent.type.spec.code || /\s/.test(text) || !mayLink(text))
      return false;
    this.link(text);
    return true;
  }

  focus() {
    this.editor.view.focus();
  }

  selection(): [number, number] {
    const { from, to } = this.editor.state.selection;
    return [offsetAt(this.made, from), offsetAt(this.made, to)];
  }

  select(from: number, to = from) {
    const { state, view } = this.editor;
    const [a, b] = [positionAt(this.made, from), positionAt(this.made, to)];
    const tr = state.tr.setSelection(TextSelection.create(state.doc, a.pos, b.pos)).scrollIntoView();
    // Right after a mark's end one is out of it, though it is the same place in the document.
    if (a.side === "after") tr.setStoredMarks([]);
    if (a.side === "before") tr.setStoredMarks(state.doc.resolve(a.pos).nodeAfter?.marks ?? []);
    view.dispatch(tr);
  }

  before() {
    const { $from, empty } = this.editor.state.selection;
    if (!empty || $from.parent.type.spec.code || $from.marks().some((mark) => mark.type.spec.code))
      return undefined;
    return $from.parent.textBetween(0, $from.parentOffset);
  }

  replace(count: number, markdown: string) {
    const { state, view } = this.editor;
    const { from, to, $from } = state.selection;
    const content = $from.parent.type.spec.code
      ? state.schema.text(markdown)
      : parseLine(markdown, state.schema).content;
    const tr = state.tr.replaceWith(from - count, to, content);
    view.dispatch(tr.setStoredMarks([]).scrollIntoView());
    view.focus();
  }

  format(kind: Parameters<FieldHandle["format"]>[0]) {
    if (kind === "link") this.askForAddress();
    else format(this.editor, kind);
  }

  /** Links what is chosen, or names the address itself; without an address the link is taken away. */
  link(href: string) {
    const chain = this.editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetMark("link").run();
    else if (this.editor.state.selection.empty && !this.editor.isActive("link"))
      chain.insertContent({ type: "text", text: href }).run();
    else chain.setMark("link", { href: writable(href) }).run();
  }

  keepsEnter() {
    return inCode(this.editor);
  }
}
