import { useEffect, useRef, useState } from "react";
import { asProblem, fieldTexts, type Problem } from "../api/problem";
import styles from "./Form.module.css";

/** Sending a form: whether it is on its way, and what the server finds wrong, by field. The first wrong field gets the focus. */
export function useSubmit(fields: readonly string[] = []) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const form = useRef<HTMLFormElement>(null);
  const latest = useRef<Problem>(undefined); // for who waited for submit and has an older problem in hand
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);
  const { at, rest } = problem ? fieldTexts(problem, fields) : { at: {} as Record<string, string>, rest: "" };

  const submit = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    latest.current = undefined;
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      latest.current = asProblem(error);
      setProblem(latest.current);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, latest, setProblem, at, rest, submit, form };
}

/** What went wrong, read aloud when it appears. */
export function Wrong({ text }: { text: string }) {
  return <div role="alert">{text && <p className={styles.alert}>{text}</p>}</div>;
}
