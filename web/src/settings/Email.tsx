import { Button } from "@mantine/core";
import { useState } from "react";
import { accounts } from "../api/accounts";
import { tell } from "../app/overlays";
import { proveByPasskey, turnedDown } from "../enter/passkey";
import form from "../form/Form.module.css";
import { PasswordField, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { useBoot } from "../live/data";
import { t } from "../text/text";
import { EmailProof, emailMayHaveChanged } from "./EmailProof";
import { lookAgain } from "./me";
import { Part } from "./parts";

/** The mail address that I sign in with. Changing it wants my password, or a passkey of who has none. */
export function Email() {
  const { me } = useBoot();
  const [open, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const [current, setCurrent] = useState("");
  const [told, setTold] = useState("");
  const { busy, at, rest, submit, form: ref } = useSubmit(["email", "current"]);
  const byPassword = me.has_password !== false;

  const save = () =>
    submit(async () => {
      setTold("");
      let proof: Parameters<typeof accounts.setEmail>[1] = { current };
      if (!byPassword) {
        try {
          proof = { credential: await proveByPasskey() };
        } catch (error) {
          if (!turnedDown(error)) throw error;
          return setTold(t("security.email.down"));
        }
      }
      const changed = await accounts.setEmail(email.trim(), proof);
      setOpen(false);
      setEmail("");
      setCurrent("");
      tell({ text: t("security.email.changed", { email: changed.email ?? "" }) });
      void emailMayHaveChanged();
      await lookAgain();
    });

  return (
    <Part
      title={t("enter.email")}
      more={me.email}
      action={
        !open && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {t("security.email.change")}
          </Button>
        )
      }
    >
      {!open && <EmailProof />}
      {open && (
        <form
          ref={ref}
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <TextField
            label={t("security.email.new")}
            type="email"
            value={email}
            onText={setEmail}
            problem={at.email}
            autoComplete="email"
            inputMode="email"
            maxLength={254}
            required
            autoFocus
          />
          {byPassword ? (
            <PasswordField
              label={t("enter.password")}
              value={current}
              onText={setCurrent}
              problem={at.current}
              autoComplete="current-password"
              required
            />
          ) : (
            <p className={form.hint}>{t("security.email.passkey")}</p>
          )}
          <Wrong text={told || rest} />
          <div className={form.buttons}>
            <Button type="button" variant="default" onClick={() => setOpen(false)}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("app.save")}
            </Button>
          </div>
        </form>
      )}
    </Part>
  );
}
