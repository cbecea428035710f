import type { ID } from "../api/types";
import { kept } from "../live/kept";
import { store, useStore } from "../live/store";
import type { Need } from "./types";

// How something is meant that is still being written: how much it matters, and when it goes out. Kept on this device beside the draft.

export interface Terms {
  need?: Exclude<Need, "normal">; // absent: normal
  by?: string; // of answer
  reason?: string; // of urgent
  options?: string[]; // of answer: what is to be decided
  fallback?: number; // which of them it is if nobody objects
  at?: string; // absent: now
  work?: boolean; // at is when the other starts work
}

const all = store<Record<string, Terms>>({});
const none: Terms = {};
const keyOf = (conversation: ID, thread: number) => `${conversation}/${thread}`;

export const termsOf = (conversation: ID, thread: number) => all.get()[keyOf(conversation, thread)] ?? none;
export const useTerms = (conversation: ID, thread: number) =>
  useStore(all)[keyOf(conversation, thread)] ?? none;

export function setTerms(conversation: ID, thread: number, terms: Terms = none) {
  const key = keyOf(conversation, thread);
  const { [key]: before, ...others } = all.get();
  const some = Object.values(terms).some(Boolean);
  if (!before && !some) return;
  all.set(some ? { ...others, [key]: terms } : others);
  void kept.put("state", "terms", all.get());
}

/** The decision that is asked for, if there is one. */
export function decisionOf({ need, at, options, fallback }: Terms) {
  if (need !== "answer" || at || !options) return undefined;
  const said = options.map((option) => option.trim());
  const left = said.filter(Boolean);
  const chosen = fallback === undefined ? "" : said[fallback];
  return { options: left, ...(chosen ? { default: left.indexOf(chosen) } : {}) };
}

let opened = false;

/** Takes up what a former visit has left. */
export async function openTerms() {
  if (opened) return;
  opened = true;
  const left = await kept.get<Record<string, Terms>>("state", "terms");
  if (left) all.set((now) => ({ ...left, ...now }));
}
