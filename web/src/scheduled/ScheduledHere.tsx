import { useRoom } from "../conversation/context";
import { others } from "../live/names";
import type { Scheduled } from "../need/types";
import { t } from "../text/text";
import styles from "./Scheduled.module.css";
import { ScheduledRow } from "./ScheduledRow";

/** At the end of a conversation or a thread: what will be said here later. */
export function ScheduledHere({ scheduled }: { scheduled: Scheduled[] }) {
  const { conversation, boot } = useRoom();
  const other = conversation.kind === "direct" ? others(conversation, boot)[0] : undefined;
  return (
    <ul className={styles.here} aria-label={t("scheduled.title")}>
      {scheduled.map((one) => (
        <ScheduledRow key={one.id} scheduled={one} zone={other?.zone} />
      ))}
    </ul>
  );
}
