import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type Language, language, languages, setLanguage, t } from "../text/text";
import styles from "./Enter.module.css";

/** Speaks a language from now on, on this device. */
export async function speak(code: Language) {
  localStorage.setItem("language", code);
  sessionStorage.removeItem("lang");
  await setLanguage(code);
}

/** What surrounds everything that one sees before being signed in. */
export function EnterPage({ title, lead, wide, children }: EnterPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Parley`;
    // A new step: start reading at its heading, unless it has a field of its own to begin with.
    if (!document.activeElement || document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <div className={styles.page}>
      <main className={styles.card} data-wide={wide || undefined}>
        <div className={styles.head}>
          <img src="/icon.svg" alt="" width={40} height={40} />
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {children}
      </main>
      <footer>
        <fieldset className={styles.languages}>
          <legend className="aloud">{t("settings.language")}</legend>
          {languages.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={language() === code}
              onClick={() => void speak(code)}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </footer>
    </div>
  );
}

interface EnterPageProps {
  title: string;
  lead?: string;
  wide?: boolean;
  children?: React.ReactNode;
}

/** Where one is in a few steps. */
export function Steps({ names, at }: { names: string[]; at: number }) {
  return (
    <ol className={styles.steps} aria-label={t("enter.steps", { n: at + 1, all: names.length })}>
      {names.map((name, index) => (
        <li
          key={name}
          aria-current={index === at ? "step" : undefined}
          data-state={index < at ? "done" : index === at ? "now" : "open"}
        >
          <span>{name}</span>
        </li>
      ))}
    </ol>
  );
}

/** A link that leads nowhere any more, and what to do about it. */
export function DeadEnd({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <EnterPage title={title}>
      {children}
      <p>
        <Link to="/signin">{t("enter.haveAccount")}</Link>
      </p>
    </EnterPage>
  );
}
