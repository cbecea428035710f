import { Button } from "@mantine/core";
import { useState } from "react";
import { accounts } from "../api/accounts";
import type { Conversation, ID, Invitation, Role } from "../api/types";
import form from "../form/Form.module.css";
import { CheckField, SelectField, TextField } from "../form/fields";
import { Secret } from "../form/Secret";
import { useSubmit, Wrong } from "../form/useSubmit";
import { t } from "../text/text";
import styles from "./People.module.css";

const ranks: Role[] = ["guest", "member", "admin", "owner"];

/** Makes a link by which people come in, and shows it once. */
export function InviteForm({ me, uses: usual = 1, channels = [], onMade }: InviteFormProps) {
  const [role, setRole] = useState<Role>("member");
  const [uses, setUses] = useState(usual);
  const [days, setDays] = useState("7");
  const [note, setNote] = useState("");
  const [into, setInto] = useState<ID[]>([]);
  const [made, setMade] = useState<{ url: string; role: Role; uses: number; note: string }>();
  const { busy, at, rest, submit, form: ref } = useSubmit(["role", "uses", "expires_in_days", "note"]);
  const roles = ranks.slice(0, ranks.indexOf(me) + 1);

  const make = () =>
    submit(async () => {
      const invitation = await accounts.invite({
        role,
        uses,
        expires_in_days: Number(days),
        conversations: into,
        note: note.trim() || undefined,
      });
      setMade({ url: invitation.url, role, uses, note: note.trim() });
      setNote("");
      onMade?.(invitation);
    });

  return (
    <form
      ref={ref}
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      {made && (
        <Secret
          told={
            made.uses === 1
              ? t("invite.made.one", { role: t(`role.${made.role}`) })
              : t("invite.made.many", { role: t(`role.${made.role}`), uses: made.uses })
          }
          value={made.url}
        />
      )}
      <div className={styles.inviteRow}>
        <SelectField
          label={t("invite.role")}
          value={role}
          onValue={setRole}
          problem={at.role}
          options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
        />
        <TextField
          label={t("invite.uses")}
          type="number"
          min={1}
          max={1000}
          required
          value={uses || ""}
          onText={(text) => setUses(Number(text))}
          problem={at.uses}
        />
        <SelectField
          label={t("invite.expires")}
          value={days}
          onValue={setDays}
          problem={at.expires_in_days}
          options={[1, 7, 30, 365].map((one) => ({
            value: String(one),
            label: t("invite.days", { n: one }),
          }))}
        />
      </div>
      <p className={form.hint}>{t(`role.${role}.means`)}</p>
      {channels.length > 0 && (
        <fieldset className={form.choices}>
          <legend>{t(role === "guest" ? "invite.channels.guest" : "invite.channels")}</legend>
          <div className={styles.channels}>
            {channels.map((channel) => (
              <CheckField
                key={channel.id}
                label={`# ${channel.name}`}
                checked={into.includes(channel.id)}
                onCheck={(on) => setInto(on ? [...into, channel.id] : into.filter((id) => id !== channel.id))}
              />
            ))}
          </div>
        </fieldset>
      )}
      <TextField
        label={t("invite.note")}
        hint={t("invite.note.hint")}
        value={note}
        onText={setNote}
        problem={at.note}
        maxLength={300}
      />
      <Wrong text={rest} />
      <div className={form.buttons}>
        <Button type="submit" variant={made ? "default" : "filled"} loading={busy}>
          {t(made ? "invite.another" : "invite.make")}
        </Button>
      </div>
    </form>
  );
}

interface InviteFormProps {
  me: Role; // nobody invites above themselves
  uses?: number;
  channels?: Conversation[];
  onMade?: (invitation: Invitation) => void;
}
