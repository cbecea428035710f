import { Button } from "@mantine/core";
import { IconDeviceDesktop, IconDeviceMobile, IconFingerprint } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accounts } from "../api/accounts";
import { asProblem, problemText } from "../api/problem";
import type { AccessToken, Passkey, Session } from "../api/types";
import { attempt } from "../app/failures";
import { tell } from "../app/overlays";
import { alreadyHere, canPasskey, makePasskey, thisDevice, turnedDown } from "../enter/passkey";
import { Confirm } from "../form/Confirm";
import form from "../form/Form.module.css";
import { PasswordField, TextField } from "../form/fields";
import { useSubmit, Wrong } from "../form/useSubmit";
import { cache, useBoot } from "../live/data";
import { t } from "../text/text";
import { exactTime, mediumTime } from "../text/time";
import { deviceName } from "./device";
import { Email } from "./Email";
import { lookAgain } from "./me";
import { Part, Row } from "./parts";
import styles from "./Settings.module.css";
import { Tokens } from "./Tokens";

/** How I get in, where I am in, and what acts in my name. */
export function Security() {
  return (
    <>
      <Email />
      <Password />
      <Passkeys />
      <Sessions />
      <Tokens
        of="me"
        title={t("security.tokens")}
        more={t("security.tokens.more")}
        load={accounts.tokens}
        make={accounts.makeToken}
        revoke={(token: AccessToken) => accounts.revokeToken(token.id)}
      />
    </>
  );
}

function Password() {
  const { me } = useBoot();
  const [open, setOpen] = useState(false);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { busy, at, rest, submit, form: ref } = useSubmit(["current", "new", "password"]);
  const save = () =>
    submit(async () => {
      await accounts.setPassword(current, next);
      setOpen(false);
      setCurrent("");
      setNext("");
      tell({ text: t("security.password.changed") });
      void cache.invalidateQueries({ queryKey: ["sessions"] });
      await lookAgain();
    });
  return (
    <Part
      title={t("enter.password")}
      more={me.has_password === false ? t("security.password.none") : undefined}
      action={
        !open && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {t(me.has_password === false ? "security.password.set" : "security.password.change")}
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
            void save();
          }}
        >
          <input type="text" autoComplete="username" value={me.email ?? ""} readOnly hidden />
          {me.has_password !== false && (
            <PasswordField
              label={t("security.password.current")}
              value={current}
              onText={setCurrent}
              problem={at.current}
              autoComplete="current-password"
              required
              autoFocus
            />
          )}
          <PasswordField
            label={t("security.password.new")}
            hint={t("enter.password.hint")}
            value={next}
            onText={setNext}
            problem={at.new ?? at.password}
            autoComplete="new-password"
            minLength={10}
            required
          />
          <p className={styles.more}>{t("security.password.others")}</p>
          <Wrong text={rest} />
          <div className={form.buttons}>
            <Button type="button" variant="default" onClick={() => setOpen(false)}>
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("app.save")}
            </Button>
          </div>
        </form>
      )}
    </Part>
  );
}

const passkeysKey = ["passkeys"];

function Passkeys() {
  const { data, error } = useQuery({ queryKey: passkeysKey, queryFn: accounts.passkeys, staleTime: 0 });
  const [name, setName] = useState<string>();
  const [ending, setEnding] = useState<Passkey>();
  const { busy, at, rest, setProblem, submit, form: ref } = useSubmit(["name"]);
  const [told, setTold] = useState("");

  const add = async () => {
    setTold("");
    const done = await submit(async () => {
      try {
        const made = await makePasskey(name);
        cache.setQueryData<Passkey[]>(passkeysKey, (known) => [...(known ?? []), made]);
        setName(undefined);
        await lookAgain();
      } catch (error) {
        if (turnedDown(error)) return;
        if (alreadyHere(error)) return setTold(t("security.passkeys.already"));
        if (error instanceof DOMException) return setTold(t("enter.passkey.failed"));
        throw error;
      }
    });
    return done;
  };

  return (
    <Part
      title={t("security.passkeys")}
      more={t(canPasskey() ? "security.passkeys.more" : "security.passkeys.cannot")}
      action={
        canPasskey() &&
        name === undefined && (
          <Button size="xs" variant="default" onClick={() => setName(thisDevice())}>
            {t("security.passkeys.add")}
          </Button>
        )
      }
    >
      {name !== undefined && (
        <form
          ref={ref}
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextField
            label={t("security.passkeys.name")}
            hint={t("security.passkeys.name.hint")}
            value={name}
            onText={setName}
            problem={at.name}
            maxLength={80}
            required
            autoFocus
          />
          <Wrong text={told || rest} />
          <div className={form.buttons}>
            <Button
              type="button"
              variant="default"
              onClick={() => {
                setName(undefined);
                setProblem(undefined);
              }}
            >
              {t("app.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("enter.passkey.make")}
            </Button>
          </div>
        </form>
      )}
      {error && <Wrong text={problemText(error)} />}
      {data && data.length > 0 && (
        <ul className={styles.rows}>
          {data.map((one) => (
            <Row
              key={one.id}
              icon={<IconFingerprint size={22} stroke={1.5} aria-hidden />}
              name={one.name}
              more={
                <>
                  <span title={exactTime(one.created_at)}>
                    {t("made.on", { time: mediumTime(one.created_at) })}
                  </span>
                  {one.last_used_at && ` · ${t("used.on", { time: mediumTime(one.last_used_at) })}`}
                </>
              }
            >
              <Button size="xs" variant="default" onClick={() => setEnding(one)}>
                {t("security.remove")}
              </Button>
            </Row>
          ))}
        </ul>
      )}
      {ending && (
        <Confirm
          title={t("security.passkeys.remove", { name: ending.name })}
          yes={t("security.remove")}
          onClose={() => setEnding(undefined)}
          work={async () => {
            await accounts.removePasskey(ending.id);
            cache.setQueryData<Passkey[]>(passkeysKey, (known) =>
              known?.filter((one) => one.id !== ending.id),
            );
            await lookAgain();
          }}
        >
          {t("security.passkeys.remove.more")}
        </Confirm>
      )}
    </Part>
  );
}

const sessionsKey = ["sessions"];

function Sessions() {
  const { data, error } = useQuery({ queryKey: sessionsKey, queryFn: accounts.sessions, staleTime: 0 });
  const [all, setAll] = useState(false);
  const end = (session: Session) =>
    attempt(async () => {
      try {
        await accounts.endSession(session.id);
      } catch (error) {
        if (asProblem(error).kind !== "not-found") throw error; // it had ended already
      }
      cache.setQueryData<Session[]>(sessionsKey, (known) => known?.filter((one) => one.id !== session.id));
    });
  return (
    <Part
      title={t("security.sessions")}
      more={t("security.sessions.more")}
      action={
        data &&
        data.length > 1 && (
          <Button size="xs" variant="default" onClick={() => setAll(true)}>
            {t("security.sessions.others")}
          </Button>
        )
      }
    >
      {error && <Wrong text={problemText(error)} />}
      <ul className={styles.rows}>
        {data?.map((session) => {
          const device = deviceName(session.user_agent);
          const Icon = /iPhone|Android/.test(device?.system ?? "") ? IconDeviceMobile : IconDeviceDesktop;
          const name = device
            ? device.system
              ? t("device.on", { browser: device.browser, system: device.system })
              : device.browser
            : t("device.unknown");
          return (
            <Row
              key={session.id}
              icon={<Icon size={22} stroke={1.5} aria-hidden />}
              name={<span title={session.user_agent}>{name}</span>}
              tag={session.current ? t("security.sessions.this") : undefined}
              more={
                <>
                  {session.ip} ·{" "}
                  <span title={exactTime(session.last_used_at)}>
                    {t("used.on", { time: mediumTime(session.last_used_at) })}
                  </span>
                </>
              }
            >
              {!session.current && (
                <Button size="xs" variant="default" onClick={() => void end(session)}>
                  {t("security.sessions.end")}
                </Button>
              )}
            </Row>
          );
        })}
      </ul>
      {all && (
        <Confirm
          title={t("security.sessions.others")}
          yes={t("security.sessions.others")}
          onClose={() => setAll(false)}
          work={async () => {
            await accounts.endOtherSessions();
            cache.setQueryData<Session[]>(sessionsKey, (known) => known?.filter((one) => one.current));
          }}
        >
          {t("security.sessions.others.more")}
        </Confirm>
      )}
    </Part>
  );
}
