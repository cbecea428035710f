import { Link } from "@tanstack/react-router";
import { Empty } from "../app/Notices";
import { useBoot } from "../live/data";
import { conversationName, others } from "../live/names";
import place from "../places/Place.module.css";
import { t } from "../text/text";
import styles from "./Scheduled.module.css";
import { ScheduledRow } from "./ScheduledRow";
import { scheduledOf } from "./scheduled";

/** Everything of mine that goes out later. */
export function ScheduledScreen() {
  const boot = useBoot();
  const all = scheduledOf(boot);
  return (
    <main className={place.page}>
      <div className={place.head}>
        <h1>{t("scheduled.title")}</h1>
      </div>
      {all.length === 0 ? (
        <Empty title={t("scheduled.none")}>
          <p>{t("scheduled.none.more")}</p>
        </Empty>
      ) : (
        <ul className={styles.all}>
          {all.map((one) => {
            const conversation = boot.conversations.find((c) => c.id === one.conversation);
            const other = conversation?.kind === "direct" ? others(conversation, boot)[0] : undefined;
            return (
              <ScheduledRow key={one.id} scheduled={one} zone={other?.zone}>
                {conversation && (
                  <Link
                    className={styles.where}
                    to="/c/$conversation"
                    params={{ conversation: conversation.id }}
                    search={one.thread ? { thread: one.thread } : {}}
                    dir="auto"
                  >
                    {conversation.kind === "channel" && "#"}
                    {conversationName(conversation, boot)}
                  </Link>
                )}
              </ScheduledRow>
            );
          })}
        </ul>
      )}
    </main>
  );
}
