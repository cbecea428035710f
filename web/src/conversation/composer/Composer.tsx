import { IconSend2, IconX } from "@tabler/icons-react";
import { useId, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { api } from "../../api/calls";
import type { FileInfo, Message } from "../../api/types";
import { attempt } from "../../app/failures";
import { ask, tell } from "../../app/overlays";
import { isMac, useActions } from "../../keys/actions";
import { applyToBoot } from "../../live/apply";
import { tellTyping } from "../../live/connection";
import { changeBoot, setPreferences, usePreferences } from "../../live/data";
import { send } from "../../live/outbox";
import { useStore } from "../../live/store";
import { needs } from "../../need/calls";
import { current, useCurrent } from "../../need/current";
import { MeaningButtons, MeaningLine, MeaningRow, useMeaning } from "../../need/Meaning";
import { decisionOf, setTerms } from "../../need/terms";
import { offerUndo, undo, undoable } from "../../need/undo";
import { number, t } from "../../text/text";
import { Body } from "../Body";
import { useRoom } from "../context";
import { draftOf, draftSent } from "../drafts";
import { FileList, useUploads } from "../FileList";
import styles from "./Composer.module.css";
import { callsEveryone, nameOf } from "./completion";
import type { FieldHandle, FieldProps } from "./field";
import { PlainField } from "./PlainField";
import { Suggestions } from "./Suggestions";
import { formatOf, Tools } from "./Tools";
import tools from "./Tools.module.css";
import { useDraft } from "./useDraft";
import { useField } from "./useField";
import { useSuggestions } from "./useSuggestions";

const maxBody = 64 << 10; // bytes of UTF-8
const warnFrom = maxBody - 2000;
const largeRoom = 50;
const encoder = new TextEncoder();

export interface ComposerHandle {
  quote: (message: Message, text: string) => void;
  addFiles: (files: File[]) => void;
  focus: () => void;
}

/** Where one writes: a new message, a reply in a thread, or a message anew. What is written is Markdown, whatever it looks like. */
export function Composer({ thread = 0, editing, onSend, onDone, onEditLast, autoFocus, ref }: ComposerProps) {
  const { conversation, boot, people, reader } = useRoom();
  const preferences = usePreferences();
  const id = useId();
  const field = useRef<FieldHandle>(null);
  const box = useRef<HTMLDivElement>(null);
  const [start] = useState(() =>
    editing ? { body: editing.body, files: [] as FileInfo[] } : draftOf(conversation.id, thread),
  );
  const [body, setBody] = useState(start.body);
  const uploads = useUploads(start.files);
  const touched = useDraft({
    conversation: conversation.id,
    thread,
    body,
    setBody,
    files: uploads.done,
    box,
    off: !!editing,
  });
  const [markdown, setMarkdown] = useState<boolean>();
  const plain = markdown ?? preferences.write_markdown === true;
  const { Rich, start: left } = useField(plain ? "plain" : "rich", field, box);
  const [preview, setPreview] = useState<string>();
  const [active, setActive] = useState("");
  const suggestions = useSuggestions(field);
  const meaning = useMeaning(thread, !!editing);
  const busy = useRef(false); // on its way to be sent later
  const size = body.length > 10_000 ? encoder.encode(body).length : body.length;
  const ready = (body.trim() !== "" || uploads.done.length > 0) && !uploads.busy && size <= maxBody;

  const change = (next: string) => {
    touched.current = true;
    setBody(next);
    if (next.trim() && !editing) tellTyping(conversation.id, thread);
  };

  // The field takes it when it begins: its handle may come later.
  const wantFocus = useRef(autoFocus || !!editing);
  useLayoutEffect(() => {
    if (preview === undefined) wantFocus.current = false;
  });

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
    if (meaning && !meaning.complete()) return;
    setPreview(undefined);
    suggestions.close();
    if (onSend) {
      if (await onSend(body.trim())) touched.current = false;
      return;
    }
    const { need, by, reason, at, work } = meaning?.terms ?? {};
    const said = {
      conversation: conversation.id,
      ...(thread ? { thread } : {}),
      body: body.trim(),
      ...(need ? { need, by, reason: reason?.trim() } : {}),
    };
    const decision = decisionOf(meaning?.terms ?? {});
    if (at) {
      if (busy.current) return;
      busy.current = true;
      const files = uploads.done.map((file) => file.id);
      const later = work ? { work } : { at };
      const done = await attempt(async () => {
        const scheduled = await needs.schedule({ ...said, files, ...later });
        changeBoot((now) => applyToBoot(now, { type: "scheduled", scheduled }));
      });
      busy.current = false;
      if (!done) return;
    } else offerUndo(send({ author: boot.me.id, ...said, decision, files: uploads.done }));
    setTerms(conversation.id, thread);
    touched.current = false;
    setBody("");
    uploads.clear();
    draftSent(conversation.id, thread);
    field.current?.focus();
    wantFocus.current = !field.current; // the preview was there
  };

  const last = useStore(undoable);
  const canUndo = !editing && last?.conversation === conversation.id && (last.thread ?? 0) === thread;

  const onKey = (event: KeyboardEvent): boolean => {
    if (suggestions.onKey(event) || meaning?.onKey(event)) return true;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const enterSends = preferences.enter_sends !== false && !matchMedia("(hover: none)").matches;
    if (event.key === "Enter" && (mod || (enterSends && !event.shiftKey && !field.current?.keepsEnter()))) {
      void submit();
      return true;
    }
    if (event.key === "Escape") {
      if (editing) onDone?.();
      else (event.target as HTMLElement).blur();
      event.stopPropagation();
      return true;
    }
    if (event.key === "ArrowUp" && body === "" && onEditLast) {
      onEditLast();
      return true;
    }
    if (mod && event.key === "z" && !event.shiftKey && canUndo && body === "" && !uploads.items.length) {
      void undo();
      return true;
    }
    const kind = mod && !event.altKey ? formatOf(event) : undefined;
    if (kind) field.current?.format(kind);
    return !!kind;
  };

  const used = useCurrent(
    {
      conversation: conversation.id,
      thread,
      open: (what) => meaning?.open(what),
      giveBack: (given) => {
        change([given.body, body.trim()].filter(Boolean).join("\n\n"));
        uploads.restore(given.files);
        if (given.terms) setTerms(conversation.id, thread, given.terms);
        requestAnimationFrame(() => field.current?.focus());
      },
    },
    !!editing,
  );

  useImperativeHandle(ref, () => ({
    quote: (message, text) => {
      const lines = text.split("\n").map((line) => (line ? `> ${line}` : ">"));
      const author = people.get(message.author);
      const head = `> [${author?.name ?? ""}](/c/${message.conversation}/${message.seq}):\n`;
      const next = `${body ? `${body.trimEnd()}\n\n` : ""}${head}${lines.join("\n")}\n\n`;
      change(next);
      requestAnimationFrame(() => {
        field.current?.select(next.length);
        field.current?.focus();
      });
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
          {
            id: "need",
            label: t("need.title"),
            where: "composer",
            keys: "alt+Enter",
            run: () => current()?.open("need"),
          },
          {
            id: "when",
            label: t("later.title"),
            where: "composer",
            keys: "alt+shift+Enter",
            run: () => current()?.open("when"),
          },
          ...(last ? [{ id: "undo", label: t("undo.action"), run: () => void undo() }] : []),
        ],
  );

  const togglePreview = async () => {
    if (preview !== undefined) return setPreview(undefined);
    await attempt(async () => setPreview((await api.render(body)).html));
  };
  const toggleMarkdown = () => {
    setMarkdown(!plain);
    setPreview(undefined);
    setActive("");
    if (!plain) suggestions.close();
    // Kept for the next time; without a connection it holds here.
    setPreferences({ write_markdown: !plain }).catch(() => undefined);
  };

  const label = editing
    ? t("composer.edit")
    : thread
      ? t("composer.reply")
      : conversation.name
        ? t("composer.label", { name: conversation.name })
        : t("composer.direct");

  const sendName = editing ? t("app.save") : t(meaning?.terms.at ? "later.send" : "keys.send");

  const props: FieldProps = {
    ref: field,
    value: body,
    label,
    describedBy: size > warnFrom ? `${id}-limit` : meaning && `${id}-line`,
    list: suggestions.found.length ? { id: `${id}-list`, active: `${id}-list-${suggestions.at}` } : undefined,
    start: wantFocus.current ? { from: body.length, to: body.length, focused: true } : left,
    nameOf: (handle) => nameOf(handle, boot),
    onChange: change,
    onCaret: () => void suggestions.look(),
    onFormats: setActive,
    onBlur: () => setTimeout(suggestions.close, 150),
    onKey,
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: notes which of two is used
    <div
      className={styles.composer}
      data-editing={!!editing || undefined}
      onFocus={used}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0 || editing) return;
        event.preventDefault();
        touched.current = true;
        uploads.add(files);
      }}
    >
      {suggestions.found.length > 0 && (
        <Suggestions
          id={`${id}-list`}
          found={suggestions.found}
          at={suggestions.at}
          onTake={suggestions.take}
        />
      )}
      <div className={styles.box}>
        {preview !== undefined ? (
          <div className={styles.preview} aria-label={t("composer.preview")} role="group">
            <Body html={preview} reader={reader} />
          </div>
        ) : (
          <div ref={box}>{Rich ? <Rich {...props} /> : <PlainField {...props} />}</div>
        )}
        <FileList uploads={uploads} />
        {meaning && <MeaningRow meaning={meaning} body={body} />}
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
        <Tools
          active={active.split(" ")}
          markdown={!Rich}
          preview={preview !== undefined}
          empty={!body.trim()}
          onFiles={
            editing
              ? undefined
              : (files) => {
                  touched.current = true;
                  uploads.add(files);
                }
          }
          onEmoji={(char) => field.current?.replace(0, char)}
          onFormat={(kind) => field.current?.format(kind)}
          onMarkdown={toggleMarkdown}
          onPreview={() => void togglePreview()}
        >
          {editing && (
            <button type="button" className={tools.cancel} onClick={onDone}>
              <IconX size={15} aria-hidden /> {t("app.cancel")}
            </button>
          )}
          {meaning && (
            <MeaningButtons
              meaning={meaning}
              className={tools.tool}
              onChosen={() => field.current?.focus()}
            />
          )}
          <button
            type="button"
            className={tools.send}
            disabled={!ready}
            aria-label={sendName}
            title={sendName}
            onClick={() => {
              if (uploads.busy) tell({ text: t("composer.uploading") });
              else void submit();
            }}
          >
            <IconSend2 size={18} stroke={1.8} aria-hidden />
          </button>
        </Tools>
      </div>
      {meaning && <MeaningLine meaning={meaning} body={body} id={`${id}-line`} undo={canUndo} />}
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
