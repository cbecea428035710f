import { Modal } from "@mantine/core";
import { IconArrowRight, IconSearch, IconUsers } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { keyNames, useOffered } from "../keys/actions";
import { openDirect } from "../list/openDirect";
import { unread } from "../live/apply";
import { useBoot } from "../live/data";
import { conversationName, others } from "../live/names";
import { t } from "../text/text";
import { Avatar } from "./Avatar";
import { rank } from "./match";
import styles from "./Palette.module.css";
import { useFocusBack } from "./useFocusBack";

interface Entry {
  id: string;
  label: string;
  hint?: string;
  group: "conversations" | "people" | "actions" | "search";
  icon: React.ReactNode;
  keys?: string;
  weight: number;
  run: () => void;
}

/** ctrl/cmd+k: go to anything, do anything. */
export function Palette({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const boot = useBoot();
  const navigate = useNavigate();
  const offered = useOffered();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);

  const all = useMemo<Entry[]>(() => {
    const conversations = boot.conversations
      .filter((c) => c.me)
      .map((c): Entry => {
        const person = c.kind === "direct" ? others(c, boot)[0] : undefined;
        return {
          id: c.id,
          label: conversationName(c, boot),
          group: "conversations",
          icon: person ? (
            <Avatar person={person} size={22} />
          ) : c.kind === "group" ? (
            <IconUsers size={17} />
          ) : (
            <span>#</span>
          ),
          weight: (unread(c) > 0 ? 2 : 0) + Date.parse(c.last_at ?? c.created_at) / 1e13,
          run: () => void navigate({ to: "/c/$conversation", params: { conversation: c.id } }),
        };
      });
    const people = boot.people
      .filter((p) => !p.deactivated_at)
      .map(
        (p): Entry => ({
          id: p.id,
          label: p.name,
          hint: `@${p.handle}`,
          group: "people",
          icon: <Avatar person={p} size={22} />,
          weight: 0,
          run: () => void openDirect(p.id, navigate),
        }),
      );
    const actions = offered
      .filter((a) => !a.hidden)
      .map(
        (a): Entry => ({
          id: a.id,
          label: a.label,
          group: "actions",
          icon: <IconArrowRight size={17} />,
          keys: a.keys,
          weight: 0,
          run: a.run,
        }),
      );
    return [...conversations, ...people, ...actions];
  }, [boot, offered, navigate]);

  const shown = useMemo(() => {
    const found = rank(all, text, (entry) => `${entry.label} ${entry.hint ?? ""}`).slice(0, text ? 12 : 9);
    const order = ["conversations", "people", "actions"];
    found.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
    if (text.trim()) {
      found.push({
        id: "search-words",
        label: t("palette.search", { words: text.trim() }),
        group: "search",
        icon: <IconSearch size={17} />,
        weight: 0,
        run: () => void navigate({ to: "/search", search: { q: text.trim() } }),
      });
    }
    return found;
  }, [all, text, navigate]);
  const index = Math.min(at, shown.length - 1);

  const choose = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((index + 1) % shown.length);
    else if (event.key === "ArrowUp") setAt((index + shown.length - 1) % shown.length);
    else if (event.key === "Enter") choose(shown[index]);
    else return;
    event.preventDefault();
  };

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size="34rem"
      yOffset="12vh"
      transitionProps={{ duration: 100 }}
      classNames={{ content: styles.content }} // as className of the content it would be that of the whole page, too
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t("palette.title")}>
        <input
          className={styles.input}
          data-autofocus
          value={text}
          placeholder={t("palette.hint")}
          role="combobox"
          aria-label={t("palette.title")}
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={shown[index] && `palette-${shown[index].id}`}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div
          className={styles.list}
          id="palette-list"
          role="listbox"
          aria-label={t("palette.title")}
          tabIndex={-1}
        >
          {shown.map((entry, i) => (
            <div key={`${entry.group}${entry.id}`}>
              {entry.group !== "search" && entry.group !== shown[i - 1]?.group && (
                <p className={styles.group} aria-hidden>
                  {t(`palette.${entry.group}`)}
                </p>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field */}
              <div
                id={`palette-${entry.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === index}
                className={styles.option}
                ref={i === index ? (node) => node?.scrollIntoView({ block: "nearest" }) : undefined}
                onPointerMove={() => setAt(i)}
                onClick={() => choose(entry)}
              >
                <span className={styles.icon} aria-hidden>
                  {entry.icon}
                </span>
                <span className={styles.label} dir="auto">
                  {entry.label}
                </span>
                {entry.hint && <span className={styles.hint}>{entry.hint}</span>}
                {entry.keys && keyNames(entry.keys).map((key) => <kbd key={key}>{key}</kbd>)}
              </div>
            </div>
          ))}
          {shown.length === 0 && <p className={styles.group}>{t("palette.none")}</p>}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
