import { Button } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/calls";
import { asProblem, problemText } from "../api/problem";
import { t } from "../text/text";
import styles from "./Enter.module.css";

export function SignIn() {
  const { back } = useSearch({ from: "/signin" });
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);

  const enter = async (form: FormData) => {
    setBusy(true);
    setProblem("");
    try {
      await api.signIn(String(form.get("email")), String(form.get("password")));
      location.assign(back ?? "/"); // anew, so that nothing of a former person remains
    } catch (error) {
      const { kind } = asProblem(error);
      setProblem(kind === "unknown" || kind === "forbidden" ? t("enter.wrong") : problemText(error));
      setBusy(false);
    }
  };

  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          void enter(new FormData(event.currentTarget));
        }}
      >
        <img src="/icon.svg" alt="" width={48} height={48} />
        <h1>{t("enter.title")}</h1>
        <label>
          {t("enter.email")}
          <input name="email" type="email" autoComplete="username webauthn" required autoFocus />
        </label>
        <label>
          {t("enter.password")}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <Button type="submit" size="md" loading={busy}>
          {t("enter.signIn")}
        </Button>
      </form>
    </main>
  );
}
