import "../text/more";
import { IconAlertCircle, IconCheck, IconClock, IconMinus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../api/problem";
import type { Message } from "../api/types";
import { Avatar } from "../app/Avatar";
import { Dialog } from "../app/Dialog";
import { Empty, Loading } from "../app/Notices";
import { useBoot, usePeople } from "../live/data";
import { useMinute } from "../live/now";
import type { Delivery, DeliveryStep } from "../need/types";
import { lookup, t } from "../text/text";
import { exactTime } from "../text/time";
import { deliveriesOf } from "./query";
import styles from "./TraceDialog.module.css";
import { stateText, stepText, stepTime, tallyText, whyText } from "./words";

/** How a message reaches people: for its author each of them, for a recipient why they were told when they were. */
export function TraceDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { me } = useBoot();
  const mine = message.author === me.id;
  const query = useQuery({ ...deliveriesOf(message), staleTime: 0 });
  const { deliveries = [], total = 0, tally = {} } = query.data ?? {};
  const summary = mine && total > 1 ? tallyText(tally, !!message.need) : "";
  return (
    <Dialog title={t(mine ? "trace.title" : "trace.why")} onClose={onClose} size="lg">
      {query.isPending ? (
        <Loading />
      ) : query.isError ? (
        <p>{problemText(query.error)}</p>
      ) : deliveries.length === 0 ? (
        <Empty title={t(mine ? "trace.nobody" : "trace.notToMe")} />
      ) : (
        <div className={styles.all}>
          {summary && <p className={styles.soft}>{summary}</p>}
          {deliveries.map((delivery) => (
            <One key={delivery.person} delivery={delivery} open={deliveries.length < 4} />
          ))}
          {total > deliveries.length && (
            <p className={styles.soft}>{t("trace.more", { n: total - deliveries.length })}</p>
          )}
        </div>
      )}
    </Dialog>
  );
}

function One({ delivery, open }: { delivery: Delivery; open: boolean }) {
  const people = usePeople();
  const now = useMinute();
  const nameOf = (id: string) => people.get(id)?.name ?? t("person.unknown");
  const because = lookup(`because.${delivery.because}`, {});
  return (
    <details className={styles.one} open={open}>
      <summary>
        <Avatar person={people.get(delivery.person)} size={28} />
        <span className={styles.who}>
          <strong dir="auto">{nameOf(delivery.person)}</strong>
          <span className={styles.soft}>
            <span data-state={delivery.state} title={exactTime(delivery.at)}>
              {stateText(delivery, now)}
            </span>
            {because && ` · ${because}`}
          </span>
        </span>
      </summary>
      {delivery.steps.length > 0 && (
        <ol className={styles.steps}>
          {delivery.steps.map((step, index) => (
            <Step key={index} step={step} nameOf={nameOf} now={now} />
          ))}
        </ol>
      )}
    </details>
  );
}

const icons = { due: IconClock, done: IconCheck, needless: IconMinus, failed: IconAlertCircle };

function Step({ step, nameOf, now }: { step: DeliveryStep; nameOf: (id: string) => string; now: Date }) {
  const Icon = icons[step.state];
  const at = step.done_at ?? step.at;
  return (
    <li data-state={step.state}>
      <Icon size={16} stroke={1.8} aria-label={t(`trace.state.${step.state}`)} />
      <time dateTime={at} title={exactTime(at)}>
        {stepTime(step, now)}
      </time>
      <span>
        {stepText(step, nameOf)}
        <small>
          {whyText(step.why)}
          {step.state === "due" && step.unless && `; ${t(`trace.unless.${step.unless}`)}`}
          {step.state === "needless" && `; ${t("trace.needless")}`}
          {step.state === "failed" && `; ${t("trace.failed", { note: step.note ?? "" })}`}
        </small>
      </span>
    </li>
  );
}
