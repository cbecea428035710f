import { Button } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import { accounts } from "../api/accounts";
import type { Person } from "../api/types";
import { Avatar } from "../app/Avatar";
import { Dialog } from "../app/Dialog";
import { Empty } from "../app/Notices";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { applyToBoot } from "../live/apply";
import { changeBoot, useBoot } from "../live/data";
import { Part, Row } from "../settings/parts";
import styles from "../settings/Settings.module.css";
import { Tokens } from "../settings/Tokens";
import { t } from "../text/text";

/** Programs that take part: their names, and the tokens by which they come in. */
export function Bots() {
  const boot = useBoot();
  const [making, setMaking] = useState(false);
  const [open, setOpen] = useState<string>();
  const [ending, setEnding] = useState<Person>();
  const bots = boot.people
    .filter((person) => person.kind === "bot" && !person.deactivated_at)
    .sort((a, b) => a.name.localeCompare(b.name));
  return (
    <Part
      title={t("bots.title")}
      more={t("bots.more")}
      action={
        <Button size="xs" onClick={() => setMaking(true)}>
          {t("bots.make")}
        </Button>
      }
    >
      {bots.length === 0 && <Empty title={t("bots.none")} />}
      <ul className={styles.rows}>
        {bots.map((bot) => (
          <Fragment key={bot.id}>
            <Row
              icon={<Avatar person={bot} size={36} />}
              name={bot.name}
              more={<span dir="ltr">@{bot.handle}</span>}
            >
              <Button
                size="xs"
                variant="default"
                aria-expanded={open === bot.id}
                rightSection={<IconChevronDown size={14} aria-hidden />}
                onClick={() => setOpen(open === bot.id ? undefined : bot.id)}
              >
                {t("security.tokens")}
              </Button>
              <Button size="xs" variant="default" onClick={() => setEnding(bot)}>
                {t("security.remove")}
              </Button>
            </Row>
            {open === bot.id && (
              <li>
                <Tokens
                  of={bot.id}
                  title={t("bots.tokens", { name: bot.name })}
                  more={t("bots.tokens.more")}
                  load={() => accounts.botTokens(bot.id)}
                  make={(name, days) => accounts.makeBotToken(bot.id, name, days)}
                  revoke={(token) => accounts.revokeToken(token.id)}
                />
              </li>
            )}
          </Fragment>
        ))}
      </ul>
      {making && (
        <BotDialog
          onClose={() => setMaking(false)}
          onMade={(bot) => {
            setMaking(false);
            setOpen(bot.id);
          }}
        />
      )}
      {ending && (
        <Confirm
          title={t("bots.remove.title", { name: ending.name })}
          yes={t("security.remove")}
          onClose={() => setEnding(undefined)}
          work={async () => {
            await accounts.removeBot(ending.id);
            changeBoot((now) =>
              applyToBoot(now, {
                type: "person",
                person: { ...ending, deactivated_at: new Date().toISOString() },
              }),
            );
          }}
        >
          {t("bots.remove.more")}
        </Confirm>
      )}
    </Part>
  );
}

function BotDialog({ onClose, onMade }: { onClose: () => void; onMade: (bot: Person) => void }) {
  const [name, setName] = useState("");
  const [handle, setHandle] = useState("");
  const { busy, at, rest, submit, form: ref } = useSubmit(["name", "handle"]);
  const make = () =>
    submit(async () => {
      const bot = await accounts.makeBot({ name: name.trim(), handle: handle || undefined });
      changeBoot((now) => applyToBoot(now, { type: "person", person: bot }));
      onMade(bot);
    });
  return (
    <Dialog title={t("bots.make")} onClose={onClose}>
      <form
        ref={ref}
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <TextField
          label={t("new.name")}
          hint={t("bots.name.hint")}
          value={name}
          onText={setName}
          problem={at.name}
          maxLength={80}
          required
          data-autofocus
        />
        <TextField
          label={t("bots.handle")}
          hint={t("bots.handle.hint")}
          value={handle}
          dir="ltr"
          onText={(text) => setHandle(text.toLowerCase())}
          problem={at.handle}
          autoCapitalize="off"
          spellCheck={false}
          maxLength={32}
        />
        <Wrong text={rest} />
        <div className={form.buttons}>
          <Button type="button" variant="default" onClick={onClose}>
            {t("app.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("bots.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
