import type { ReactNode } from "react";
import { usePeople } from "../live/data";
import { typing, typingKey } from "../live/presence";
import { useStore } from "../live/store";
import { t } from "../text/text";
import { listNames } from "../text/time";
import styles from "./Typing.module.css";

/** Who is writing, in one quiet line whose place is always kept; what else there is to say when nobody does. */
export function Typing({
  conversation,
  thread = 0,
  me,
  otherwise = "",
}: {
  conversation: string;
  thread?: number;
  me: string;
  otherwise?: ReactNode;
}) {
  const people = usePeople();
  const now = useStore(typing)[typingKey(conversation, thread)] ?? {};
  const names = Object.keys(now)
    .filter((id) => id !== me)
    .map((id) => people.get(id)?.name ?? "")
    .filter(Boolean);
  return (
    <p className={styles.typing}>
      {names.length > 3
        ? t("typing.many")
        : names.length > 1
          ? t("typing.several", { names: listNames(names) })
          : names.length === 1
            ? t("typing.one", { name: names[0]! })
            : otherwise}
    </p>
  );
}
