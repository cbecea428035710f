import {
  IconBold,
  IconCode,
  IconEye,
  IconItalic,
  IconLink,
  IconList,
  IconMoodSmile,
  IconPaperclip,
  IconQuote,
  IconSend2,
  IconX,
} from "@tabler/icons-react";
import { useEffect, useId, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { api } from "../api/calls";
import type { FileInfo, Message } from "../api/types";
import { Avatar } from "../app/Avatar";
import { attempt } from "../app/failures";
import { ask, tell } from "../app/overlays";
import { EmojiButton } from "../emoji/EmojiButton";
import { isMac, keyNames, useActions } from "../keys/actions";
import { tellTyping } from "../live/connection";
import { usePreferences } from "../live/data";
import { send } from "../live/outbox";
import { number, t } from "../text/text";
import { Body } from "./Body";
import styles from "./Composer.module.css";
import { callsEveryone, type Suggestion, suggest, tokenAt } from "./completion";
import { useRoom } from "./context";
import { draftOf, draftSent, keepDraft } from "./drafts";
import { FileList, useUploads } from "./FileList";

const maxBody = 64 << 10; // bytes of UTF-8
const warnFrom = maxBody - 2000;
const largeRoom = 50;
const encoder = new TextEncoder();

export interface ComposerHandle {
  quote: (message: Message, text: string) => void;
  addFiles: (files: File[]) => void;
  focus: () => void;
}

/** Where one writes: a new message, a reply in a thread, or a message anew. */
export function Composer({ thread = 0, editing, onSend, onDone, onEditLast, autoFocus, ref }: ComposerProps) {
  const { conversation, boot, people, groups } = useRoom();
  const preferences = usePreferences();
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [start] = useState(() =>
    editing ? { body: editing.body, files: [] as FileInfo[] } : draftOf(conversation.id, thread),
  );
  const [body, setBody] = useState(start.body);
  const uploads = useUploads(start.files);
  const [preview, setPreview] = useState<string>();
  const [suggestions, setSuggestions] = useState<Suggestion[]>([]);
  const [at, setAt] = useState(0);
  const touched = useRef(false);
  const size = body.length > 10_000 ? encoder.encode(body).length : body.length;
  const ready = (body.trim() !== "" || uploads.done.length > 0) && !uploads.busy && size <= maxBody;
  const reader = { me: boot.me.id, groups, nameOf: (person: string) => people.get(person)?.name };

  // As high as what is written, up to a point.
  useLayoutEffect(() => {
    const area = field.current;
    if (!area || preview !== undefined) return;
    void body;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight + 2, window.innerHeight * 0.4)}px`;
  }, [body, preview]);

  // Another device has gone on writing: taken over unless something is being written here.
  const drafts = boot.drafts;
  useEffect(() => {
    void drafts;
    if (editing || touched.current || document.activeElement === field.current) return;
    setBody(draftOf(conversation.id, thread).body);
  }, [drafts, conversation.id, thread, editing]);

  const { done } = uploads;
  const doneIDs = done.map((file) => file.id).join();
  useEffect(() => {
    void doneIDs;
    if (editing || !touched.current) return;
    keepDraft({ conversation: conversation.id, thread, body, files: done });
  }, [body, doneIDs, done, conversation.id, thread, editing]);

  const change = (next: string, caret?: number) => {
    touched.current = true;
    setBody(next);
    if (next.trim() && !editing) tellTyping(conversation.id, thread);
    if (caret !== undefined) {
      requestAnimationFrame(() => {
        field.current?.focus();
        field.current?.setSelectionRange(caret, caret);
      });
    }
  };

  const complete = async (text: string, caret: number) => {
    const token = tokenAt(text, caret);
    const found = token ? await suggest(token, boot, conversation) : [];
    if (field.current && field.current.selectionStart !== caret) return; // went on meanwhile
    setSuggestions(found);
    setAt(0);
  };
  const take = (suggestion: Suggestion | undefined) => {
    const area = field.current;
    const token = area && tokenAt(body, area.selectionStart);
    if (!area || !token || !suggestion) return;
    setSuggestions([]);
    const next = body.slice(0, token.from) + suggestion.insert + body.slice(area.selectionStart);
    change(next, token.from + suggestion.insert.length);
  };

  /** Puts marks around what is chosen, or in front of its lines. */
  const format = (before: string, after = before, lines = false) => {
    const area = field.current;
    if (!area) return;
    const { selectionStart: from, selectionEnd: to } = area;
    if (lines) {
      const begin = body.lastIndexOf("\n", from - 1) + 1;
      const changed = body
        .slice(begin, to)
        .split("\n")
        .map((line) => before + line)
        .join("\n");
      change(body.slice(0, begin) + changed + body.slice(to), begin + changed.length);
      return;
    }
    const chosen = body.slice(from, to);
    const next = body.slice(0, from) + before + chosen + after + body.slice(to);
    change(next, chosen ? from + before.length + chosen.length + after.length : from + before.length);
  };

  const submit = async () => {
    if (!ready) return;
    if (!editing && conversation.members >= largeRoom && callsEveryone(body)) {
      const sure = await ask({
        title: t("composer.everyone.title"),
        text: t("composer.everyone.text", { n: conversation.members }),
        yes: t("composer.everyone.yes"),
      });
      if (!sure) return;
    }
    setPreview(undefined);
    setSuggestions([]);
    if (onSend) {
      if (await onSend(body.trim())) touched.current = false;
      return;
    }
    send({
      author: boot.me.id,
      conversation: conversation.id,
      ...(thread ? { thread } : {}),
      body: body.trim(),
      files: uploads.done,
    });
    touched.current = false;
    setBody("");
    uploads.clear();
    draftSent(conversation.id, thread);
    field.current?.focus();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (suggestions.length) {
      const n = suggestions.length;
      if (event.key === "ArrowDown") setAt((at + 1) % n);
      else if (event.key === "ArrowUp") setAt((at + n - 1) % n);
      else if (event.key === "Enter" || event.key === "Tab") take(suggestions[at]);
      else if (event.key === "Escape") setSuggestions([]);
      else return;
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const enterSends = preferences.enter_sends !== false && !matchMedia("(hover: none)").matches;
    if (event.key === "Enter" && (mod || (enterSends && !event.shiftKey))) void submit();
    else if (event.key === "Escape") {
      if (editing) onDone?.();
      else field.current?.blur();
      event.stopPropagation();
    } else if (event.key === "ArrowUp" && body === "" && onEditLast) onEditLast();
    else if (mod && event.key === "b") format("**");
    else if (mod && event.key === "i") format("*");
    else if (mod && event.shiftKey && event.key.toLowerCase() === "c") format("`");
    else return;
    event.preventDefault();
  };

  useImperativeHandle(ref, () => ({
    quote: (message, text) => {
      const lines = text.split("\n").map((line) => `> ${line}`);
      const author = people.get(message.author);
      const head = `> [${author?.name ?? ""}](/c/${message.conversation}/${message.seq}):\n`;
      const next = `${body ? `${body.trimEnd()}\n\n` : ""}${head}${lines.join("\n")}\n\n`;
      change(next, next.length);
    },
    addFiles: (files) => {
      touched.current = true;
      uploads.add(files);
      field.current?.focus();
    },
    focus: () => field.current?.focus(),
  }));

  useActions(
    editing || thread
      ? []
      : [
          {
            id: "write",
            label: t("keys.write"),
            where: "conversation",
            keys: "c",
            hidden: true,
            run: () => field.current?.focus(),
          },
          {
            id: "send",
            label: t("keys.send"),
            where: "composer",
            keys: "Enter",
            whileTyping: false,
            hidden: true,
            run: () => undefined,
          },
        ],
  );

  const togglePreview = async () => {
    if (preview !== undefined) return setPreview(undefined);
    await attempt(async () => setPreview((await api.render(body)).html));
  };

  const label = editing
    ? t("composer.edit")
    : thread
      ? t("composer.reply")
      : conversation.name
        ? t("composer.label", { name: conversation.name })
        : t("composer.direct");

  return (
    <div
      className={styles.composer}
      data-editing={!!editing || undefined}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0 || editing) return;
        event.preventDefault();
        touched.current = true;
        uploads.add(files);
      }}
    >
      {suggestions.length > 0 && (
        <div
          className={styles.suggestions}
          id={`${id}-list`}
          role="listbox"
          aria-label={t("composer.suggestions")}
          tabIndex={-1}
        >
          {suggestions.map((one, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field
            <div
              key={one.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={styles.suggestion}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(one)}
            >
              {one.person ? (
                <Avatar person={one.person} size={22} />
              ) : (
                <span className={styles.icon}>{one.icon}</span>
              )}
              <span dir="auto">{one.label}</span>
              <small>{one.hint}</small>
            </div>
          ))}
        </div>
      )}
      <div className={styles.box}>
        {preview !== undefined ? (
          <div className={styles.preview} aria-label={t("composer.preview")} role="group">
            <Body html={preview} reader={reader} />
          </div>
        ) : (
          <textarea
            ref={field}
            className={styles.field}
            value={body}
            rows={1}
            dir="auto"
            autoFocus={autoFocus || !!editing}
            placeholder={label}
            aria-label={label}
            aria-autocomplete="list"
            aria-controls={suggestions.length ? `${id}-list` : undefined}
            aria-activedescendant={suggestions.length ? `${id}-${at}` : undefined}
            aria-describedby={size > warnFrom ? `${id}-limit` : undefined}
            enterKeyHint="send"
            onChange={(event) => {
              const { value, selectionStart } = event.currentTarget;
              change(value);
              void complete(value, selectionStart);
            }}
            onClick={() => setSuggestions([])}
            onBlur={() => setTimeout(() => setSuggestions([]), 150)}
            onKeyDown={onKeyDown}
          />
        )}
        <FileList uploads={uploads} />
        {size > warnFrom && (
          <p
            className={styles.limit}
            id={`${id}-limit`}
            data-over={size > maxBody || undefined}
            role="status"
          >
            {size > maxBody
              ? t("composer.tooLong", { n: number(size - maxBody) })
              : t("composer.left", { n: number(maxBody - size) })}
          </p>
        )}
        <div className={styles.tools}>
          {!editing && (
            <label className={styles.tool} title={t("composer.attach")}>
              <IconPaperclip size={18} stroke={1.7} aria-hidden />
              <span className="aloud">{t("composer.attach")}</span>
              <input
                type="file"
                multiple
                onChange={(event) => {
                  touched.current = true;
                  uploads.add([...(event.currentTarget.files ?? [])]);
                  event.currentTarget.value = "";
                }}
              />
            </label>
          )}
          <EmojiButton
            className={styles.tool}
            label={t("emoji.title")}
            onChoose={(char) => {
              const caret = field.current?.selectionStart ?? body.length;
              change(body.slice(0, caret) + char + body.slice(caret), caret + char.length);
            }}
          >
            <IconMoodSmile size={18} stroke={1.7} aria-hidden />
          </EmojiButton>
          <span className={styles.divider} />
          <Tool
            label={`${t("composer.bold")} (${keyNames("mod+b").join(" ")})`}
            icon={IconBold}
            onClick={() => format("**")}
          />
          <Tool
            label={`${t("composer.italic")} (${keyNames("mod+i").join(" ")})`}
            icon={IconItalic}
            onClick={() => format("*")}
          />
          <Tool
            label={t("composer.code")}
            icon={IconCode}
            onClick={() => {
              const area = field.current;
              const many = area && body.slice(area.selectionStart, area.selectionEnd).includes("\n");
              if (many) format("```\n", "\n```");
              else format("`");
            }}
          />
          <Tool label={t("composer.list")} icon={IconList} wide onClick={() => format("- ", "", true)} />
          <Tool label={t("composer.quote")} icon={IconQuote} wide onClick={() => format("> ", "", true)} />
          <Tool label={t("composer.link")} icon={IconLink} wide onClick={() => format("[", "](https://)")} />
          <span className={styles.space} />
          <button
            type="button"
            className={styles.tool}
            aria-pressed={preview !== undefined}
            aria-label={t("composer.preview")}
            title={t("composer.preview")}
            disabled={!body.trim()}
            onClick={() => void togglePreview()}
          >
            <IconEye size={18} stroke={1.7} aria-hidden />
          </button>
          {editing && (
            <button type="button" className={styles.cancel} onClick={onDone}>
              <IconX size={15} aria-hidden /> {t("app.cancel")}
            </button>
          )}
          <button
            type="button"
            className={styles.send}
            disabled={!ready}
            aria-label={editing ? t("app.save") : t("keys.send")}
            title={editing ? t("app.save") : t("keys.send")}
            onClick={() => {
              if (uploads.busy) tell({ text: t("composer.uploading") });
              else void submit();
            }}
          >
            <IconSend2 size={18} stroke={1.8} aria-hidden />
          </button>
        </div>
      </div>
    </div>
  );
}

interface ComposerProps {
  thread?: number;
  editing?: Message;
  onSend?: (body: string) => Promise<boolean>;
  onDone?: () => void;
  onEditLast?: () => void;
  autoFocus?: boolean;
  ref?: React.Ref<ComposerHandle>;
}

function Tool({
  label,
  icon: Icon,
  onClick,
  wide,
}: {
  label: string;
  icon: typeof IconBold;
  onClick: () => void;
  wide?: boolean;
}) {
  return (
    <button
      type="button"
      className={styles.tool}
      data-wide={wide || undefined}
      data-format
      aria-label={label}
      title={label}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      <Icon size={18} stroke={1.7} aria-hidden />
    </button>
  );
}
