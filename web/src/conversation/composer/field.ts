import type { Ref } from "react";

// Two fields to write in, one with what is shown and one with the Markdown itself. To the composer they are the same: Markdown in,
// Markdown out, places counted in it.

export type Format =
  | "bold"
  | "italic"
  | "strike"
  | "code"
  | "link"
  | "bullets"
  | "numbers"
  | "quote"
  | "codeBlock";

export interface FieldHandle {
  focus(): void;
  /** What is chosen, as places in the Markdown. */
  selection(): [from: number, to: number];
  select(from: number, to?: number): void;
  /** What stands before the caret in its line; undefined where nothing is completed. */
  before(): string | undefined;
  /** Puts Markdown in the place of what is chosen and of so many characters before it. */
  replace(count: number, markdown: string): void;
  /** Gives what is chosen a form, or takes it away. */
  format(format: Format): void;
  /** Whether Enter has a meaning of its own here: a new line of code. */
  keepsEnter(): boolean;
}

export interface FieldProps {
  ref: Ref<FieldHandle>;
  value: string; // Markdown
  label: string;
  describedBy?: string;
  list?: { id: string; active: string }; // of suggestions, while it is open
  start?: { from: number; to: number; focused: boolean }; // where the other field left off
  /** Who is called so, for those who can be mentioned. */
  nameOf(handle: string): string | undefined;
  onChange(markdown: string): void;
  /** The caret moved, or what stands before it changed. */
  onCaret(): void;
  /** The forms of what is chosen, with spaces between. */
  onFormats(formats: string): void;
  onBlur(): void;
  /** True when the composer has taken the key. */
  onKey(event: KeyboardEvent): boolean;
}
