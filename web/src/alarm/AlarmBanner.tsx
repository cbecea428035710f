import "../text/more";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef } from "react";
import type { Item } from "../api/types";
import { TextButton } from "../app/Buttons";
import { plain } from "../conversation/MessageRow";
import { whereText } from "../inbox/words";
import { acknowledge } from "../inbox/work";
import { useActions } from "../keys/actions";
import { peopleOf, useBoot, usePreferences } from "../live/data";
import { useStore } from "../live/store";
import { t } from "../text/text";
import { exactTime, shortTime } from "../text/time";
import styles from "./Alarm.module.css";
import { rung } from "./alarm";
import { ring } from "./sound";

/**
 * What is urgent stays on every screen until it is acknowledged or answered, here or elsewhere. It takes no focus: who is
 * writing goes on writing.
 */
export function AlarmBanner({ items }: { items: Item[] }) {
  const boot = useBoot();
  const navigate = useNavigate();
  const id = useId();
  const { alarm_sound: sound } = usePreferences();
  const times = useStore(rung);
  const item = items[0]!;
  const { message } = item;
  const rings = items.reduce((sum, one) => sum + (times[one.message.id] ?? 0), 0);
  const heard = useRef(0);
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  useEffect(() => {
    if (rings > heard.current && sound !== false) void ring(() => shown.current);
    heard.current = rings;
  }, [rings, sound]);

  const name = message.as?.name ?? peopleOf(boot).get(message.author)?.name ?? t("person.unknown");
  const where = whereText(message.conversation, boot);
  const text = plain(message);
  // A deputy may not see what was said: what is wanted of them stands in the Inbox.
  const open = () =>
    item.because === "deputy" && !message.html
      ? void navigate({ to: "/inbox" })
      : void navigate({
          to: "/c/$conversation/$seq",
          params: { conversation: message.conversation, seq: String(message.seq) },
        });
  useActions([
    {
      id: "alarmAcknowledge",
      label: `${t("inbox.acknowledge")}: ${name}`,
      run: () => void acknowledge(item),
    },
    { id: "alarmOpen", label: `${t("alarm.open")}: ${name}`, run: open },
  ]);

  return (
    <div
      className={styles.banner}
      role="alertdialog"
      aria-labelledby={`${id}-who`}
      aria-describedby={`${id}-what`}
    >
      <IconAlertTriangle size={22} stroke={1.8} aria-hidden />
      <div className={styles.text}>
        <p id={`${id}-who`} className={styles.who}>
          {t("alarm.label", { name })}
          {where && <span dir="auto">{where}</span>}
          <time dateTime={message.created_at} title={exactTime(message.created_at)}>
            {shortTime(message.created_at)}
          </time>
        </p>
        <p id={`${id}-what`} className={styles.what} dir="auto">
          {message.reason && <b>{message.reason}</b>} {text}
        </p>
        {items.length > 1 && <p className={styles.more}>{t("alarm.more", { n: items.length - 1 })}</p>}
      </div>
      <div className={styles.buttons}>
        <TextButton onClick={open}>{t("alarm.open")}</TextButton>
        <TextButton kind="filled" onClick={() => void acknowledge(item)}>
          {t("inbox.acknowledge")}
        </TextButton>
      </div>
      {/* A dialog that takes no focus is not read by itself. */}
      <span className="aloud" role="alert">
        {t("alarm.label", { name })}. {message.reason} {text}
      </span>
    </div>
  );
}
