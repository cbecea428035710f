import { Button } from "@mantine/core";
import { useState } from "react";
import { accounts } from "../api/accounts";
import type { Person } from "../api/types";
import { Dialog } from "../app/Dialog";
import form from "../form/Form.module.css";
import { Secret } from "../form/Secret";
import { useSubmit, Wrong } from "../form/useSubmit";
import { t } from "../text/text";

/** Makes the link by which somebody who is locked out gets in, and shows it once. */
export function RecoveryDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [url, setUrl] = useState("");
  const { busy, rest, submit } = useSubmit();
  const make = () => submit(async () => setUrl((await accounts.makeRecovery(person.id)).url));
  return (
    <Dialog title={t("admin.recover.title", { name: person.name })} onClose={onClose} size="md">
      <div className={form.form}>
        <p>{t("admin.recover.more", { name: person.name })}</p>
        {url && <Secret told={t("admin.recover.made", { name: person.name })} value={url} />}
        <Wrong text={rest} />
        <div className={form.buttons}>
          <Button type="button" variant="default" onClick={onClose}>
            {t(url ? "app.close" : "app.cancel")}
          </Button>
          {!url && (
            <Button type="button" loading={busy} data-autofocus onClick={() => void make()}>
              {t("admin.recover.make")}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
