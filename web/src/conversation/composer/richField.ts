import type { ComponentType } from "react";
import { store } from "../../live/store";
import type { FieldProps } from "./field";

// The rich field is a third of a megabyte that nobody needs to read: it is fetched when somebody is about to write, or when there is
// nothing better to do. Until then, and where it cannot be had, one writes Markdown.

export const richField = store<ComponentType<FieldProps> | undefined>(undefined);

let loading: Promise<void> | undefined;

export function loadRichField(): void {
  if (loading) return;
  loading = import("./rich/RichField").then(
    ({ RichField }) => richField.set(() => RichField),
    () => {
      loading = undefined; // tried again with the next focus
    },
  );
}

const settled = 2000; // ms after a conversation is shown: until then the first tap or key has the processor

/** Fetches it when the browser has time. Returns what calls that off. */
export function loadRichFieldWhenIdle() {
  const timer = setTimeout(() => {
    if ("requestIdleCallback" in window) requestIdleCallback(loadRichField, { timeout: 5000 });
    else loadRichField(); // Safari
  }, settled);
  return () => clearTimeout(timer);
}
