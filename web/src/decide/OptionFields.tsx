import { IconPlus, IconX } from "@tabler/icons-react";
import { useId } from "react";
import type { ID } from "../api/types";
import { setTerms, type Terms } from "../need/terms";
import { t } from "../text/text";
import styles from "./OptionFields.module.css";

const maxOptions = 10;
const maxText = 120;

/** What an answer by a time can be turned into: options to vote on, and what it is if nobody objects. */
export function OptionFields({ conversation, thread, terms }: OptionFieldsProps) {
  const id = useId();
  const { options } = terms;
  const set = (change: Partial<Terms>) => setTerms(conversation, thread, { ...terms, ...change });
  if (!options)
    return (
      <button type="button" className={styles.more} onClick={() => set({ options: ["", ""] })}>
        <IconPlus size={15} aria-hidden /> {t("decide.begin")}
      </button>
    );
  const change = (n: number, text: string) => set({ options: options.map((o, i) => (i === n ? text : o)) });
  const remove = (n: number) =>
    set({ options: options.length > 2 ? options.filter((_, i) => i !== n) : undefined, fallback: undefined });
  return (
    <fieldset className={styles.options}>
      <legend>{t("decide.title")}</legend>
      {options.map((option, n) => (
        <div key={n} className={styles.option}>
          <input
            value={option}
            maxLength={maxText}
            dir="auto"
            placeholder={t("decide.option", { n: n + 1 })}
            aria-label={t("decide.option", { n: n + 1 })}
            onChange={(event) => change(n, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") event.preventDefault();
            }}
          />
          <button
            type="button"
            aria-label={t(options.length > 2 ? "decide.option.remove" : "decide.end", { n: n + 1 })}
            title={t(options.length > 2 ? "decide.option.remove" : "decide.end", { n: n + 1 })}
            onClick={() => remove(n)}
          >
            <IconX size={15} aria-hidden />
          </button>
        </div>
      ))}
      <div className={styles.rules}>
        {options.length < maxOptions && (
          <button type="button" className={styles.more} onClick={() => set({ options: [...options, ""] })}>
            <IconPlus size={15} aria-hidden /> {t("decide.option.add")}
          </button>
        )}
        <label htmlFor={id}>{t("decide.fallback")}</label>
        <select
          id={id}
          value={terms.fallback ?? -1}
          onChange={(event) => {
            const chosen = Number(event.currentTarget.value);
            set({ fallback: chosen < 0 ? undefined : chosen });
          }}
        >
          <option value={-1}>{t("decide.fallback.none")}</option>
          {options.map(
            (option, n) =>
              option.trim() && (
                <option key={n} value={n}>
                  {option}
                </option>
              ),
          )}
        </select>
      </div>
    </fieldset>
  );
}

interface OptionFieldsProps {
  conversation: ID;
  thread: number;
  terms: Terms;
}
