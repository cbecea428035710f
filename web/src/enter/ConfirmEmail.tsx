import "../text/more";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { accounts, type EmailOffer } from "../api/accounts";
import { asProblem, problemText } from "../api/problem";
import { Loading } from "../app/Notices";
import { useSubmit, Wrong } from "../form/useSubmit";
import { emailMayHaveChanged } from "../settings/EmailProof";
import { t } from "../text/text";
import { useTokenOfLink } from "./draft";
import styles from "./Enter.module.css";
import { EnterPage } from "./EnterPage";

/** The link that was sent to a mail address: a button confirms that its owner reads what comes there. To open the page confirms nothing. */
export function ConfirmEmail() {
  const token = useTokenOfLink();
  return <Confirmation key={token} token={token} />;
}

function Confirmation({ token }: { token: string }) {
  const [offer, setOffer] = useState<EmailOffer>();
  const [failed, setFailed] = useState<unknown>();
  const [done, setDone] = useState(false);
  const { busy, problem, rest, submit } = useSubmit();

  useEffect(() => {
    if (token) accounts.emailOffer(token).then(setOffer, setFailed);
  }, [token]);

  const kind = failed ? asProblem(failed).kind : problem?.kind;
  if (!token || kind === "not-found")
    return (
      <EnterPage title={t("confirm.dead")}>
        <p>{t("confirm.dead.more")}</p>
        <ToTheApp />
      </EnterPage>
    );
  if (failed)
    return (
      <EnterPage title={t("confirm.title")}>
        <Wrong text={problemText(asProblem(failed))} />
        <Button onClick={() => location.reload()}>{t("app.retry")}</Button>
      </EnterPage>
    );
  if (!offer) return <Loading />;
  if (done)
    return (
      <EnterPage title={t("confirm.done")} lead={t("confirm.done.more", { email: offer.email })}>
        <ToTheApp />
      </EnterPage>
    );

  const confirm = () =>
    submit(async () => {
      await accounts.proveEmail(token);
      setDone(true);
      void emailMayHaveChanged();
    });
  return (
    <EnterPage title={t("confirm.title")} lead={t("confirm.lead", { ...offer })}>
      <p className={styles.lead}>{t("confirm.else")}</p>
      <Wrong text={rest} />
      <Button size="md" loading={busy} onClick={() => void confirm()}>
        {t("confirm.yes")}
      </Button>
    </EnterPage>
  );
}

function ToTheApp() {
  return (
    <p>
      <Link to="/settings/$section" params={{ section: "security" }}>
        {t("confirm.settings")}
      </Link>
    </p>
  );
}
