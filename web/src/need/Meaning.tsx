import { IconAlarm, IconClockHour4, IconFlag, IconZzz } from "@tabler/icons-react";
import { lazy, type RefObject, Suspense, useRef, useState } from "react";
import type { Conversation, Person } from "../api/types";
import { tell } from "../app/overlays";
import { useRoom } from "../conversation/context";
import { keyNames } from "../keys/actions";
import { others } from "../live/names";
import { t } from "../text/text";
import styles from "./Meaning.module.css";
import { decisionOf, type Terms, termsOf, useTerms } from "./terms";
import { undo } from "./undo";

// What a composer has for saying how a message is meant: two small buttons, their menus, and a row that shows what was chosen. All
// but the buttons is loaded when first needed.

const NeedMenu = lazy(() => import("./NeedMenu").then((m) => ({ default: m.NeedMenu })));
const WhenMenu = lazy(() => import("./WhenMenu").then((m) => ({ default: m.WhenMenu })));
const TermsRow = lazy(() => import("./TermsRow").then((m) => ({ default: m.TermsRow })));
const UnderLine = lazy(() => import("./UnderLine").then((m) => ({ default: m.UnderLine })));

const keys = { need: "alt+Enter", when: "alt+shift+Enter" };

export interface Meaning {
  conversation: Conversation;
  thread: number;
  terms: Terms;
  other?: Person; // to whom alone it is said
  opened?: { what: "need" | "when"; at: Element };
  open: (what: "need" | "when", at?: Element) => void;
  close: () => void;
  place: RefObject<HTMLSpanElement | null>;
  reason: RefObject<HTMLInputElement | null>;
  wanted: RefObject<boolean>; // the reason is to have the focus when it is there
  /** Whether it can be sent so; what is missing is asked for. */
  complete: () => boolean;
  /** True when it has taken the key. */
  onKey: (event: KeyboardEvent) => boolean;
}

export function useMeaning(thread: number, off: boolean): Meaning | undefined {
  const { conversation, boot } = useRoom();
  const terms = useTerms(conversation.id, thread);
  const [opened, setOpened] = useState<Meaning["opened"]>();
  const place = useRef<HTMLSpanElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const wanted = useRef(false);
  if (off) return undefined;
  const other = conversation.kind === "direct" ? others(conversation, boot)[0] : undefined;

  const open = (what: "need" | "when", at?: Element) => {
    const from = at ?? place.current?.querySelector(`[data-what=${what}]`);
    if (from) setOpened({ what, at: from });
  };
  const complete = () => {
    const { need, by, at, reason: why } = termsOf(conversation.id, thread);
    const over = (time?: string) => time && Date.parse(time) <= Date.now();
    if (need === "urgent" && !why?.trim()) {
      reason.current?.focus();
      return false;
    }
    const decision = decisionOf(termsOf(conversation.id, thread));
    if (
      decision &&
      (decision.options.length < 2 || new Set(decision.options).size < decision.options.length)
    ) {
      tell({ text: t("decide.options") });
      return false;
    }
    if (!over(by) && !over(at)) return true;
    tell({ text: t("time.past") });
    open(over(by) ? "need" : "when");
    return false;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !event.altKey || event.ctrlKey || event.metaKey) return false;
    open(event.shiftKey ? "when" : "need");
    return true;
  };
  return {
    conversation,
    thread,
    terms,
    other: other?.id === boot.me.id ? undefined : other,
    opened,
    open,
    close: () => setOpened(undefined),
    place,
    reason,
    wanted,
    complete,
    onKey,
  };
}

const icons = { whenever: IconZzz, answer: IconFlag, urgent: IconAlarm };

/** The two buttons before the one that sends, and what they open. */
export function MeaningButtons({ meaning, className, onChosen }: ButtonsProps) {
  const { terms, opened, open, close, place, reason, wanted } = meaning;
  const Icon = icons[terms.need ?? "answer"];
  const named = (label: string, key: string) => `${label} (${keyNames(key).join(" ")})`;
  const needName = named(t("need.control", { need: t(`need.${terms.need ?? "normal"}`) }), keys.need);
  const whenName = named(t("later.title"), keys.when);
  const menu = { ...meaning, at: opened?.at as Element, onClose: close };
  return (
    <span ref={place} className={styles.buttons}>
      <button
        type="button"
        className={className}
        data-what="need"
        data-chosen={terms.need}
        aria-label={needName}
        aria-haspopup="dialog"
        aria-expanded={opened?.what === "need"}
        title={needName}
        onClick={(event) => open("need", event.currentTarget)}
      >
        <Icon size={18} stroke={1.7} aria-hidden />
      </button>
      <button
        type="button"
        className={className}
        data-what="when"
        data-chosen={terms.at ? "later" : undefined}
        aria-label={whenName}
        aria-haspopup="dialog"
        aria-expanded={opened?.what === "when"}
        title={whenName}
        onClick={(event) => open("when", event.currentTarget)}
      >
        <IconClockHour4 size={18} stroke={1.7} aria-hidden />
      </button>
      <Suspense>
        {opened?.what === "need" && (
          <NeedMenu
            {...menu}
            onChosen={(need) => {
              wanted.current = need === "urgent";
              setTimeout(() => (need === "urgent" ? reason.current?.focus() : onChosen()));
            }}
          />
        )}
        {opened?.what === "when" && <WhenMenu {...menu} onChosen={() => setTimeout(onChosen)} />}
      </Suspense>
    </span>
  );
}

interface ButtonsProps {
  meaning: Meaning;
  className?: string;
  onChosen: () => void;
}

/** What was chosen beside the usual. */
export function MeaningRow({ meaning, body }: { meaning: Meaning; body: string }) {
  const { terms, conversation, thread, other, reason, wanted, open } = meaning;
  if (!terms.need && !terms.at) return null;
  return (
    <Suspense>
      <TermsRow
        conversation={conversation.id}
        thread={thread}
        terms={terms}
        body={body}
        other={other?.zone}
        reason={reason}
        wanted={wanted}
        onOpen={open}
      />
    </Suspense>
  );
}

/** Under the field: how it will reach them. Its place is always kept. */
export function MeaningLine({ meaning, body, id, undo: last }: LineProps) {
  const { terms, conversation, thread, other } = meaning;
  const empty = !body.trim() && !terms.need && !terms.at;
  return (
    <p className={styles.line} id={id} role={empty && last ? "status" : undefined}>
      {empty && last && (
        <>
          {t("undo.sent")}
          <button type="button" title={keyNames("mod+z").join(" ")} onClick={() => void undo()}>
            {t("undo.undo")}
          </button>
        </>
      )}
      {!empty && (
        <Suspense>
          <UnderLine
            conversation={conversation.id}
            thread={thread}
            terms={terms}
            body={body}
            other={other?.zone}
          />
        </Suspense>
      )}
    </p>
  );
}

interface LineProps {
  meaning: Meaning;
  body: string;
  id: string;
  undo: boolean; // what was said last can be taken back
}
