import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemText } from "../api/problem";
import type { AccessToken } from "../api/types";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { SelectField, TextField } from "../form/fields";
import { Secret } from "../form/Secret";
import { useSubmit, Wrong } from "../form/useSubmit";
import { cache } from "../live/data";
import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";
import { Part, Row } from "./parts";
import styles from "./Settings.module.css";

/** Access tokens of mine or of a bot: made here, told once, revoked here. */
export function Tokens({ of, title, more, load, make, revoke }: TokensProps) {
  const key = ["tokens", of];
  const { data, error } = useQuery({ queryKey: key, queryFn: load, staleTime: 0 });
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [made, setMade] = useState<AccessToken & { token: string }>();
  const [ending, setEnding] = useState<AccessToken>();
  const { busy, at, rest, submit, form: ref } = useSubmit(["name", "expires_in_days"]);

  const add = () =>
    submit(async () => {
      const { token, ...known } = await make(name.trim(), Number(days));
      setMade({ ...known, token });
      cache.setQueryData<AccessToken[]>(key, (list) => [known, ...(list ?? [])]);
      setOpen(false);
      setName("");
    });

  return (
    <Part
      title={title}
      more={more}
      action={
        !open && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setOpen(true);
              setMade(undefined);
            }}
          >
            {t("tokens.make")}
          </Button>
        )
      }
    >
      {open && (
        <form
          ref={ref}
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <div className={styles.two}>
            <TextField
              label={t("tokens.name")}
              hint={t("tokens.name.hint")}
              value={name}
              onText={setName}
              problem={at.name}
              maxLength={80}
              required
              autoFocus
            />
            <SelectField
              label={t("tokens.expires")}
              value={days}
              onValue={setDays}
              problem={at.expires_in_days}
              options={[
                ...[7, 30, 90, 365].map((n) => ({ value: String(n), label: t("tokens.days", { n }) })),
                { value: "0", label: t("tokens.never") },
              ]}
            />
          </div>
          <Wrong text={rest} />
          <div className={form.buttons}>
            <Button type="button" variant="default" onClick={() => setOpen(false)}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("tokens.make")}
            </Button>
          </div>
        </form>
      )}
      {made && <Secret told={t("tokens.made", { name: made.name })} value={made.token} />}
      {error && <Wrong text={problemText(error)} />}
      {data && data.length > 0 && (
        <ul className={styles.rows}>
          {data.map((one) => (
            <Row
              key={one.id}
              icon={<IconKey size={22} stroke={1.5} aria-hidden />}
              name={one.name}
              more={
                <>
                  {one.expires_at ? (
                    <span title={exactTime(one.expires_at)}>
                      {t("invite.until", { time: mediumTime(one.expires_at) })}
                    </span>
                  ) : (
                    t("tokens.lasts")
                  )}
                  {" · "}
                  {one.last_used_at ? t("used.on", { time: mediumTime(one.last_used_at) }) : t("used.never")}
                </>
              }
            >
              <Button size="xs" variant="default" onClick={() => setEnding(one)}>
                {t("tokens.revoke")}
              </Button>
            </Row>
          ))}
        </ul>
      )}
      {ending && (
        <Confirm
          title={t("tokens.revoke.title", { name: ending.name })}
          yes={t("tokens.revoke")}
          onClose={() => setEnding(undefined)}
          work={async () => {
            await revoke(ending);
            cache.setQueryData<AccessToken[]>(key, (list) => list?.filter((one) => one.id !== ending.id));
            if (made?.id === ending.id) setMade(undefined);
          }}
        >
          {t("tokens.revoke.more")}
        </Confirm>
      )}
    </Part>
  );
}

interface TokensProps {
  of: string;
  title: string;
  more?: string;
  load: () => Promise<AccessToken[]>;
  make: (name: string, days: number) => Promise<AccessToken & { token: string }>;
  revoke: (token: AccessToken) => Promise<void>;
}
