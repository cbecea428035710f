import { useNavigate } from "@tanstack/react-router";
import { useLayoutEffect, useMemo, useRef } from "react";
import { tell } from "../app/overlays";
import { t } from "../text/text";
import styles from "./Body.module.css";
import { prepared, type Reader, reveal, setMath } from "./body";
import { personCard } from "./person";

/** A message's rendered body: what is in it can be clicked, and reached by key. */
export function Body({ html, reader }: { html: string; reader: Reader }) {
  const place = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  // React sets the HTML anew for every new object: only another text may be one, or what was revealed is hidden again.
  const text = useMemo(() => prepared(html, reader), [html, reader]);
  const shown = useMemo(() => ({ __html: text }), [text]);
  useLayoutEffect(() => {
    if (place.current && shown.__html.includes("data-math")) void setMath(place.current);
  }, [shown]);

  const use = (target: HTMLElement): boolean => {
    const spoiler = target.closest<HTMLElement>(".spoiler:not(.shown)");
    if (spoiler) {
      reveal(spoiler);
      return true;
    }
    const mention = target.closest<HTMLElement>("[data-person]");
    if (mention) {
      personCard.set({ person: mention.dataset.person!, at: mention });
      return true;
    }
    return false;
  };
  const onClick = (event: React.MouseEvent) => {
    const target = event.target as HTMLElement;
    if (use(target)) return event.preventDefault();
    if (target.matches("button.copy")) {
      void navigator.clipboard.writeText(target.previousElementSibling?.textContent ?? "");
      tell({ text: t("app.copied") });
      return;
    }
    const href = target.closest("a")?.getAttribute("href");
    if (href?.startsWith("/c/") && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      void navigate({ to: href });
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if ((event.key === "Enter" || event.key === " ") && use(event.target as HTMLElement)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what is inside has roles and keys of its own
    <div
      ref={place}
      className={styles.body}
      onClick={onClick}
      onKeyDown={onKeyDown}
      dangerouslySetInnerHTML={shown}
    />
  );
}
