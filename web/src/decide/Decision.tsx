import "../text/more";
import { IconCheck } from "@tabler/icons-react";
import { useRef } from "react";
import type { Message } from "../api/types";
import { attempt } from "../app/failures";
import { ask } from "../app/overlays";
import { useBoot, usePeople } from "../live/data";
import { messageArrived } from "../live/events";
import { needs } from "../need/calls";
import { t } from "../text/text";
import { listNames } from "../text/time";
import styles from "./Decision.module.css";

/** What is to be decided: its options, who is for which, and what came out. */
export function Decision({ message, brief = false }: { message: Message; brief?: boolean }) {
  const { me } = useBoot();
  const people = usePeople();
  const group = useRef<HTMLDivElement>(null);
  const { decision } = message;
  if (!decision) return null;
  const open = !decision.closed_at;
  const mine = decision.options.findIndex((option) => option.people.includes(me.id));
  const vote = (option: number) =>
    attempt(async () => messageArrived(await needs.vote(message.conversation, message.seq, option)));
  const close = async () => {
    if (!(await ask({ title: t("decide.close"), text: t("decide.close.sure"), yes: t("decide.close") })))
      return;
    await attempt(async () => messageArrived(await needs.close(message.conversation, message.seq)));
  };
  const move = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...(group.current?.querySelectorAll<HTMLElement>("[role=radio]") ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + step + all.length) % all.length]?.focus();
  };
  return (
    <div className={styles.decision}>
      <div ref={group} role="radiogroup" aria-label={t("decide.title")} onKeyDown={open ? move : undefined}>
        {decision.options.map((option, n) => (
          <button
            key={option.text}
            type="button"
            role="radio"
            aria-checked={mine === n}
            aria-disabled={!open || undefined}
            tabIndex={n === Math.max(mine, 0) ? 0 : -1}
            className={styles.option}
            data-outcome={decision.outcome === n || undefined}
            onClick={() => open && mine !== n && void vote(n)}
          >
            <span className={styles.mark}>
              {(mine === n || decision.outcome === n) && <IconCheck size={15} aria-hidden />}
            </span>
            <span className={styles.text} dir="auto">
              {option.text}
            </span>
            {option.people.length > 0 && (
              <span
                className={styles.people}
                title={listNames(option.people.map((id) => people.get(id)?.name ?? ""))}
              >
                {brief
                  ? option.people.length
                  : listNames(option.people.slice(0, 3).map((id) => people.get(id)?.name ?? ""))}
                {!brief && option.people.length > 3 && ` +${option.people.length - 3}`}
              </span>
            )}
          </button>
        ))}
      </div>
      <p className={styles.foot}>
        {foot(message)}
        {open && message.author === me.id && !brief && (
          <button type="button" onClick={() => void close()}>
            {t("decide.close")}
          </button>
        )}
      </p>
    </div>
  );
}

/** How it is decided, or was. */
function foot({ decision }: Message): string {
  if (!decision) return "";
  if (decision.closed_at) return t(`decide.how.${decision.how ?? "voted"}`);
  const parts: string[] = [];
  if (decision.quorum) parts.push(t("decide.quorum", { n: decision.quorum }));
  if (decision.default !== undefined)
    parts.push(t("decide.default", { name: decision.options[decision.default]?.text ?? "" }));
  return parts.join(" ");
}
