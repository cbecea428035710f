import "../text/more";
import { IconAlertCircle, IconClockHour4, IconPencil, IconSend2, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { codeText } from "../api/problem";
import { IconButton } from "../app/Buttons";
import { attempt } from "../app/failures";
import { overlay } from "../app/overlays";
import { applyToBoot } from "../live/apply";
import { changeBoot } from "../live/data";
import { useMinute } from "../live/now";
import { needs } from "../need/calls";
import { soon, there } from "../need/say";
import type { Scheduled } from "../need/types";
import { t } from "../text/text";
import { exactTime } from "../text/time";
import styles from "./Scheduled.module.css";

/** One message that goes out later: what, when, and what can be done about it. */
export function ScheduledRow({ scheduled, zone, children }: ScheduledRowProps) {
  const now = useMinute();
  const { id, body, files, at, work, error, need } = scheduled;
  const gone = () => changeBoot((boot) => applyToBoot(boot, { type: "scheduled_gone", gone: id }));
  const beside = zone && there(at, zone);
  const time = beside ? t("need.both", { time: soon(at, now), other: beside }) : soon(at, now);
  return (
    <li className={styles.row} data-error={!!error || undefined}>
      {error ? (
        <IconAlertCircle size={17} stroke={1.7} aria-hidden />
      ) : (
        <IconClockHour4 size={17} stroke={1.7} aria-hidden />
      )}
      <div className={styles.about}>
        {children}
        <p className={styles.text} dir="auto">
          {body.replace(/\s+/g, " ").slice(0, 200) || files.map((file) => file.name).join(", ")}
        </p>
        <p className={styles.when} role={error ? "alert" : undefined}>
          {error ? (
            t("scheduled.error", { why: codeText(error, error) })
          ) : (
            <time dateTime={at} title={exactTime(at)}>
              {t(work ? "scheduled.work" : "scheduled.at", { time })}
            </time>
          )}
          {need && need !== "normal" && ` · ${t(`need.${need}`)}`}
        </p>
      </div>
      <span className={styles.buttons}>
        <IconButton
          label={t("scheduled.edit")}
          onClick={() => overlay.set({ kind: "scheduled", scheduled, zone })}
        >
          <IconPencil size={17} stroke={1.7} />
        </IconButton>
        <IconButton
          label={t("scheduled.now")}
          onClick={() => void attempt(() => needs.sendNow(id).then(gone))}
        >
          <IconSend2 size={17} stroke={1.7} className="flip" />
        </IconButton>
        <IconButton
          label={t("scheduled.delete")}
          onClick={() => void attempt(() => needs.unschedule(id).then(gone))}
        >
          <IconTrash size={17} stroke={1.7} />
        </IconButton>
      </span>
    </li>
  );
}

interface ScheduledRowProps {
  scheduled: Scheduled;
  zone?: string; // of the one it is said to
  children?: ReactNode; // where it will be said
}
