import { Avatar } from "../../app/Avatar";
import { t } from "../../text/text";
import type { Suggestion } from "./completion";
import styles from "./Suggestions.module.css";

/** The list above the field. The focus stays in the field, which says which one is active. */
export function Suggestions({ id, found, at, onTake }: SuggestionsProps) {
  return (
    <div
      className={styles.suggestions}
      id={id}
      role="listbox"
      aria-label={t("composer.suggestions")}
      tabIndex={-1}
    >
      {found.map((one, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field
        <div
          key={one.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className={styles.suggestion}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(one)}
        >
          {one.person ? (
            <Avatar person={one.person} size={22} />
          ) : (
            <span className={styles.icon}>{one.icon}</span>
          )}
          <span dir="auto">{one.label}</span>
          <small>{one.hint}</small>
        </div>
      ))}
    </div>
  );
}

interface SuggestionsProps {
  id: string;
  found: Suggestion[];
  at: number;
  onTake: (suggestion: Suggestion) => void;
}
