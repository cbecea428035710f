import "../text/more";
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { accounts, type RecoveryOffer } from "../api/accounts";
import { asProblem, problemText } from "../api/problem";
import { Loading } from "../app/Notices";
import form from "../form/Form.module.css";
import { Choices, PasswordField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { t } from "../text/text";
import { useTokenOfLink } from "./draft";
import styles from "./Enter.module.css";
import { DeadEnd, EnterPage } from "./EnterPage";
import { land } from "./land";
import { canPasskey, recoverWithPasskey, turnedDown } from "./passkey";

/** A recovery link: who was locked out chooses a new way in, and is in. */
export function Recover() {
  const token = useTokenOfLink();
  return <Recovery key={token} token={token} />;
}

function Recovery({ token }: { token: string }) {
  const [offer, setOffer] = useState<RecoveryOffer>();
  const [failed, setFailed] = useState<unknown>();
  const [way, setWay] = useState<"password" | "passkey">("password");
  const [password, setPassword] = useState("");
  const [down, setDown] = useState(false);
  const { busy, problem, at, rest, submit, form: ref } = useSubmit(["password"]);

  useEffect(() => {
    if (token) accounts.recoveryOffer(token).then(setOffer, setFailed);
  }, [token]);

  const kind = asKind(failed) ?? problem?.kind;
  if (!token || kind === "not-found")
    return (
      <DeadEnd title={t("recover.dead")}>
        <p>{t("recover.dead.more")}</p>
      </DeadEnd>
    );
  if (failed)
    return (
      <EnterPage title={t("recover.title.short")}>
        <Wrong text={problemText(asProblem(failed))} />
        <Button onClick={() => location.reload()}>{t("app.retry")}</Button>
      </EnterPage>
    );
  if (!offer) return <Loading />;

  const enter = () =>
    submit(async () => {
      setDown(false);
      try {
        if (way === "passkey") await recoverWithPasskey(token);
        else await accounts.recover(token, { password });
      } catch (error) {
        if (!turnedDown(error)) throw error;
        return setDown(true);
      }
      await land();
    });

  return (
    <EnterPage
      title={t("recover.title", { name: offer.name })}
      lead={t("recover.lead", { organisation: offer.organisation })}
    >
      <form
        ref={ref}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <input type="text" autoComplete="username" value={offer.email} readOnly hidden />
        {canPasskey() && (
          <Choices
            label={t("enter.way")}
            value={way}
            onValue={setWay}
            options={[
              { value: "password", label: t("enter.password"), more: t("enter.way.password") },
              { value: "passkey", label: t("enter.passkey"), more: t("enter.way.passkey") },
            ]}
          />
        )}
        {way === "password" && (
          <PasswordField
            label={t("security.password.new")}
            value={password}
            onText={setPassword}
            problem={at.password}
            hint={t("enter.password.hint")}
            autoComplete="new-password"
            minLength={10}
            maxLength={1000}
            required
            autoFocus
          />
        )}
        <p className={styles.lead}>{t("recover.after")}</p>
        <Wrong text={down ? t("recover.down") : rest} />
        <Button type="submit" size="md" loading={busy}>
          {t("recover.yes")}
        </Button>
      </form>
    </EnterPage>
  );
}

const asKind = (error: unknown) => (error ? asProblem(error).kind : undefined);
