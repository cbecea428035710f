import { Choices, PasswordField, TextField } from "../form/fields";
import { t } from "../text/text";
import type { Draft } from "./draft";
import { canPasskey } from "./passkey";

/** Name, mail, and how to get in again. */
export function AccountFields({ draft, change, password, setPassword, at }: AccountFieldsProps) {
  const passkeys = canPasskey();
  return (
    <>
      <TextField
        label={t("enter.name")}
        value={draft.name}
        onText={(name) => change({ name })}
        problem={at.name}
        autoComplete="name"
        maxLength={80}
        required
        autoFocus
      />
      <TextField
        label={t("enter.email")}
        type="email"
        value={draft.email}
        onText={(email) => change({ email })}
        problem={at.email}
        hint={t("enter.email.hint")}
        autoComplete="username"
        inputMode="email"
        maxLength={254}
        required
      />
      {passkeys && (
        <Choices
          label={t("enter.way")}
          value={draft.way}
          onValue={(way) => change({ way })}
          options={[
            { value: "password", label: t("enter.password"), more: t("enter.way.password") },
            { value: "passkey", label: t("enter.passkey"), more: t("enter.way.passkey") },
          ]}
        />
      )}
      {(!passkeys || draft.way === "password") && (
        <PasswordField
          label={t("enter.password")}
          value={password}
          onText={setPassword}
          problem={at.password}
          hint={t("enter.password.hint")}
          autoComplete="new-password"
          minLength={10}
          maxLength={1000}
          required
        />
      )}
    </>
  );
}

interface AccountFieldsProps {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  password: string;
  setPassword: (password: string) => void;
  at: Record<string, string>;
}
