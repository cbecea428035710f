import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/calls";
import type { ID } from "../api/types";
import { Dialog } from "../app/Dialog";
import { attempt } from "../app/failures";
import { applyToBoot } from "../live/apply";
import { changeBoot, useBoot } from "../live/data";
import { t } from "../text/text";
import styles from "./NewConversation.module.css";
import { PeoplePicker } from "./PeoplePicker";

/** Write to people, or make a channel. */
export function NewConversation({ people: given = [], channel, onClose }: NewConversationProps) {
  const boot = useBoot();
  const navigate = useNavigate();
  const mayMake = boot.may.includes("create_public_channel");
  const [kind, setKind] = useState<"people" | "channel">(channel ? "channel" : "people");
  const [people, setPeople] = useState<ID[]>(given);
  const [name, setName] = useState("");
  const [purpose, setPurpose] = useState("");
  const [isPrivate, setPrivate] = useState(false);
  const [busy, setBusy] = useState(false);

  const make = async () => {
    setBusy(true);
    const done = await attempt(async () => {
      const made = await api.createConversation(
        kind === "people"
          ? { kind: people.length > 1 ? "group" : "direct", visibility: "private", people }
          : {
              kind: "channel",
              visibility: isPrivate ? "private" : "public",
              name: name.trim(),
              purpose: purpose.trim(),
              people,
            },
      );
      changeBoot((now) => applyToBoot(now, { type: "conversation", conversation: made }));
      await navigate({ to: "/c/$conversation", params: { conversation: made.id } });
    });
    setBusy(false);
    if (done) onClose();
  };

  return (
    <Dialog title={t("action.newConversation")} onClose={onClose}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        {mayMake && (
          <fieldset className={styles.kinds}>
            <legend className="aloud">{t("new.kind")}</legend>
            {(["people", "channel"] as const).map((one) => (
              <label key={one} data-chosen={kind === one || undefined}>
                <input type="radio" name="kind" checked={kind === one} onChange={() => setKind(one)} />
                {t(`new.${one}`)}
              </label>
            ))}
          </fieldset>
        )}
        {kind === "channel" && (
          <>
            <label className={styles.field}>
              {t("new.name")}
              <input
                data-autofocus
                value={name}
                maxLength={80}
                required
                onChange={(event) => setName(event.currentTarget.value)}
              />
            </label>
            <label className={styles.field}>
              {t("new.purpose")}
              <input
                value={purpose}
                maxLength={500}
                onChange={(event) => setPurpose(event.currentTarget.value)}
              />
            </label>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={isPrivate}
                onChange={(event) => setPrivate(event.currentTarget.checked)}
              />
              <span>
                {t("new.private")}
                <small>{t(isPrivate ? "new.private.yes" : "new.private.no")}</small>
              </span>
            </label>
          </>
        )}
        <PeoplePicker
          label={kind === "people" ? t("new.with") : t("new.members")}
          chosen={people}
          onChange={setPeople}
          max={49}
        />
        <Button
          type="submit"
          loading={busy}
          disabled={kind === "people" ? people.length === 0 : name.trim() === ""}
        >
          {kind === "people" ? t("new.write") : t("new.make")}
        </Button>
      </form>
    </Dialog>
  );
}

interface NewConversationProps {
  people?: ID[];
  channel?: boolean; // begin with a channel instead of people
  onClose: () => void;
}
