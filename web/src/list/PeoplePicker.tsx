import { IconCheck, IconX } from "@tabler/icons-react";
import { useId, useMemo, useState } from "react";
import type { ID } from "../api/types";
import { Avatar } from "../app/Avatar";
import { rank } from "../app/match";
import { peopleOf, useBoot } from "../live/data";
import { t } from "../text/text";
import styles from "./PeoplePicker.module.css";

/** Choose people by name; the chosen stand above as chips. */
export function PeoplePicker({
  label,
  chosen,
  onChange,
  max = 50,
  without = [],
  autoFocus,
  folded,
}: PeoplePickerProps) {
  const boot = useBoot();
  const people = peopleOf(boot);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const id = useId();
  const found = useMemo(() => {
    const able = boot.people.filter((p) => !p.deactivated_at && !without.includes(p.id));
    return rank(
      able as ((typeof able)[number] & { weight?: number })[],
      text,
      (p) => `${p.name} @${p.handle}`,
    ).slice(0, 6);
  }, [boot.people, text, without]);

  const toggle = (person: ID) => {
    if (chosen.includes(person)) onChange(chosen.filter((one) => one !== person));
    else if (chosen.length < max) onChange([...chosen, person]);
    setText("");
    setAt(0);
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((at + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") setAt((at + found.length - 1) % Math.max(1, found.length));
    else if (event.key === "Enter" && text && found[at]) toggle(found[at].id);
    else if (event.key === "Escape" && folded && open) setOpen(false);
    else if (event.key === "Backspace" && !text && chosen.length) onChange(chosen.slice(0, -1));
    else return;
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices where the focus is
    <div
      className={styles.picker}
      onFocus={() => setOpen(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <label htmlFor={`${id}-field`}>{label}</label>
      <div className={styles.box}>
        {chosen.map((one) => (
          <button key={one} type="button" className={styles.chip} onClick={() => toggle(one)}>
            {people.get(one)?.name}
            <IconX size={13} aria-label={t("new.remove")} />
          </button>
        ))}
        <input
          id={`${id}-field`}
          value={text}
          data-autofocus={autoFocus || undefined}
          autoComplete="off"
          placeholder={chosen.length ? "" : t("new.someone")}
          role="combobox"
          aria-expanded={found.length > 0 && (open || !folded)}
          aria-controls={`${id}-list`}
          aria-activedescendant={found[at] && `${id}-${found[at].id}`}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setOpen(true);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        hidden={folded && !open}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable
        tabIndex={-1}
      >
        {found.map((person, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field
          <div
            key={person.id}
            id={`${id}-${person.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={chosen.includes(person.id)}
            data-at={index === at || undefined}
            className={styles.option}
            onClick={() => toggle(person.id)}
          >
            <Avatar person={person} size={26} />
            <span>{person.name}</span>
            <small>@{person.handle}</small>
            {chosen.includes(person.id) && <IconCheck size={16} aria-hidden />}
          </div>
        ))}
      </div>
    </div>
  );
}

interface PeoplePickerProps {
  label: string;
  chosen: ID[];
  onChange: (chosen: ID[]) => void;
  max?: number;
  without?: ID[];
  autoFocus?: boolean; // of its dialog
  folded?: boolean; // whom one could choose is shown only while one chooses
}
