import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { Item } from "../api/types";
import { TextButton } from "../app/Buttons";
import { usePeople } from "../live/data";
import { number, t } from "../text/text";
import { exactTime } from "../text/time";
import styles from "./Inbox.module.css";
import { lineText, soon } from "./words";
import { wake } from "./work";

/** What is put off, folded. */
export function PutOff({ items, now }: { items: Item[]; now: Date }) {
  const people = usePeople();
  if (items.length === 0) return null;
  return (
    <details className={styles.later}>
      <summary>
        <IconChevronRight size={15} className="flip" aria-hidden />
        {t("inbox.later")} <span className={styles.count}>{number(items.length)}</span>
      </summary>
      <ul>
        {items.map((item) => (
          <li key={item.message.id}>
            <div className={styles.content}>
              <header>
                <strong dir="auto">
                  {item.message.as?.name ?? people.get(item.message.author)?.name ?? t("person.unknown")}
                </strong>
                <time dateTime={item.until} title={exactTime(item.until!)}>
                  {t("inbox.later.until", { until: soon(item.until!, now) })}
                </time>
              </header>
              <Link
                to="/c/$conversation/$seq"
                params={{ conversation: item.message.conversation, seq: String(item.message.seq) }}
                search={{ beside: "inbox" }}
                className={styles.line}
                dir="auto"
              >
                {lineText(item)}
              </Link>
            </div>
            <TextButton onClick={() => void wake([item])}>{t("inbox.later.now")}</TextButton>
          </li>
        ))}
      </ul>
    </details>
  );
}
