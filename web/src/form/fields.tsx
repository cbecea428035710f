import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { type ComponentProps, useId, useState } from "react";
import { t } from "../text/text";
import styles from "./Form.module.css";

// Fields with a label above, a hint below, and what is wrong in its place. They are plain fields of the browser.

interface Told {
  label: string;
  hint?: string;
  problem?: string;
}

function Frame({ id, label, hint, problem, children }: Told & { id: string; children: React.ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {problem && (
        <span id={`${id}-problem`} className={styles.problem}>
          {problem}
        </span>
      )}
      {hint && !problem && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}

const about = (id: string, { hint, problem }: Told) => ({
  id,
  "aria-invalid": problem ? true : undefined,
  "aria-describedby": problem ? `${id}-problem` : hint ? `${id}-hint` : undefined,
});

type TextProps = Told & { onText: (text: string) => void } & Omit<ComponentProps<"input">, "onChange">;

export function TextField({ label, hint, problem, onText, ...input }: TextProps) {
  const id = useId();
  const told = { label, hint, problem };
  return (
    <Frame id={id} {...told}>
      <input
        dir="auto"
        {...input}
        {...about(id, told)}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </Frame>
  );
}

/** A password that can be looked at while typing it. */
export function PasswordField({ label, hint, problem, onText, ...input }: TextProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const told = { label, hint, problem };
  const Icon = shown ? IconEyeOff : IconEye;
  return (
    <Frame id={id} {...told}>
      <div className={styles.withButton}>
        <input
          {...input}
          {...about(id, told)}
          type={shown ? "text" : "password"}
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <button
          type="button"
          aria-label={t("form.showPassword")}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon size={19} stroke={1.7} aria-hidden />
        </button>
      </div>
    </Frame>
  );
}

type AreaProps = Told & { onText: (text: string) => void } & Omit<ComponentProps<"textarea">, "onChange">;

export function TextArea({ label, hint, problem, onText, ...area }: AreaProps) {
  const id = useId();
  const told = { label, hint, problem };
  return (
    <Frame id={id} {...told}>
      <textarea
        dir="auto"
        {...area}
        {...about(id, told)}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    </Frame>
  );
}

export interface Option<T extends string> {
  value: T;
  label: string;
  more?: string;
}

type SelectProps<T extends string> = Told & {
  value: T;
  options: Option<T>[];
  onValue: (value: T) => void;
  disabled?: boolean;
};

export function SelectField<T extends string>({
  label,
  hint,
  problem,
  value,
  options,
  onValue,
  disabled,
}: SelectProps<T>) {
  const id = useId();
  const told = { label, hint, problem };
  return (
    <Frame id={id} {...told}>
      <select
        {...about(id, told)}
        value={value}
        disabled={disabled}
        onChange={(event) => onValue(event.currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

/** One of a few, each with a line that says what it means. */
export function Choices<T extends string>({
  label,
  value,
  options,
  onValue,
}: Omit<SelectProps<T>, "hint" | "problem">) {
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.choice} data-chosen={option.value === value || undefined}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span>
            <b>{option.label}</b>
            {option.more && <small>{option.more}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function CheckField({ label, more, checked, onCheck, disabled }: CheckProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onCheck(event.currentTarget.checked)}
      />
      <span>
        {label}
        {more && <small>{more}</small>}
      </span>
    </label>
  );
}

interface CheckProps {
  label: string;
  more?: string;
  checked: boolean;
  disabled?: boolean;
  onCheck: (checked: boolean) => void;
}
