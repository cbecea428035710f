import { currentTime } from "../live/clock";
import "../text/more";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../app/Dialog";
import form from "../form/Form.module.css";
import { CheckField, SelectField, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { useBoot } from "../live/data";
import { t } from "../text/text";
import { mediumTime } from "../text/time";
import { setStatus } from "./me";
import { focusUntil } from "./reach/data";
import styles from "./Settings.module.css";
import { type End, endOf, ends } from "./statusEnd";

const usual = [
  { id: "meeting", emoji: "📅", end: "hour" },
  { id: "focus", emoji: "🎧", end: "hours" },
  { id: "lunch", emoji: "🥪", end: "hour" },
  { id: "way", emoji: "🚲", end: "hour" },
  { id: "sick", emoji: "🤒", end: "day" },
  { id: "holiday", emoji: "🌴", end: "week" },
] as const satisfies { id: string; emoji: string; end: End }[];

/** What I am up to, and until when. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
  const { me } = useBoot();
  const [emoji, setEmoji] = useState(me.status?.emoji ?? "");
  const [text, setText] = useState(me.status?.text ?? "");
  const [end, setEnd] = useState<End | "kept">(me.status?.until ? "kept" : me.status ? "never" : "day");
  const [quiet, setQuiet] = useState(false);
  const { busy, at, rest, submit, form: ref } = useSubmit(["emoji", "text", "until"]);

  const save = async () => {
    const until = end === "kept" ? me.status?.until : endOf(end, currentTime(), me.zone)?.toISOString();
    const done = await submit(async () => {
      await setStatus({ emoji: emoji.trim(), text: text.trim(), until });
      if (quiet && until) await focusUntil(new Date(until));
    });
    if (done) onClose();
  };

  return (
    <Dialog title={t("status.title")} onClose={onClose}>
      <form
        ref={ref}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className={styles.statuses} role="group" aria-label={t("status.usual")}>
          {usual.map((one) => (
            <button
              key={one.id}
              type="button"
              onClick={() => {
                setEmoji(one.emoji);
                setText(t(`status.${one.id}`));
                setEnd(one.end);
                setQuiet(one.id === "focus");
              }}
            >
              {one.emoji} {t(`status.${one.id}`)}
            </button>
          ))}
        </div>
        <div className={styles.statusFields}>
          <TextField
            label={t("status.emoji")}
            value={emoji}
            onText={setEmoji}
            problem={at.emoji}
            maxLength={16}
          />
          <TextField
            label={t("status.text")}
            value={text}
            onText={setText}
            problem={at.text}
            maxLength={100}
            data-autofocus
            required={!emoji.trim()}
          />
        </div>
        <SelectField
          label={t("status.until")}
          value={end}
          onValue={setEnd}
          problem={at.until}
          options={[
            ...(me.status?.until ? [{ value: "kept" as const, label: mediumTime(me.status.until) }] : []),
            ...ends.map((value) => ({ value, label: t(`status.end.${value}`) })),
          ]}
        />
        {end !== "never" && (
          <CheckField
            label={t("reach.focus.status")}
            more={t("reach.focus.status.more")}
            checked={quiet}
            onCheck={setQuiet}
          />
        )}
        <Wrong text={rest} />
        <div className={form.buttons}>
          {me.status && (
            <Button
              type="button"
              variant="default"
              onClick={() => void submit(() => setStatus(undefined)).then((done) => done && onClose())}
            >
              {t("status.clear")}
            </Button>
          )}
          <Button type="submit" loading={busy}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
