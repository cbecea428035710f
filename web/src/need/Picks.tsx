import { type ReactNode, useState } from "react";
import { TextButton } from "../app/Buttons";
import { t } from "../text/text";
import { exactTime } from "../text/time";
import styles from "./Picks.module.css";
import { soon, there } from "./say";
import { fieldValue, fromField } from "./times";

// A short list of which one thing is picked, by arrows or by tab; times among it, and a field for one's own.

export function Picks({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div
      className={styles.picks}
      role="group"
      aria-label={title}
      onKeyDown={(event) => {
        const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (!by || (event.target as HTMLElement).tagName === "INPUT") return;
        const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button:enabled")];
        const at = all.indexOf(event.target as HTMLButtonElement);
        all[(at + by + all.length) % all.length]?.focus();
        event.preventDefault();
      }}
    >
      <p className={styles.title} aria-hidden>
        {title}
      </p>
      {children}
    </div>
  );
}

export function Pick({ icon, label, more, chosen, first, ...button }: PickProps) {
  return (
    <button
      type="button"
      className={styles.pick}
      aria-pressed={chosen}
      data-autofocus={first || undefined}
      {...button}
    >
      {icon}
      <span>
        <b>{label}</b>
        {more && <small>{more}</small>}
      </span>
    </button>
  );
}

type PickProps = Omit<React.ButtonHTMLAttributes<HTMLButtonElement>, "children"> & {
  icon?: ReactNode;
  label: ReactNode;
  more?: ReactNode;
  chosen?: boolean;
  first?: boolean; // has the focus when the list opens
};

/** Times to pick from, in the reader's zone, with the other's beside when it differs. */
export function Times({ offers, chosen, zone, nested, onPick }: TimesProps) {
  const [own, setOwn] = useState(chosen && new Date(chosen) > new Date() ? fieldValue(new Date(chosen)) : "");
  const at = fromField(own);
  const past = !!at && at.getTime() <= Date.now();
  const beside = at && zone ? there(at, zone) : undefined;
  return (
    <div className={nested ? styles.times : undefined}>
      {offers.map((offer, index) => (
        <Pick
          key={offer.id}
          first={index === 0}
          title={exactTime(offer.at)}
          label={offer.label}
          more={
            <>
              {soon(offer.at)}
              {zone && there(offer.at, zone) && <> · {there(offer.at, zone)}</>}
            </>
          }
          onClick={() => onPick(offer.at, offer.id)}
        />
      ))}
      <form
        className={styles.own}
        onSubmit={(event) => {
          event.preventDefault();
          if (at && !past) onPick(at, "own");
        }}
      >
        <label>
          {t("time.own")}
          <input
            type="datetime-local"
            required
            value={own}
            min={fieldValue(new Date())}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
        </label>
        <TextButton type="submit" kind="filled">
          {t("time.own.set")}
        </TextButton>
        {past && <p role="alert">{t("time.past")}</p>}
        {beside && <p>{beside}</p>}
      </form>
    </div>
  );
}

interface TimesProps {
  offers: { id: string; at: Date; label: string }[];
  chosen?: string;
  zone?: string; // the other's
  nested?: boolean;
  onPick: (at: Date, id: string) => void;
}
