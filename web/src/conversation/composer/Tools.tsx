import {
  IconBold,
  IconCode,
  IconEye,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconMarkdown,
  IconMoodSmile,
  IconPaperclip,
  IconQuote,
  IconSourceCode,
  IconStrikethrough,
  type TablerIcon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { EmojiButton } from "../../emoji/EmojiButton";
import { keyNames } from "../../keys/actions";
import { t } from "../../text/text";
import type { Format } from "./field";
import styles from "./Tools.module.css";

const formats: {
  format: Format;
  icon: TablerIcon;
  label: () => string;
  keys?: string;
  wide?: boolean;
  narrow?: boolean;
}[] = [
  { format: "bold", icon: IconBold, label: () => t("composer.bold"), keys: "mod+b" },
  { format: "italic", icon: IconItalic, label: () => t("composer.italic"), keys: "mod+i" },
  {
    format: "strike",
    icon: IconStrikethrough,
    label: () => t("composer.strike"),
    keys: "mod+shift+x",
    wide: true,
  },
  { format: "code", icon: IconCode, label: () => t("composer.code"), keys: "mod+shift+c", narrow: true },
  { format: "link", icon: IconLink, label: () => t("composer.link"), keys: "mod+shift+l", wide: true },
  { format: "bullets", icon: IconList, label: () => t("composer.list"), keys: "mod+shift+8", wide: true },
  {
    format: "numbers",
    icon: IconListNumbers,
    label: () => t("composer.numbers"),
    keys: "mod+shift+7",
    wide: true,
  },
  { format: "quote", icon: IconQuote, label: () => t("composer.quote"), keys: "mod+shift+9", wide: true },
  { format: "codeBlock", icon: IconSourceCode, label: () => t("composer.codeBlock"), wide: true },
];

/** The format that a key asks for. */
export const formatOf = (event: KeyboardEvent): Format | undefined => {
  const pressed = `mod+${event.shiftKey ? "shift+" : ""}`;
  const digit = /^Digit(\d)$/.exec(event.code)?.[1]; // with shift, event.key is "*" here and "(" there
  return formats.find(
    ({ keys }) => keys === pressed + event.key.toLowerCase() || (digit && keys === pressed + digit),
  )?.format;
};

/** The row under the field. */
export function Tools({ active, markdown, preview, empty, children, ...on }: ToolsProps) {
  return (
    <div className={styles.tools}>
      {on.onFiles && (
        <label className={styles.tool} title={t("composer.attach")}>
          <IconPaperclip size={18} stroke={1.7} aria-hidden />
          <span className="aloud">{t("composer.attach")}</span>
          <input
            type="file"
            multiple
            onChange={(event) => {
              on.onFiles?.([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = "";
            }}
          />
        </label>
      )}
      <EmojiButton className={styles.tool!} label={t("emoji.title")} onChoose={on.onEmoji}>
        <IconMoodSmile size={18} stroke={1.7} aria-hidden />
      </EmojiButton>
      <span className={styles.divider} />
      {formats.map(({ format, icon: Icon, label, keys, wide, narrow }) => {
        const name = keys ? `${label()} (${keyNames(keys).join(" ")})` : label();
        return (
          <button
            key={format}
            type="button"
            className={styles.tool}
            data-wide={wide || undefined}
            data-narrow={narrow || undefined}
            data-format
            aria-label={name}
            aria-pressed={markdown ? undefined : active.includes(format)}
            title={name}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => on.onFormat(format)}
          >
            <Icon size={18} stroke={1.7} aria-hidden />
          </button>
        );
      })}
      <span className={styles.space} />
      <button
        type="button"
        className={styles.tool}
        aria-pressed={markdown}
        aria-label={t("composer.markdown")}
        title={t("composer.markdown")}
        onPointerDown={(event) => event.preventDefault()}
        onClick={on.onMarkdown}
      >
        <IconMarkdown size={18} stroke={1.7} aria-hidden />
      </button>
      <button
        type="button"
        className={styles.tool}
        data-narrow
        aria-pressed={preview}
        aria-label={t("composer.preview")}
        title={t("composer.preview")}
        disabled={empty}
        onClick={on.onPreview}
      >
        <IconEye size={18} stroke={1.7} aria-hidden />
      </button>
      {children}
    </div>
  );
}

interface ToolsProps {
  active: string[]; // formats of what is chosen
  markdown: boolean;
  preview: boolean;
  empty: boolean;
  onFiles?: (files: File[]) => void;
  onEmoji: (char: string) => void;
  onFormat: (format: Format) => void;
  onMarkdown: () => void;
  onPreview: () => void;
  children: ReactNode; // what ends it
}
