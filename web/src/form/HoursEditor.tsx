import { IconCopy, IconPlus, IconX } from "@tabler/icons-react";
import { useId } from "react";
import { minutesOf } from "../people/availability";
import { lookup, number, t } from "../text/text";
import { weekdayName } from "../text/time";
import styles from "./Form.module.css";
import { presets, type Stretch, sameWeek, type Week, weekProblems, weekTotal } from "./week";

// Of what the hours are: their presets, and the words for them.
const kinds = {
  work: {
    presets: ["office", "early", "sunday", "none"],
    label: "form.hours",
    off: "form.hours.off",
    total: "form.hours.total",
    nothing: "form.hours.nothing",
    preset: "form.hours",
    usual: { from: "09:00", to: "17:00" },
  },
  quiet: {
    presets: ["night", "long", "weekend", "none"],
    label: "reach.quiet",
    off: "reach.quiet.off",
    total: "reach.quiet.total",
    nothing: "reach.quiet.nothing",
    preset: "reach.quiet",
    usual: { from: "22:00", to: "07:00" },
  },
} as const;

/** The hours of a week, day by day; presets on top. */
export function HoursEditor({ week, onWeek, kind = "work" }: HoursEditorProps) {
  const words = kinds[kind];
  const id = useId();
  const problems = weekProblems(week);
  const setDay = (day: number, stretches: Stretch[]) =>
    onWeek(week.map((now, index) => (index === day ? stretches : now)));
  const usual = () => week.find((day) => day.length > 0) ?? [{ ...words.usual }];
  const broken = problems.some(Boolean);

  return (
    <div className={styles.week} role="group" aria-label={t(words.label)}>
      <div className={styles.presets}>
        {words.presets.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.preset}
            aria-pressed={sameWeek(week, presets[name]())}
            onClick={() => onWeek(presets[name]())}
          >
            {lookup(`${words.preset}.${name}`, {})}
          </button>
        ))}
      </div>
      <div>
        {week.map((stretches, day) => {
          const name = weekdayName(day + 1);
          return (
            <div key={name} className={styles.day}>
              <label className={styles.dayName}>
                <input
                  type="checkbox"
                  checked={stretches.length > 0}
                  onChange={(event) =>
                    setDay(day, event.currentTarget.checked ? usual().map((one) => ({ ...one })) : [])
                  }
                />
                {name}
              </label>
              {stretches.length === 0 ? (
                <span className={styles.off}>{t(words.off)}</span>
              ) : (
                <div className={styles.stretches}>
                  {stretches.map((stretch, index) => (
                    <div key={index} className={styles.stretch}>
                      {(["from", "to"] as const).map((end) => (
                        <input
                          key={end}
                          type="time"
                          required
                          value={stretch[end]}
                          aria-label={t(`form.hours.${end}`, { day: name })}
                          aria-invalid={problems[day] ? true : undefined}
                          aria-describedby={problems[day] ? `${id}-${day}` : undefined}
                          onChange={(event) => {
                            const { value } = event.currentTarget;
                            setDay(
                              day,
                              stretches.map((one, at) => (at === index ? { ...one, [end]: value } : one)),
                            );
                          }}
                        />
                      ))}
                      {past(stretch) && <span className={styles.nextDay}>{t("form.hours.nextDay")}</span>}
                      {index === 0 ? (
                        <>
                          <button
                            type="button"
                            title={t("form.hours.more", { day: name })}
                            aria-label={t("form.hours.more", { day: name })}
                            onClick={() => setDay(day, [...stretches, after(stretches.at(-1)!)])}
                          >
                            <IconPlus size={16} aria-hidden />
                          </button>
                          <button
                            type="button"
                            title={t("form.hours.same")}
                            aria-label={t("form.hours.same")}
                            onClick={() =>
                              onWeek(
                                week.map((now) => (now.length ? stretches.map((one) => ({ ...one })) : now)),
                              )
                            }
                          >
                            <IconCopy size={16} aria-hidden />
                          </button>
                        </>
                      ) : (
                        <button
                          type="button"
                          title={t("form.hours.less", { day: name })}
                          aria-label={t("form.hours.less", { day: name })}
                          onClick={() =>
                            setDay(
                              day,
                              stretches.filter((_, at) => at !== index),
                            )
                          }
                        >
                          <IconX size={16} aria-hidden />
                        </button>
                      )}
                    </div>
                  ))}
                  {problems[day] && (
                    <span id={`${id}-${day}`} className={styles.problem}>
                      {t(`form.hours.problem.${problems[day]}`)}
                    </span>
                  )}
                </div>
              )}
            </div>
          );
        })}
      </div>
      {!broken && (
        <p className={styles.hint} aria-live="polite">
          {weekTotal(week) > 0
            ? t(words.total, { hours: number(Math.round(weekTotal(week) * 100) / 100) })
            : t(words.nothing)}
        </p>
      )}
    </div>
  );
}

interface HoursEditorProps {
  week: Week;
  onWeek: (week: Week) => void;
  kind?: keyof typeof kinds;
}

const past = ({ from, to }: Stretch) =>
  from !== "" && to !== "" && to !== "00:00" && minutesOf(to) < minutesOf(from);

/** An hour after the last stretch, two hours long if the day allows. */
function after(last: Stretch): Stretch {
  const start = Math.min(minutesOf(last.to || "17:00") + 60, 22 * 60);
  const text = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return { from: text(start), to: text(Math.min(start + 120, 23 * 60 + 59)) };
}
