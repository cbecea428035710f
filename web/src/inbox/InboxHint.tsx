import "../text/more";
import { Empty } from "../app/Notices";
import { useOffered } from "../keys/actions";
import { useBoot } from "../live/data";
import { t } from "../text/text";
import styles from "./Inbox.module.css";

/** Beside the queue when nothing is open: how it is worked off. */
export function InboxHint() {
  const keys = useOffered().filter(({ where, keys }) => where === "inbox" && keys);
  if (!useBoot().inbox.items.length) return null; // what there is to say, the queue says
  return (
    <Empty title={t("inbox.hint")}>
      <dl className={styles.keys}>
        {keys.map((action) => (
          <div key={action.id}>
            <dt>
              <kbd>{action.keys === "Enter" ? "↵" : action.keys}</kbd>
            </dt>
            <dd>{action.label}</dd>
          </div>
        ))}
      </dl>
    </Empty>
  );
}
