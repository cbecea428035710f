import "../text/more";
import { IconAlarm, IconClockHour4, IconFlag, IconX, IconZzz } from "@tabler/icons-react";
import { type RefObject, useEffect, useId } from "react";
import type { ID } from "../api/types";
import { OptionFields } from "../decide/OptionFields";
import { useMinute } from "../live/now";
import { t } from "../text/text";
import { exactTime } from "../text/time";
import { useForecast } from "./forecast";
import { soon, there } from "./say";
import styles from "./TermsRow.module.css";
import { setTerms, type Terms } from "./terms";

const maxReason = 200;
const icons = { whenever: IconZzz, answer: IconFlag, urgent: IconAlarm };

/** What was chosen beside the usual, above the tools: each can be changed and taken away; urgent is asked why. */
export function TermsRow({
  conversation,
  thread,
  terms,
  body,
  other,
  reason,
  wanted,
  onOpen,
}: TermsRowProps) {
  const now = useMinute();
  const id = useId();
  const urgent = terms.need === "urgent";
  const budget = useForecast(conversation, thread, terms, body, urgent)?.budget;
  const time = (at: string) => {
    const beside = other && there(at, other);
    return beside ? t("need.both", { time: soon(at, now), other: beside }) : soon(at, now);
  };
  useEffect(() => {
    if (urgent && wanted.current) reason.current?.focus();
    wanted.current = false;
  }, [urgent, wanted, reason]);
  const Icon = icons[terms.need ?? "whenever"];
  return (
    <div className={styles.row}>
      {terms.need && (
        <span className={styles.chip} data-need={terms.need}>
          <button
            type="button"
            title={terms.by && exactTime(terms.by)}
            onClick={(event) => onOpen("need", event.currentTarget)}
          >
            <Icon size={15} stroke={1.8} aria-hidden />
            {terms.need === "answer" && terms.by
              ? t("need.by", { time: time(terms.by) })
              : t(`need.${terms.need}`)}
          </button>
          <button
            type="button"
            aria-label={t("need.normal.back")}
            title={t("need.normal.back")}
            onClick={() => setTerms(conversation, thread, { at: terms.at, work: terms.work })}
          >
            <IconX size={14} aria-hidden />
          </button>
        </span>
      )}
      {terms.at && (
        <span className={styles.chip}>
          <button
            type="button"
            title={exactTime(terms.at)}
            onClick={(event) => onOpen("when", event.currentTarget)}
          >
            <IconClockHour4 size={15} stroke={1.8} aria-hidden />
            {terms.work ? t("later.work.at", { time: time(terms.at) }) : time(terms.at)}
          </button>
          <button
            type="button"
            aria-label={t("later.now")}
            title={t("later.now")}
            onClick={() => setTerms(conversation, thread, { ...terms, at: undefined, work: undefined })}
          >
            <IconX size={14} aria-hidden />
          </button>
        </span>
      )}
      {terms.need === "answer" && !terms.at && (
        <OptionFields conversation={conversation} thread={thread} terms={terms} />
      )}
      {urgent && (
        <>
          <input
            ref={reason}
            className={styles.reason}
            value={terms.reason ?? ""}
            maxLength={maxReason}
            required
            dir="auto"
            placeholder={t("need.reason")}
            aria-label={t("need.reason")}
            aria-describedby={budget && `${id}-budget`}
            onChange={(event) =>
              setTerms(conversation, thread, { ...terms, reason: event.currentTarget.value })
            }
          />
          {budget && (
            <span className={styles.budget} id={`${id}-budget`} data-none={budget.left === 0 || undefined}>
              {budget.left > 0
                ? t("need.budget", { n: budget.left, of: budget.of })
                : t("need.budget.none", { time: soon(budget.until, now) })}
            </span>
          )}
        </>
      )}
    </div>
  );
}

interface TermsRowProps {
  conversation: ID;
  thread: number;
  terms: Terms;
  body: string;
  other?: string; // the zone of the one it is said to
  reason: RefObject<HTMLInputElement | null>;
  wanted: RefObject<boolean>;
  onOpen: (what: "need" | "when", at: Element) => void;
}
