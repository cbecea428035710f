import type { Person } from "../api/types";
import { initials } from "../live/names";
import { presence } from "../live/presence";
import { useStore } from "../live/store";
import { t } from "../text/text";
import styles from "./Avatar.module.css";

// A quiet hue of one's own for who has no picture.
function hue(id: string) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 360;
  return sum;
}

export function Avatar({ person, name, emoji, size = 36 }: AvatarProps) {
  const shown = person?.name ?? name ?? "?";
  return (
    <span
      className={styles.avatar}
      style={{ "--size": `${size / 16}rem`, "--hue": hue(person?.id ?? shown) } as React.CSSProperties}
      aria-hidden
    >
      {person?.avatar ? <img src={person.avatar} alt="" loading="lazy" /> : (emoji ?? initials(shown))}
    </span>
  );
}

interface AvatarProps {
  person?: Person;
  name?: string;
  emoji?: string;
  size?: number;
}

/** A small dot: filled when there, a ring when away, nothing when not. */
export function PresenceDot({ person }: { person: string }) {
  const state = useStore(presence)[person];
  if (!state || state === "offline") return null;
  return (
    <span className={styles.dot} data-state={state}>
      <span className="aloud">{t(`presence.${state}`)}</span>
    </span>
  );
}
