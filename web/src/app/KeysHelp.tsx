import { keyNames, useOffered } from "../keys/actions";
import { messageKeys } from "../keys/message";
import { t } from "../text/text";
import { Dialog } from "./Dialog";
import styles from "./KeysHelp.module.css";

const places = ["everywhere", "inbox", "catchUp", "conversation", "message", "composer"] as const;

/** "?": the keys that work now. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const offered = useOffered().filter((action) => action.keys && action.where);
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      {places.map((place) => {
        const here = offered
          .filter((action) => action.where === place)
          .map((action): [string, string] => [action.keys!, action.label]);
        if (place === "message" && offered.some(({ id }) => id === "messageDown"))
          here.push(...messageKeys());
        if (here.length === 0) return null;
        return (
          <section key={place} className={styles.group}>
            <h3>{t(`keys.${place}`)}</h3>
            <dl>
              {here.map(([keys, label]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {keyNames(keys).map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </Dialog>
  );
}
