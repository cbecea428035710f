import { keyNames, useOffered, type Where } from "../keys/actions";
import { t } from "../text/text";
import { Dialog } from "./Dialog";
import styles from "./KeysHelp.module.css";

const places: Where[] = ["everywhere", "conversation", "composer"];

/** "?": the keys that work now. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const offered = useOffered().filter((action) => action.keys && action.where);
  return (
    <Dialog title={t("keys.title")} onClose={onClose}>
      {places.map((place) => {
        const here = offered.filter((action) => action.where === place).reverse();
        if (here.length === 0) return null;
        return (
          <section key={place} className={styles.group}>
            <h3>{t(`keys.${place}`)}</h3>
            <dl>
              {here.map((action) => (
                <div key={action.id}>
                  <dt>{action.label}</dt>
                  <dd>
                    {keyNames(action.keys!).map((key) => (
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
