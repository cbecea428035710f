import { Button } from "@mantine/core";
import { useState } from "react";
import { attempt } from "../../app/failures";
import form from "../../form/Form.module.css";
import { TextArea, TextField } from "../../form/fields";
import { HoursEditor } from "../../form/HoursEditor";
import { useSubmit, Wrong } from "../../form/useSubmit";
import { fromWeek, sameWeek, toWeek, type Week, weekProblems } from "../../form/week";
import { soon } from "../../inbox/words";
import { PeoplePicker } from "../../list/PeoplePicker";
import { currentTime, time } from "../../live/clock";
import { useBoot, usePeople } from "../../live/data";
import { useMinute } from "../../live/now";
import { availability } from "../../people/availability";
import { t } from "../../text/text";
import { date } from "../../text/time";
import { changeMe } from "../me";
import { Part } from "../parts";
import styles from "../Settings.module.css";
import { daysOf, daysOff } from "./calendar";
import { changeReach, endFocus, endLeave, focusUntil, useReach } from "./data";
import own from "./Reach.module.css";

/** When I work, and when I am left alone. */
export function Hours() {
  const { me } = useBoot();
  const reach = useReach();
  return (
    <>
      <Part title={t("reach.focus")} more={t("reach.focus.more")}>
        <Focus />
      </Part>
      <Part title={t("form.hours")} more={t("reach.hours.more")}>
        <WeekForm
          kind="work"
          week={toWeek(me.hours)}
          onSave={(week) => changeMe({ hours: fromWeek(week) })}
        />
      </Part>
      <Part title={t("reach.quiet")} more={t("reach.quiet.more")}>
        <WeekForm
          kind="quiet"
          week={toWeek(reach.quiet)}
          onSave={(week) => changeReach({ quiet: fromWeek(week) })}
        />
      </Part>
      <Part title={t("reach.leave")} more={t("reach.leave.more")}>
        <Leave />
      </Part>
      <Part title={t("reach.off")} more={t("reach.off.more")}>
        <DaysOff />
      </Part>
    </>
  );
}

function WeekForm({ kind, week: kept, onSave }: WeekFormProps) {
  const [week, setWeek] = useState(kept);
  const [saved, setSaved] = useState(false);
  const { busy, rest, submit } = useSubmit();
  const changed = !sameWeek(week, kept);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!weekProblems(week).some(Boolean)) void submit(() => onSave(week)).then(setSaved);
      }}
    >
      <HoursEditor
        kind={kind}
        week={week}
        onWeek={(next) => {
          setWeek(next);
          setSaved(false);
        }}
      />
      <Wrong text={rest} />
      <div className={own.saveRow}>
        <span role="status">
          {saved && !changed ? t("settings.saved") : changed ? t("settings.unsaved") : ""}
        </span>
        <Button type="submit" loading={busy} disabled={!changed}>
          {t("app.save")}
        </Button>
      </div>
    </form>
  );
}

interface WeekFormProps {
  kind: "work" | "quiet";
  week: Week;
  onSave: (week: Week) => Promise<unknown>;
}

function Focus() {
  const { me } = useBoot();
  const { focus } = useReach();
  const now = useMinute();
  const work = availability(me.hours, me.zone, now);
  if (focus && Date.parse(focus) > now.getTime())
    return (
      <div className={own.line}>
        <p role="status">{t("reach.focus.on", { time: soon(focus, now) })}</p>
        <Button variant="default" onClick={() => void attempt(endFocus)}>
          {t("focus.end")}
        </Button>
      </div>
    );
  const until = (at: Date) => void attempt(() => focusUntil(at));
  return (
    <div className={styles.statuses}>
      {[1, 2, 4].map((n) => (
        <button key={n} type="button" onClick={() => until(new Date(time() + n * 3_600_000))}>
          {t("reach.focus.hours", { n })}
        </button>
      ))}
      {work.state === "working" && (
        <button type="button" onClick={() => until(work.until)}>
          {t("reach.focus.day")}
        </button>
      )}
    </div>
  );
}

const today = () => date.field(currentTime());

function Leave() {
  const { me } = useBoot();
  const people = usePeople();
  const { leave } = useReach();
  const [open, setOpen] = useState(false);
  if (open) return <LeaveForm onClose={() => setOpen(false)} />;
  if (!leave || Date.parse(leave.to) < time())
    return (
      <div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t("reach.leave.plan")}
        </Button>
      </div>
    );
  const { first, last } = daysOf(me.zone, leave);
  const deputy = people.get(leave.deputy ?? "");
  return (
    <>
      <p>
        {t("reach.leave.is", { from: date.long(first), to: date.long(last) })}{" "}
        {deputy && t("reach.away.deputy", { name: deputy.name })}
      </p>
      {leave.text && (
        <p className={styles.more} dir="auto">
          {leave.text}
        </p>
      )}
      <div className={styles.rowActions}>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t("reach.leave.change")}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => void attempt(endLeave)}>
          {t("reach.leave.end")}
        </Button>
      </div>
    </>
  );
}

function LeaveForm({ onClose }: { onClose: () => void }) {
  const { me } = useBoot();
  const { leave } = useReach();
  const begun = leave && daysOf(me.zone, leave);
  const [first, setFirst] = useState(begun?.first ?? today());
  const [last, setLast] = useState(begun?.last ?? today());
  const [deputy, setDeputy] = useState(leave?.deputy ? [leave.deputy] : []);
  const [text, setText] = useState(leave?.text ?? "");
  const { busy, at, rest, submit, form: ref } = useSubmit(["from", "to", "deputy", "text"]);
  const wrong = first && last && last < first;
  const save = () =>
    submit(() =>
      changeReach({
        leave: {
          ...daysOff(me.zone, first, last),
          ...(deputy[0] ? { deputy: deputy[0] } : {}),
          ...(text.trim() ? { text: text.trim() } : {}),
        },
      }),
    );
  return (
    <form
      ref={ref}
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void save().then((done) => done && onClose());
      }}
    >
      <div className={styles.two}>
        <TextField
          label={t("reach.leave.first")}
          type="date"
          value={first}
          onText={setFirst}
          problem={at.from}
          required
        />
        <TextField
          label={t("reach.leave.last")}
          type="date"
          value={last}
          min={first}
          onText={setLast}
          problem={wrong ? t("reach.leave.order") : at.to}
          required
        />
      </div>
      <PeoplePicker
        label={t("reach.leave.deputy")}
        chosen={deputy}
        onChange={(chosen) => setDeputy(chosen.slice(-1))}
        max={2} // another choice takes the place of the first
        without={[me.id]}
        folded
      />
      <TextArea
        label={t("reach.leave.text")}
        value={text}
        onText={setText}
        problem={at.text}
        maxLength={500}
      />
      <Wrong text={at.deputy ?? rest} />
      <div className={form.buttons}>
        <Button type="button" variant="default" onClick={onClose}>
          {t("app.cancel")}
        </Button>
        <Button type="submit" loading={busy}>
          {t("app.save")}
        </Button>
      </div>
    </form>
  );
}

function DaysOff() {
  const { off } = useReach();
  const [day, setDay] = useState("");
  const set = (days: string[]) => attempt(() => changeReach({ off: [...new Set(days)].sort() }));
  return (
    <>
      {off.length === 0 ? (
        <p className={styles.more}>{t("reach.off.none")}</p>
      ) : (
        <ul className={own.days}>
          {off.map((one) => (
            <li key={one}>
              {date.long(one)}
              <button
                type="button"
                aria-label={t("reach.off.remove", { day: date.long(one) })}
                onClick={() => void set(off.filter((other) => other !== one))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <form
        className={own.addRow}
        onSubmit={(event) => {
          event.preventDefault();
          void set([...off, day]).then((done) => done && setDay(""));
        }}
      >
        <TextField
          label={t("reach.off.day")}
          type="date"
          value={day}
          min={today()}
          onText={setDay}
          required
        />
        <Button type="submit" variant="default">
          {t("reach.off.add")}
        </Button>
      </form>
    </>
  );
}
