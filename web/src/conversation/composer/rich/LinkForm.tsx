import { useState } from "react";
import { t } from "../../../text/text";
import styles from "./LinkForm.module.css";

/** Asks where what is chosen leads. */
export function LinkForm({ onLink, onClose }: { onLink: (href: string) => void; onClose: () => void }) {
  const [href, setHref] = useState("");
  const address = /^[\w.-]+\.\w{2,}(\/|$)/.test(href.trim()) ? `https://${href.trim()}` : href.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onLink(address);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <input
        autoFocus
        type="text"
        inputMode="url"
        dir="ltr"
        value={href}
        placeholder="https://"
        aria-label={t("composer.address")}
        onChange={(event) => setHref(event.currentTarget.value)}
      />
      <button type="submit">{t(href.trim() ? "composer.setLink" : "composer.unlink")}</button>
      <button type="button" onClick={onClose}>
        {t("app.cancel")}
      </button>
    </form>
  );
}
