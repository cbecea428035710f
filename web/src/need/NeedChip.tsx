import { IconAlarm, IconFlag, IconZzz } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { Message } from "../api/types";
import { Avatar } from "../app/Avatar";
import { acknowledge, mayAcknowledge } from "../conversation/actions";
import { useRoom } from "../conversation/context";
import { useMinute } from "../live/now";
import { t } from "../text/text";
import { exactTime, listNames } from "../text/time";
import styles from "./NeedChip.module.css";
import { soon } from "./say";

const DeliveryLine = lazy(() => import("../trace/DeliveryLine").then((m) => ({ default: m.DeliveryLine })));
const icons = { whenever: IconZzz, answer: IconFlag, urgent: IconAlarm };
const facesShown = 5;

/** Above what was said: how much it matters, until when, and why. */
export function NeedChip({ message }: { message: Message }) {
  const { need, by, reason } = message;
  if (!need || need === "normal") return null;
  const Icon = icons[need];
  return (
    <p className={styles.need}>
      <span className={styles.chip} data-need={need}>
        <Icon size={14} stroke={1.9} aria-hidden />
        {need === "answer" && by ? <Deadline by={by} /> : t(`need.${need}`)}
      </span>
      {need === "urgent" && reason && <span dir="auto">{reason}</span>}
    </p>
  );
}

function Deadline({ by }: { by: string }) {
  const now = useMinute();
  return (
    <time dateTime={by} title={exactTime(by)}>
      {t(Date.parse(by) > now.getTime() ? "need.by" : "need.by.over", { time: soon(by, now) })}
    </time>
  );
}

/** Under it: who has answered, the button for who has not, and for its author how far it has come. */
export function NeedFoot({ message }: { message: Message }) {
  const { boot, people, nameOf } = useRoom();
  const answers = message.answers ?? [];
  const mine = message.author === boot.me.id;
  return (
    <div className={styles.foot}>
      {mayAcknowledge(message) && (
        <button type="button" className={styles.acknowledge} onClick={() => void acknowledge(message)}>
          {t("message.acknowledge")}
        </button>
      )}
      {answers.length > 0 && (
        <span className={styles.answered}>
          {answers.slice(0, facesShown).map(({ person }) => (
            <Avatar key={person} person={people.get(person)} size={18} />
          ))}
          {t("message.answeredBy", {
            names: listNames([
              ...answers.slice(0, facesShown).map(({ person }) => nameOf(person)),
              ...(answers.length > facesShown
                ? [t("reactions.more", { n: answers.length - facesShown })]
                : []),
            ]),
          })}
        </span>
      )}
      {mine && (
        <Suspense>
          <DeliveryLine message={message} />
        </Suspense>
      )}
    </div>
  );
}
