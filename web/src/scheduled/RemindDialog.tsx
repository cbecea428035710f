import "../text/more";
import { useState } from "react";
import type { Message } from "../api/types";
import { Dialog } from "../app/Dialog";
import { tell } from "../app/overlays";
import form from "../form/Form.module.css";
import { SelectField, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { cache, keys, useBoot } from "../live/data";
import { needs } from "../need/calls";
import { Times } from "../need/Picks";
import { soon } from "../need/say";
import { reminders } from "../need/times";
import type { Every } from "../need/types";
import { t } from "../text/text";

const often: Every[] = ["", "day", "workday", "week", "month"];

/** Brings a message back later, once or again and again. */
export function RemindDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const { me } = useBoot();
  const [every, setEvery] = useState<Every>("");
  const [note, setNote] = useState("");
  const { at, rest, submit, form: ref } = useSubmit(["note", "every"]);
  const remind = async (when: Date) => {
    const done = await submit(() =>
      needs.remind({
        conversation: message.conversation,
        seq: message.seq,
        at: when.toISOString(),
        ...(every ? { every } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
      }),
    );
    if (!done) return;
    void cache.invalidateQueries({ queryKey: keys.reminders });
    tell({ text: t("remind.done", { time: soon(when) }) });
    onClose();
  };
  return (
    <Dialog title={t("message.remind")} onClose={onClose}>
      <div className={form.form}>
        <form ref={ref} className={form.form} onSubmit={(event) => event.preventDefault()}>
          <TextField
            label={t("remind.note")}
            value={note}
            onText={setNote}
            problem={at.note}
            maxLength={200}
          />
          <SelectField
            label={t("remind.every")}
            value={every}
            onValue={setEvery}
            problem={at.every}
            options={often.map((value) => ({ value, label: t(`remind.every.${value || "never"}`) }))}
          />
        </form>
        <Times
          offers={reminders(new Date(), me).map((offer) => ({ ...offer, label: t(`remind.${offer.id}`) }))}
          onPick={(when) => void remind(when)}
        />
        <Wrong text={rest} />
      </div>
    </Dialog>
  );
}
