import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { tell } from "../app/overlays";
import { t } from "../text/text";
import styles from "./Form.module.css";

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      tell({ text: t("form.copyFailed"), bad: true }); // no permission, or no https: it can still be selected
      return;
    }
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return (
    <Button
      type="button"
      size="xs"
      variant={done ? "light" : "default"}
      leftSection={done ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{done ? t("app.copied") : (label ?? t("form.copy"))}</span>
    </Button>
  );
}

/** Something that is told once. */
export function Secret({ told, value, more }: { told: string; value: string; more?: React.ReactNode }) {
  return (
    <div className={styles.secret} role="status">
      <p>{told}</p>
      <div className={styles.copyRow}>
        <code dir="ltr">{value}</code>
        <CopyButton text={value} />
      </div>
      {more}
    </div>
  );
}
