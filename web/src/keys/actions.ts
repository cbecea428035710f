import { useEffect, useRef } from "react";
import { store, useStore } from "../live/store";

// What can be done from where one is: by key, through the palette, and listed under "?". A component that is on the screen
// offers its actions with useActions; nothing else needs to know them.

export type Where = "everywhere" | "inbox" | "catchUp" | "conversation" | "composer";

export interface Action {
  id: string;
  label: string;
  where?: Where; // the heading under which "?" lists it
  keys?: string; // "mod+k", "?", "alt+ArrowDown"; mod is cmd on a Mac and ctrl elsewhere
  whileTyping?: boolean; // works in a text field too
  hidden?: boolean; // not in the palette
  run: () => void;
}

const offered = store<Action[]>([]);

/** Offers actions for as long as the component is there. The newest wins a key. */
export function useActions(actions: Action[]) {
  const latest = useRef(actions);
  latest.current = actions;
  const signature = actions.map((a) => `${a.id}\u0000${a.label}\u0000${a.keys}`).join("\u0001");
  useEffect(() => {
    void signature;
    const mine = latest.current.map((action, index) => ({
      ...action,
      run: () => latest.current[index]?.run(),
    }));
    offered.set((now) => [...mine, ...now]);
    return () => offered.set((now) => now.filter((action) => !mine.includes(action)));
  }, [signature]);
}

export const useOffered = () => useStore(offered);

export const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

const inText = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox],[type=radio]), textarea, select"));

/** Whether a key event is meant by "mod+shift+k" and the like. */
export function matches(keys: string, event: KeyboardEvent) {
  const parts = keys.split("+");
  const key = parts.pop()!;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  if (parts.includes("mod") !== mod || other || parts.includes("alt") !== event.altKey) return false;
  // "?" and "/" need shift on some keyboards.
  if (parts.includes("shift") !== event.shiftKey && !(key.length === 1 && !/[a-z0-9]/i.test(key)))
    return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

function onKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  const dialog = document.querySelector("[role=dialog][aria-modal=true]");
  for (const action of offered.get()) {
    if (!action.keys || !matches(action.keys, event)) continue;
    if (action.where === "composer" || action.keys === "Enter") continue; // the field or row listens itself; elsewhere enter is a button's
    const typing = inText(event.target);
    if (typing && !action.whileTyping) continue;
    if (dialog && action.where !== "everywhere") continue;
    if (dialog && !action.whileTyping) continue;
    event.preventDefault();
    action.run();
    return;
  }
}

/** Listens for keys; called once by the app. */
export function listenForKeys() {
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

const names: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "↵",
  Escape: "esc",
  mod: isMac ? "⌘" : "ctrl",
  alt: isMac ? "⌥" : "alt",
  shift: isMac ? "⇧" : "shift",
};

/** "ctrl K" for people. */
export const keyNames = (keys: string) =>
  keys.split("+").map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part));
