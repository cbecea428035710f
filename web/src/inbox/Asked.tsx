import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { inboxApi } from "../api/inbox";
import { problemText } from "../api/problem";
import type { Asked } from "../api/types";
import { Empty, Loading } from "../app/Notices";
import { plain } from "../conversation/MessageRow";
import { keys, useBoot, usePeople } from "../live/data";
import { useMinute } from "../live/now";
import { t } from "../text/text";
import { exactTime, listNames, shortTime } from "../text/time";
import styles from "./Inbox.module.css";
import { left, soon, whereText } from "./words";

const named = 3; // people; the others are counted

/** What I have asked of others, and who has not answered yet. */
export function AskedList() {
  const query = useQuery({ queryKey: keys.asked, queryFn: inboxApi.asked, staleTime: 0 });
  if (query.isPending) return <Loading />;
  if (query.isError) return <Empty title={problemText(query.error)} />;
  if (query.data.length === 0)
    return (
      <Empty title={t("asked.none")}>
        <p>{t("asked.none.more")}</p>
      </Empty>
    );
  return (
    <ul className={styles.rows} aria-label={t("inbox.tab.asked")}>
      {query.data.map((asked) => (
        <AskedRow key={asked.message.id} asked={asked} />
      ))}
    </ul>
  );
}

/** One of them: how far it is, and whom it waits for. */
export function AskedRow({ asked }: { asked: Asked }) {
  const boot = useBoot();
  const people = usePeople();
  const now = useMinute();
  const { message, waiting, total, answered, unseen } = asked;
  const names = waiting.slice(0, named).map((id) => people.get(id)?.name ?? t("person.unknown"));
  const more = total - answered - names.length;
  if (more > 0) names.push(t("asked.others", { n: more }));
  return (
    <li className={styles.place}>
      <div className={styles.row} data-wants={message.need}>
        <div className={styles.content}>
          <header>
            <strong dir="auto">{whereText(message.conversation, boot) || t("asked.direct")}</strong>
            <time dateTime={message.created_at} title={exactTime(message.created_at)}>
              {shortTime(message.created_at)}
            </time>
          </header>
          {message.by && (
            <p className={styles.wants} data-wants="answer" title={exactTime(message.by)}>
              {t(Date.parse(message.by) > now.getTime() ? "asked.by" : "asked.over", {
                time: soon(message.by, now),
                left: left(message.by, now),
              })}
            </p>
          )}
          {message.need === "urgent" && (
            <p className={styles.wants} data-wants="acknowledge">
              {t("inbox.wants.urgent")}
            </p>
          )}
          <Link
            to="/c/$conversation/$seq"
            params={{ conversation: message.conversation, seq: String(message.seq) }}
            search={{ beside: "inbox" }}
            className={styles.line}
            dir="auto"
          >
            {plain(message) || t("inbox.noText")}
          </Link>
          <progress max={total} value={answered} aria-label={t("asked.answered", { n: answered, total })} />
          <p className={styles.why}>
            {t("asked.answered", { n: answered, total })}
            {names.length > 0 && <> · {t("asked.waiting", { names: listNames(names) })}</>}
            {unseen > 0 && <> · {t("asked.unseen", { n: unseen })}</>}
          </p>
        </div>
      </div>
    </li>
  );
}
