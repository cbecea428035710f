import "../text/more";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "../app/Dialog";
import form from "../form/Form.module.css";
import { TextArea, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { applyToBoot } from "../live/apply";
import { changeBoot } from "../live/data";
import { needs } from "../need/calls";
import { there } from "../need/say";
import { fieldValue, fromField } from "../need/times";
import type { Scheduled } from "../need/types";
import { t } from "../text/text";

/** Changes what will be said later, and when. */
export function ScheduledDialog({ scheduled, zone, onClose }: ScheduledDialogProps) {
  const [body, setBody] = useState(scheduled.body);
  const [time, setTime] = useState(fieldValue(new Date(scheduled.at)));
  const { busy, at, rest, submit, form: ref } = useSubmit(["body", "at"]);
  const when = fromField(time);
  const moved = time !== fieldValue(new Date(scheduled.at));
  const save = () =>
    submit(async () => {
      const changed = await needs.reschedule(scheduled.id, {
        body: body.trim(),
        ...(moved && when ? { at: when.toISOString() } : {}),
      });
      changeBoot((boot) => applyToBoot(boot, { type: "scheduled", scheduled: changed }));
    });
  return (
    <Dialog title={t("scheduled.edit.title")} onClose={onClose}>
      <form
        ref={ref}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save().then((done) => done && onClose());
        }}
      >
        <TextArea
          label={t("scheduled.text")}
          value={body}
          onText={setBody}
          problem={at.body}
          required={scheduled.files.length === 0}
          rows={5}
          data-autofocus
        />
        <TextField
          label={t("scheduled.time")}
          type="datetime-local"
          value={time}
          onText={setTime}
          min={fieldValue(new Date())}
          problem={at.at ?? (when && moved && when <= new Date() ? t("time.past") : undefined)}
          hint={when && zone ? there(when, zone) : undefined}
          required
        />
        <Wrong text={rest} />
        <div className={form.buttons}>
          <Button type="submit" loading={busy}>
            {t("app.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ScheduledDialogProps {
  scheduled: Scheduled;
  zone?: string;
  onClose: () => void;
}
