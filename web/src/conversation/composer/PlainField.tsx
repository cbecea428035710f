import { useImperativeHandle, useLayoutEffect, useRef } from "react";
import styles from "./Composer.module.css";
import type { FieldHandle, FieldProps, Format } from "./field";
import { mayLink, writable } from "./links";

/** The Markdown itself, in a text area. */
export function PlainField({ ref, value, label, start, ...props }: FieldProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<[number, number] | undefined>(start && [start.from, start.to]);
  const begun = useRef(start?.focused);

  // As high as what is written, up to a point.
  useLayoutEffect(() => {
    const { current } = area;
    if (!current) return;
    void value;
    current.style.height = "auto";
    current.style.height = `${Math.min(current.scrollHeight, window.innerHeight * 0.4)}px`;
    if (begun.current) current.focus();
    begun.current = false;
    if (caret.current) current.setSelectionRange(...caret.current);
    caret.current = undefined;
  }, [value]);

  const change = (next: string, from: number, to = from) => {
    caret.current = [from, to];
    props.onChange(next);
    area.current?.focus();
  };

  /** Puts marks around what is chosen, or in front of its lines. */
  const format = (kind: Format) => {
    const { current } = area;
    if (!current) return;
    const { selectionStart: from, selectionEnd: to } = current;
    const chosen = value.slice(from, to);
    const around = (before: string, after = before) =>
      change(
        value.slice(0, from) + before + chosen + after + value.slice(to),
        from + before.length + (chosen ? chosen.length + after.length : 0),
      );
    const lines = (mark: (index: number) => string) => {
      const begin = value.lastIndexOf("\n", from - 1) + 1;
      const changed = value
        .slice(begin, to)
        .split("\n")
        .map((line, index) => mark(index) + line)
        .join("\n");
      change(value.slice(0, begin) + changed + value.slice(to), begin + changed.length);
    };
    switch (kind) {
      case "bold":
        return around("**");
      case "italic":
        return around("*");
      case "strike":
        return around("~~");
      case "code":
        return chosen.includes("\n") ? around("```\n", "\n```") : around("`");
      case "codeBlock":
        return around(from && value[from - 1] !== "\n" ? "\n```\n" : "```\n", "\n```");
      case "bullets":
        return lines(() => "- ");
      case "numbers":
        return lines((index) => `${index + 1}. `);
      case "quote":
        return lines(() => "> ");
      case "link":
        return around("[", "](https://)");
    }
  };

  const handle: FieldHandle = {
    focus: () => area.current?.focus(),
    selection: () => [
      area.current?.selectionStart ?? value.length,
      area.current?.selectionEnd ?? value.length,
    ],
    select: (from, to = from) => {
      if (area.current?.value === value) area.current.setSelectionRange(from, to);
      else caret.current = [from, to];
    },
    before: () => {
      const { current } = area;
      if (!current || current.selectionStart !== current.selectionEnd) return undefined;
      const upTo = current.value.slice(0, current.selectionStart);
      return upTo.slice(upTo.lastIndexOf("\n") + 1);
    },
    replace: (count, markdown) => {
      const [from, to] = handle.selection();
      change(value.slice(0, from - count) + markdown + value.slice(to), from - count + markdown.length);
    },
    format,
    keepsEnter: () => false,
  };
  useImperativeHandle(ref, () => handle);

  return (
    <textarea
      ref={area}
      className={styles.field}
      value={value}
      rows={1}
      dir="auto"
      placeholder={label}
      aria-label={label}
      aria-autocomplete="list"
      aria-controls={props.list?.id}
      aria-activedescendant={props.list?.active}
      aria-describedby={props.describedBy}
      enterKeyHint="send"
      onChange={(event) => {
        props.onChange(event.currentTarget.value);
        props.onCaret();
      }}
      onClick={props.onCaret}
      onPaste={(event) => {
        const text = event.clipboardData.getData("text/plain").trim();
        const [from, to] = handle.selection();
        if (from === to || /\s/.test(text) || !mayLink(text) || event.clipboardData.files.length) return;
        event.preventDefault();
        handle.replace(0, `[${value.slice(from, to)}](${writable(text)})`);
      }}
      onBlur={props.onBlur}
      onKeyDown={(event) => {
        if (!event.nativeEvent.isComposing && props.onKey(event.nativeEvent)) event.preventDefault();
      }}
    />
  );
}
