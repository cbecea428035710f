import { useState } from "react";
import { api } from "../api/calls";
import type { Conversation, Level, Membership } from "../api/types";
import { attempt } from "../app/failures";
import form from "../form/Form.module.css";
import { CheckField, Choices, SelectField, TextField } from "../form/fields";
import { starred } from "../list/order";
import { applyToBoot } from "../live/apply";
import { changeBoot, useBoot } from "../live/data";
import { t } from "../text/text";

type Change = Partial<Pick<Membership, "level" | "muted" | "section">>;

/** At once here, then on the server; taken back when it refuses. */
async function changeMine(conversation: Conversation, change: Change) {
  const show = (me: Membership | undefined) =>
    changeBoot((boot) => ({
      ...boot,
      conversations: boot.conversations.map((c) => (c.id === conversation.id ? { ...c, me } : c)),
    }));
  show({ ...conversation.me!, ...change });
  const done = await attempt(async () => {
    const made = await api.changeMine(conversation.id, change);
    changeBoot((boot) => applyToBoot(boot, { type: "conversation", conversation: made }));
  });
  if (!done) show(conversation.me);
}

const own = "\u0000own";

/** How I have it: what I am told of, where it stands in my list. Nobody else sees this. */
export function Mine({ conversation }: { conversation: Conversation }) {
  const boot = useBoot();
  const me = conversation.me;
  const [naming, setNaming] = useState<string>();
  if (!me) return null;
  const sections = [
    ...new Set(
      boot.conversations.flatMap((c) => (c.me?.section && c.me.section !== starred ? [c.me.section] : [])),
    ),
  ].sort();
  const channel = conversation.kind === "channel";
  const levels: Exclude<Level, "">[] = ["all", "mentions", "nothing"];

  return (
    <div className={form.form}>
      <Choices<Level>
        label={t("details.level")}
        value={me.level === "" ? (channel ? "mentions" : "all") : me.level}
        onValue={(level) => void changeMine(conversation, { level })}
        options={levels.map((level) => ({
          value: level,
          label: t(`details.level.${level}`),
          more:
            (level === "mentions") === channel && level !== "nothing" ? t("details.level.usual") : undefined,
        }))}
      />
      <CheckField
        label={t("details.muted")}
        more={t("details.muted.more")}
        checked={me.muted}
        onCheck={(muted) => void changeMine(conversation, { muted })}
      />
      {naming === undefined ? (
        <SelectField
          label={t("details.section")}
          hint={t("details.section.hint")}
          value={me.section ?? ""}
          onValue={(section) =>
            section === own ? setNaming("") : void changeMine(conversation, { section })
          }
          options={[
            { value: "", label: t("details.section.none") },
            { value: starred, label: t("list.starred") },
            ...sections.map((section) => ({ value: section, label: section })),
            { value: own, label: t("details.section.new") },
          ]}
        />
      ) : (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (naming.trim()) void changeMine(conversation, { section: naming.trim() });
            setNaming(undefined);
          }}
        >
          <TextField
            label={t("details.section.new")}
            hint={t("details.section.enter")}
            value={naming}
            onText={setNaming}
            maxLength={40}
            autoFocus
            onBlur={() => naming.trim() === "" && setNaming(undefined)}
          />
        </form>
      )}
    </div>
  );
}
