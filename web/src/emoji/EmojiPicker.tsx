import { useEffect, useMemo, useRef, useState } from "react";
import { t } from "../text/text";
import styles from "./EmojiPicker.module.css";
import { type Emoji, findEmoji, loadEmoji, recentEmoji, usedEmoji } from "./emoji";

const columns = 8;

/** Choose an emoji: by looking, or by typing a word. Arrows move, enter takes. */
export function EmojiPicker({ onChoose }: { onChoose: (char: string) => void }) {
  const [all, setAll] = useState<Emoji[]>([]);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void loadEmoji().then(setAll);
  }, []);

  const shown = useMemo(() => {
    if (text.trim()) return findEmoji(all, text, 96);
    const recent = recentEmoji(16);
    const byChar = new Map(all.map((emoji) => [emoji.char, emoji]));
    return [
      ...recent.flatMap((char) => byChar.get(char) ?? []),
      ...all.filter((e) => !recent.includes(e.char)),
    ];
  }, [all, text]);

  const choose = (emoji: Emoji | undefined) => {
    if (!emoji) return;
    usedEmoji(emoji.char);
    onChoose(emoji.char);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    grid.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const rtl = document.documentElement.dir === "rtl";
    const step: Record<string, number> = {
      ArrowDown: columns,
      ArrowUp: -columns,
      ArrowRight: rtl ? -1 : 1,
      ArrowLeft: rtl ? 1 : -1,
    };
    if (event.key === "Enter") choose(shown[at]);
    else if (step[event.key]) move(at + step[event.key]!);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.picker}>
      <input
        type="search"
        data-autofocus
        autoFocus
        value={text}
        placeholder={t("emoji.find")}
        role="combobox"
        aria-label={t("emoji.find")}
        aria-expanded
        aria-controls="emoji-grid"
        aria-activedescendant={shown[at] && `emoji-${at}`}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className={styles.grid}
        id="emoji-grid"
        role="listbox"
        aria-label={t("emoji.title")}
        tabIndex={-1}
        ref={grid}
      >
        {shown.map((emoji, index) => (
          <button
            key={emoji.code}
            id={`emoji-${index}`}
            type="button"
            role="option"
            aria-selected={index === at}
            aria-label={emoji.name}
            title={`:${emoji.code}:`}
            tabIndex={-1}
            onClick={() => choose(emoji)}
          >
            {emoji.char}
          </button>
        ))}
        {shown.length === 0 && <p>{all.length ? t("emoji.none") : t("app.loading")}</p>}
      </div>
      <p className={styles.name} aria-live="polite">
        {shown[at] ? `${shown[at].char} :${shown[at].code}:` : ""}
      </p>
    </div>
  );
}
