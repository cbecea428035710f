import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { accounts } from "../api/accounts";
import form from "../form/Form.module.css";
import { PasswordField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { t } from "../text/text";
import styles from "./Enter.module.css";
import { makePasskey, turnedDown } from "./passkey";

/** The account is there, and needs a way in: the passkey that was wanted, or a password instead. */
export function SecureStep({ begin, onDone }: { begin: boolean; onDone: () => void }) {
  const key = useSubmit();
  const word = useSubmit(["password", "new"]);
  const [password, setPassword] = useState("");
  const [down, setDown] = useState(false);
  const begun = useRef(false);

  const make = async () => {
    setDown(false);
    const done = await key.submit(async () => {
      try {
        await makePasskey();
      } catch (error) {
        if (!turnedDown(error)) throw error;
        setDown(true);
        return;
      }
      onDone();
    });
    return done;
  };
  useEffect(() => {
    if (begin && !begun.current) void make();
    begun.current = true;
  });

  return (
    <>
      <p className={styles.lead}>{t(down ? "enter.secure.down" : "enter.secure.more")}</p>
      <Wrong text={key.rest} />
      <Button size="md" loading={key.busy} onClick={() => void make()}>
        {t("enter.passkey.make")}
      </Button>
      <p className={styles.or}>{t("enter.or")}</p>
      <form
        ref={word.form}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void word.submit(() => accounts.setPassword("", password)).then((done) => done && onDone());
        }}
      >
        <PasswordField
          label={t("enter.password")}
          value={password}
          onText={setPassword}
          problem={word.at.password ?? word.at.new}
          hint={t("enter.password.hint")}
          autoComplete="new-password"
          minLength={10}
          required
        />
        <Wrong text={word.rest} />
        <Button type="submit" variant="default" size="md" loading={word.busy}>
          {t("enter.secure.password")}
        </Button>
      </form>
    </>
  );
}
