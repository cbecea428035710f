import { Button } from "@mantine/core";
import { useState } from "react";
import { accounts } from "../api/accounts";
import form from "../form/Form.module.css";
import { SelectField, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { ZoneField } from "../form/ZoneField";
import { changeBoot, useBoot } from "../live/data";
import styles from "../settings/Settings.module.css";
import { languages, t } from "../text/text";

const rules = ["create_channels", "mention_everyone", "invite"] as const;
type Rule = "member" | "admin";

/** Name, zone, language and the rules that everybody shares. */
export function OrganisationSettings() {
  const { organisation } = useBoot();
  const [draft, setDraft] = useState(organisation);
  const [saved, setSaved] = useState(false);
  const { busy, at, rest, submit, form: ref } = useSubmit(["name", "zone", "language", ...rules]);
  const set = (change: Partial<typeof draft>) => {
    setSaved(false);
    setDraft({ ...draft, ...change });
  };
  const names = ["name", "zone", "language", ...rules, "urgent"] as const;
  const changed = names.some((name) => draft[name] !== organisation[name]);
  const spoken = languages.map(({ code, name }) => ({ value: code as string, label: name }));
  if (!spoken.some((one) => one.value === draft.language))
    spoken.push({ value: draft.language, label: draft.language });

  const save = () =>
    submit(async () => {
      const made = await accounts.changeOrganisation(
        Object.fromEntries(
          names.filter((name) => draft[name] !== organisation[name]).map((name) => [name, draft[name]]),
        ),
      );
      changeBoot((boot) => ({ ...boot, organisation: made }));
      setDraft(made);
      setSaved(true);
    });

  return (
    <form
      ref={ref}
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={t("setup.organisation.name")}
        value={draft.name}
        onText={(name) => set({ name })}
        problem={at.name}
        maxLength={80}
        required
      />
      <ZoneField
        label={t("admin.zone")}
        value={draft.zone}
        onValue={(zone) => set({ zone })}
        problem={at.zone}
      />
      <SelectField
        label={t("admin.language")}
        hint={t("admin.language.hint")}
        value={draft.language}
        onValue={(language) => set({ language })}
        problem={at.language}
        options={spoken}
      />
      {rules.map((rule) => (
        <SelectField<Rule>
          key={rule}
          label={t(`admin.rule.${rule}`)}
          hint={rule === "mention_everyone" ? t("admin.rule.mention_everyone.hint") : undefined}
          value={draft[rule] === "admin" ? "admin" : "member"}
          onValue={(value) => set({ [rule]: value })}
          problem={at[rule]}
          options={[
            { value: "member", label: t("admin.rule.member") },
            { value: "admin", label: t("admin.rule.admin") },
          ]}
        />
      ))}
      <SelectField
        label={t("admin.urgent")}
        hint={t("admin.urgent.hint")}
        value={String(draft.urgent)}
        onValue={(value) => set({ urgent: Number(value) })}
        problem={at.urgent}
        options={[...new Set([0, 1, 2, 3, 5, 10, 20, draft.urgent])]
          .sort((a, b) => a - b)
          .map((n) => ({ value: String(n), label: n === 0 ? t("admin.urgent.none") : String(n) }))}
      />
      <Wrong text={rest} />
      <div className={styles.save}>
        <span role="status">{changed ? t("settings.unsaved") : saved ? t("settings.saved") : ""}</span>
        <Button type="submit" loading={busy} disabled={!changed}>
          {t("app.save")}
        </Button>
      </div>
    </form>
  );
}
