import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accounts } from "../api/accounts";
import form from "../form/Form.module.css";
import { useSubmit, Wrong } from "../form/useSubmit";
import { cache } from "../live/data";
import { t } from "../text/text";
import styles from "./Settings.module.css";

const key = ["me", "email"];

/** To be asked for anew when the address is another, or was confirmed. */
export const emailMayHaveChanged = () => cache.invalidateQueries({ queryKey: key });

/** Whether my mail address is confirmed, and the button that sends the link. Nothing on a server that sends no mail. */
export function EmailProof() {
  const { data } = useQuery({
    queryKey: key,
    queryFn: accounts.myEmail,
    staleTime: 0,
    refetchOnWindowFocus: true, // the link may have been opened in another tab
  });
  const [sentTo, setSentTo] = useState("");
  const { busy, rest, submit } = useSubmit();
  if (!data?.configured || !data.email) return null;
  const email = data.email;
  if (data.proven) return <p className={styles.more}>{t("security.email.proven")}</p>;

  const send = () =>
    submit(async () => {
      await accounts.confirmEmail();
      setSentTo(email);
    });
  return (
    <>
      <p className={styles.more}>{t("security.email.unproven")}</p>
      <p className={styles.more} role="status">
        {sentTo === email && t("security.email.sent", { email })}
      </p>
      <Wrong text={rest} />
      <div className={form.buttons}>
        <Button size="xs" variant="default" loading={busy} onClick={() => void send()}>
          {t(sentTo === email ? "security.email.again" : "security.email.send")}
        </Button>
      </div>
    </>
  );
}
