import { keyNames, useOffered } from "../keys/actions";
import { messageKeys } from "../keys/message";
import { t } from "../text/text";
import styles from "./Settings.module.css";

const places = ["everywhere", "inbox", "catchUp", "conversation", "message", "composer"] as const;

/** All keys: those that work here, and those of a conversation, which is not on the screen now. */
export function Keys() {
  const offered = useOffered().filter((action) => action.keys && action.where);
  const elsewhere: Record<string, [string, string][]> = {
    inbox: [
      ["j", t("inbox.key.next")],
      ["k", t("inbox.key.previous")],
      ["Enter", t("inbox.key.open")],
      ["e", t("inbox.done")],
      ["s", t("inbox.snooze")],
      ["r", t("inbox.key.answer")],
      ["a", t("inbox.acknowledge")],
      ["h", t("inbox.handOver")],
      ["u", t("inbox.undo")],
    ],
    catchUp: [
      ["j", t("inbox.key.next")],
      ["k", t("inbox.key.previous")],
      ["Enter", t("catchUp.open")],
      ["e", t("catchUp.read")],
      ["u", t("inbox.undo")],
    ],
    conversation: [
      ["j", t("keys.messageDown")],
      ["k", t("keys.messageUp")],
      ["c", t("keys.write")],
      ["Escape", t("keys.escape")],
    ],
    message: messageKeys(),
    composer: [
      ["Enter", t("keys.send")],
      ["shift+Enter", t("keys.line")],
      ["ArrowUp", t("keys.editLast")],
    ],
  };
  return (
    <div className={styles.keys}>
      {places.map((place) => {
        const here = offered
          .filter((action) => action.where === place)
          .map((action): [string, string] => [action.keys!, action.label]);
        const known = here.length > 0 ? here : (elsewhere[place] ?? []);
        return (
          <section key={place}>
            <h2>{t(`keys.${place}`)}</h2>
            <dl>
              {known.map(([keys, label]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>
                    {keyNames(keys).map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
