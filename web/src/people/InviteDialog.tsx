import "../text/more";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accounts } from "../api/accounts";
import { problemText } from "../api/problem";
import type { Invitation } from "../api/types";
import { Dialog } from "../app/Dialog";
import { Confirm } from "../form/Confirm";
import { Wrong } from "../form/useSubmit";
import { cache, peopleOf, useBoot } from "../live/data";
import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";
import { InviteForm } from "./InviteForm";
import styles from "./People.module.css";

const key = ["invitations"];

/** Invite people, and see which invitations are open. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const boot = useBoot();
  const channels = boot.conversations.filter((c) => c.kind === "channel" && !c.archived_at && c.me);
  return (
    <Dialog title={t("invite.title")} onClose={onClose} size="lg">
      <InviteForm
        me={boot.me.role}
        channels={channels}
        onMade={(made) => cache.setQueryData<Invitation[]>(key, (known) => known && [made, ...known])}
      />
      <OpenInvitations />
    </Dialog>
  );
}

export function OpenInvitations() {
  const boot = useBoot();
  const people = peopleOf(boot);
  const { data, error } = useQuery({ queryKey: key, queryFn: accounts.invitations, staleTime: 0 });
  const [ending, setEnding] = useState<Invitation>();
  if (error) return <Wrong text={problemText(error)} />;
  if (!data?.length) return null;
  return (
    <section className={styles.open}>
      <h2>{t("invite.open")}</h2>
      <ul className={styles.rows}>
        {data.map((one) => (
          <li key={one.id} className={styles.row}>
            <div className={styles.rowText}>
              <b dir="auto">{one.note || t("invite.as", { role: t(`role.${one.role}`) })}</b>
              <small>
                {one.note && `${t(`role.${one.role}`)} · `}
                {t("invite.left", { n: one.uses_left })} ·{" "}
                <span title={exactTime(one.expires_at)}>
                  {t("invite.until", { time: mediumTime(one.expires_at) })}
                </span>
                {one.created_by !== boot.me.id &&
                  ` · ${t("invite.by", { name: people.get(one.created_by)?.name ?? "" })}`}
              </small>
            </div>
            <Button size="xs" variant="default" onClick={() => setEnding(one)}>
              {t("invite.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      {ending && (
        <Confirm
          title={t("invite.revoke.title")}
          yes={t("invite.revoke")}
          onClose={() => setEnding(undefined)}
          work={async () => {
            await accounts.revokeInvitation(ending.id);
            cache.setQueryData<Invitation[]>(key, (known) => known?.filter((one) => one.id !== ending.id));
          }}
        >
          {t("invite.revoke.more")}
        </Confirm>
      )}
    </section>
  );
}
