import { Button } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accounts } from "../api/accounts";
import { problemText } from "../api/problem";
import type { Conversation, Webhook } from "../api/types";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { TextField } from "../form/fields";
import { CopyButton, Secret } from "../form/Secret";
import { useSubmit, Wrong } from "../form/useSubmit";
import { cache, peopleOf, useBoot } from "../live/data";
import { Row } from "../settings/parts";
import settings from "../settings/Settings.module.css";
import { t } from "../text/text";
import { mediumTime } from "../text/time";

/** Addresses by which programs post here: told once, with a line to try. */
export function Webhooks({ conversation }: { conversation: Conversation }) {
  const boot = useBoot();
  const people = peopleOf(boot);
  const key = ["webhooks", conversation.id];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () => accounts.webhooks(conversation.id),
    staleTime: 0,
  });
  const [name, setName] = useState("");
  const [made, setMade] = useState<Webhook & { url: string }>();
  const [ending, setEnding] = useState<Webhook>();
  const { busy, at, rest, submit, form: ref } = useSubmit(["name"]);
  const mayMake = !conversation.archived_at;
  const curl = made && curlExample(made.url, t("webhooks.example"));

  const make = () =>
    submit(async () => {
      const { url, ...hook } = await accounts.makeWebhook(conversation.id, name.trim());
      setMade({ ...hook, url });
      setName("");
      cache.setQueryData<Webhook[]>(key, (list) => [...(list ?? []), hook]);
    });

  return (
    <>
      <p className={settings.more}>{t("webhooks.more")}</p>
      {made && (
        <Secret
          told={t("webhooks.made", { name: made.name })}
          value={made.url}
          more={
            <>
              <p>{t("webhooks.try")}</p>
              <div className={form.copyRow}>
                <code dir="ltr">{curl}</code>
                <CopyButton text={curl!} />
              </div>
            </>
          }
        />
      )}
      {mayMake && (
        <form
          ref={ref}
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <TextField
            label={t("webhooks.name")}
            hint={t("webhooks.name.hint")}
            value={name}
            onText={setName}
            problem={at.name}
            maxLength={80}
            required
          />
          <Wrong text={rest} />
          <div className={form.buttons}>
            <Button type="submit" loading={busy}>
              {t("webhooks.make")}
            </Button>
          </div>
        </form>
      )}
      {error && <Wrong text={problemText(error)} />}
      {data && data.length > 0 && (
        <ul className={settings.rows}>
          {data.map((hook) => (
            <Row
              key={hook.id}
              icon={<IconWebhook size={24} stroke={1.5} aria-hidden />}
              name={hook.name}
              more={
                <>
                  {t("invite.by", { name: people.get(hook.created_by)?.name ?? "" })} ·{" "}
                  {hook.last_used_at
                    ? t("used.on", { time: mediumTime(hook.last_used_at) })
                    : t("used.never")}
                </>
              }
            >
              <Button size="xs" variant="default" onClick={() => setEnding(hook)}>
                {t("webhooks.delete")}
              </Button>
            </Row>
          ))}
        </ul>
      )}
      {ending && (
        <Confirm
          title={t("webhooks.delete.title", { name: ending.name })}
          yes={t("webhooks.delete")}
          onClose={() => setEnding(undefined)}
          work={async () => {
            await accounts.removeWebhook(ending.id);
            cache.setQueryData<Webhook[]>(key, (list) => list?.filter((hook) => hook.id !== ending.id));
            if (made?.id === ending.id) setMade(undefined);
          }}
        >
          {t("webhooks.delete.more")}
        </Confirm>
      )}
    </>
  );
}

/** A line for a shell, quoted for it. */
export const curlExample = (url: string, text: string) =>
  `curl -H 'Content-Type: application/json' -d '${JSON.stringify({ text }).replaceAll("'", "'\\''")}' ${url}`;
