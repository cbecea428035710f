import { useQuery } from "@tanstack/react-query";
import { api } from "../api/calls";
import { problemText } from "../api/problem";
import { Empty, Loading } from "../app/Notices";
import { save } from "../conversation/actions";
import { MessageCard } from "../conversation/MessageCard";
import { keys, useBoot } from "../live/data";
import { Reminders } from "../scheduled/Reminders";
import { t } from "../text/text";
import styles from "./Place.module.css";

export function Saved() {
  const boot = useBoot();
  const query = useQuery({ queryKey: keys.saved, queryFn: api.saved, staleTime: 0 });
  const shown = query.data?.filter((message) => boot.saved.includes(message.id));
  return (
    <main className={styles.page}>
      <div className={styles.head}>
        <h1>{t("rail.saved")}</h1>
      </div>
      <Reminders />
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <Empty title={problemText(query.error)} />
      ) : shown?.length ? (
        <div className={styles.list}>
          {shown.map((message) => (
            <MessageCard key={message.id} message={message}>
              <button type="button" onClick={() => void save(message)}>
                {t("message.unsave")}
              </button>
            </MessageCard>
          ))}
        </div>
      ) : (
        <Empty title={t("saved.none")}>
          <p>{t("saved.none.more")}</p>
        </Empty>
      )}
    </main>
  );
}
