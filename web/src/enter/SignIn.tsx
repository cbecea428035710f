import "../text/more";
import { Button } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { accounts } from "../api/accounts";
import { asProblem, Problem, problemText } from "../api/problem";
import form from "../form/Form.module.css";
import { PasswordField, TextField } from "../form/fields";
import { Wrong } from "../form/useSubmit";
import { t } from "../text/text";
import { duration } from "../text/time";
import styles from "./Enter.module.css";
import { EnterPage } from "./EnterPage";
import { canOfferQuietly, canPasskey, signInWithPasskey, turnedDown } from "./passkey";

/** The door for who has an account. */
export function SignIn() {
  const { back } = useSearch({ from: "/signin" });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState("");
  const [until, setUntil] = useState(0);
  const [busy, setBusy] = useState<"password" | "passkey">();
  const asking = useRef<AbortController>(undefined);
  const wait = useSecondsUntil(until);

  const through = () => location.assign(back ?? "/"); // anew, so that nothing of a former person remains
  const refused = (error: unknown) => {
    if (turnedDown(error)) return;
    const told = error instanceof Problem || error instanceof TypeError ? asProblem(error) : undefined;
    if (told?.kind === "limited" && told.retryAfter > 0) setUntil(Date.now() + told.retryAfter * 1000);
    else setProblem(told ? wrongText(told) : t("enter.passkey.failed"));
  };

  // Passkeys in the browser's own list under the mail field.
  useEffect(() => {
    const controller = new AbortController();
    asking.current = controller;
    void (async () => {
      try {
        if (!(await canOfferQuietly()) || controller.signal.aborted) return;
        await signInWithPasskey(controller.signal, true);
        location.assign(back ?? "/");
      } catch (error) {
        if (!controller.signal.aborted && error instanceof Problem && error.kind === "unknown")
          setProblem(wrongText(error));
      }
    })();
    return () => controller.abort();
  }, [back]);

  const enter = async (how: "password" | "passkey") => {
    setBusy(how);
    setProblem("");
    try {
      if (how === "passkey") {
        asking.current?.abort(); // one question at a time
        asking.current = new AbortController();
        await signInWithPasskey(asking.current.signal);
      } else await accounts.signIn(email.trim(), password);
      through();
    } catch (error) {
      refused(error);
      setBusy(undefined);
    }
  };

  return (
    <EnterPage title={t("enter.title")}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          void enter("password");
        }}
      >
        <TextField
          label={t("enter.email")}
          type="email"
          name="email"
          value={email}
          onText={setEmail}
          autoComplete="username webauthn"
          inputMode="email"
          required
          autoFocus
        />
        <PasswordField
          label={t("enter.password")}
          name="password"
          value={password}
          onText={setPassword}
          autoComplete="current-password"
          required
        />
        <Wrong text={wait > 0 ? "" : problem} />
        {wait > 0 && (
          <p className={form.alert} role="alert">
            {t("enter.locked")} <span aria-live="off">{t("enter.locked.for", { time: duration(wait) })}</span>
          </p>
        )}
        <Button type="submit" size="md" loading={busy === "password"} disabled={wait > 0}>
          {t("enter.signIn")}
        </Button>
      </form>
      {canPasskey() && (
        <>
          <p className={styles.or}>{t("enter.or")}</p>
          <Button
            variant="default"
            size="md"
            leftSection={<IconFingerprint size={19} stroke={1.7} aria-hidden />}
            loading={busy === "passkey"}
            onClick={() => void enter("passkey")}
          >
            {t("enter.withPasskey")}
          </Button>
        </>
      )}
      <p className={form.hint}>{t("enter.forgotten")}</p>
      <p className={form.hint}>{t("enter.noAccount")}</p>
    </EnterPage>
  );
}

function wrongText(problem: Problem) {
  if (problem.code === "passkey") return t("enter.passkey.unknown");
  if (problem.kind === "unknown" || problem.kind === "forbidden") return t("enter.wrong");
  return problemText(problem);
}

/** Counts down; 0 when it is over. */
function useSecondsUntil(until: number) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    if (until <= Date.now()) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= until) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, Math.ceil((until - now) / 1000));
}
