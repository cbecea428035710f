import "../text/more";
import { useQuery } from "@tanstack/react-query";
import { attempt } from "../app/failures";
import { MessageCard } from "../conversation/MessageCard";
import { cache, keys } from "../live/data";
import { useMinute } from "../live/now";
import { needs } from "../need/calls";
import { soon } from "../need/say";
import place from "../places/Place.module.css";
import { t } from "../text/text";
import { exactTime } from "../text/time";
import styles from "./Scheduled.module.css";

/** Of what I wanted to be reminded, the next first. */
export function Reminders() {
  const now = useMinute();
  const { data } = useQuery({ queryKey: keys.reminders, queryFn: needs.reminders, staleTime: 0 });
  if (!data?.length) return null;
  const forget = (id: string) =>
    attempt(async () => {
      await needs.forget(id);
      await cache.invalidateQueries({ queryKey: keys.reminders });
    });
  return (
    <section className={place.list} aria-labelledby="reminders">
      <h2 className={styles.heading} id="reminders">
        {t("remind.title")}
      </h2>
      {data.map(({ id, message, at, every, note }) => (
        <MessageCard key={id} message={message}>
          <button type="button" onClick={() => void forget(id)}>
            {t("remind.forget")}
          </button>
          <span className={styles.when}>
            <time dateTime={at} title={exactTime(at)}>
              {soon(at, now)}
            </time>
            {every && ` · ${t(`remind.every.${every}`)}`}
            {note && (
              <>
                {" · "}
                <span dir="auto">{note}</span>
              </>
            )}
          </span>
        </MessageCard>
      ))}
    </section>
  );
}
