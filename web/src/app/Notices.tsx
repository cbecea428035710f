import { Link } from "@tanstack/react-router";
import { problemText } from "../api/problem";
import { t } from "../text/text";
import { TextButton } from "./Buttons";
import styles from "./Notices.module.css";

export function Loading() {
  return (
    <div className={styles.middle} role="status">
      <span className={styles.spinner} />
      <span className="aloud">{t("app.loading")}</span>
    </div>
  );
}

export function NotFound() {
  return (
    <main className={styles.middle}>
      <h1>{t("app.notFound")}</h1>
      <p>{t("app.notFound.more")}</p>
      <Link to="/">{t("app.toConversations")}</Link>
    </main>
  );
}

export function Broken({ error }: { error: unknown }) {
  return (
    <main className={styles.middle} role="alert">
      <h1>{t("app.broke")}</h1>
      <p>{problemText(error)}</p>
      <p>{t("app.broke.more")}</p>
      <TextButton onClick={() => location.reload()}>{t("app.reload")}</TextButton>
    </main>
  );
}

/** A quiet line where there is nothing yet, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{title}</p>
      {children}
    </div>
  );
}
