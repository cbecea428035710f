import type { Item } from "../api/types";
import { store } from "../live/store";

// What urgent messages do to the app: kept small, for every page has it. The banner and the sound come when first needed.

/** The urgent messages that have rung here, and how often: what was told once more rings once more. */
export const rung = store<Record<string, number>>({});

export function rings({ item }: { item: Item }) {
  rung.set((now) => ({ ...now, [item.message.id]: (now[item.message.id] ?? 0) + 1 }));
}

/** A message is told of by the app, quietly; not when it can be seen already. */
export function noticed(item: Item) {
  const { conversation } = item.message;
  if (document.visibilityState === "visible" && location.pathname.startsWith(`/c/${conversation}`)) return;
  void import("./notice").then((m) => m.tellOf(item));
}
