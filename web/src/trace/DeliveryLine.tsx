import "../text/more";
import { useQuery } from "@tanstack/react-query";
import type { Message } from "../api/types";
import { overlay } from "../app/overlays";
import { t } from "../text/text";
import styles from "./DeliveryLine.module.css";
import { deliveriesOf } from "./query";
import { stateText, tallyText } from "./words";

/** For its author, how far a message has come; opens the whole story. */
export function DeliveryLine({ message }: { message: Message }) {
  const { data } = useQuery(deliveriesOf(message));
  const one = data?.total === 1 ? data.deliveries[0] : undefined;
  const wanted = message.need === "answer" || message.need === "urgent";
  const text = one ? stateText(one) : data && tallyText(data.tally, wanted);
  if (!text) return null;
  return (
    <button
      type="button"
      className={styles.line}
      title={t("trace.title")}
      onClick={() => overlay.set({ kind: "trace", message })}
    >
      {text}
    </button>
  );
}
