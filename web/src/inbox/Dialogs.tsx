import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/calls";
import type { ID, Item } from "../api/types";
import { Dialog } from "../app/Dialog";
import form from "../form/Form.module.css";
import { TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { PeoplePicker } from "../list/PeoplePicker";
import { time } from "../live/clock";
import { keys, useBoot } from "../live/data";
import { t } from "../text/text";
import { handOver } from "./work";

/** Who else should do it, and a word about it. */
export function HandOverDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const boot = useBoot();
  const { conversation, author } = item.message;
  const members = useQuery({
    queryKey: keys.members(conversation),
    queryFn: () => api.members(conversation),
  });
  const able = new Set(members.data?.map(({ person }) => person));
  const without = boot.people
    .filter(({ id, kind }) => kind === "bot" || id === boot.me.id || id === author || !able.has(id))
    .map(({ id }) => id);
  const [chosen, setChosen] = useState<ID[]>([]);
  const [note, setNote] = useState("");
  const { busy, at, rest, submit, form: ref } = useSubmit(["person", "note"]);
  const person = chosen[0];
  return (
    <Dialog title={t("inbox.handOver")} onClose={onClose}>
      <form
        ref={ref}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!person) return;
          void submit(() => handOver(item, person, note.trim())).then((done) => done && onClose());
        }}
      >
        <p className={form.hint}>{t("inbox.handOver.more")}</p>
        <PeoplePicker
          label={t("inbox.handOver.whom")}
          chosen={chosen}
          onChange={(people) => setChosen(people.slice(-1))}
          max={2} // another choice takes the place of the first
          without={without}
          autoFocus
        />
        <TextField
          label={t("inbox.handOver.note")}
          value={note}
          onText={setNote}
          problem={at.note}
          maxLength={200}
        />
        <Wrong text={at.person ?? rest} />
        <div className={form.buttons}>
          <Button type="button" variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!person}>
            {t("inbox.handOver")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** A time of one's own. */
export function UntilDialog({ onUntil, onClose }: { onUntil: (until: Date) => void; onClose: () => void }) {
  const [at, setAt] = useState(() => local(new Date(time() + 24 * 3_600_000)));
  const until = new Date(at);
  const past = Number.isNaN(until.getTime()) || until.getTime() <= time();
  return (
    <Dialog title={t("inbox.snooze")} onClose={onClose} size="sm">
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (past) return;
          onClose();
          onUntil(until);
        }}
      >
        <TextField
          label={t("inbox.snooze.until")}
          type="datetime-local"
          value={at}
          onText={setAt}
          problem={past ? t("inbox.snooze.past") : undefined}
          data-autofocus
          required
        />
        <div className={form.buttons}>
          <Button type="button" variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" disabled={past}>
            {t("inbox.snooze")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** An instant as a field of the browser wants it: wall clock, to the minute. */
export function local(at: Date) {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
