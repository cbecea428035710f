import { api } from "../api/calls";
import { asProblem } from "../api/problem";
import type { FileInfo, ID } from "../api/types";
import { applyToBoot } from "../live/apply";
import { whenConnected } from "../live/connection";
import { changeBoot, currentBoot } from "../live/data";
import { kept } from "../live/kept";
import { openTerms } from "../need/terms";

// What I have begun to write: on this device at once, on the server (and so on my other devices) when I pause.

export interface Begun {
  conversation: ID;
  thread: number;
  body: string;
  files: FileInfo[];
}

const pause = 700;
const waiting = new Map<string, { begun: Begun; timer: ReturnType<typeof setTimeout> }>();
const keyOf = (conversation: ID, thread: number) => `${conversation}/${thread}`;

/** The draft of a place, as far as boot knows. */
export function draftOf(conversation: ID, thread: number): Begun {
  const key = keyOf(conversation, thread);
  const own = waiting.get(key)?.begun;
  if (own) return own;
  const known = currentBoot()?.drafts.find(
    (d) => d.conversation === conversation && (d.thread ?? 0) === thread,
  );
  return { conversation, thread, body: known?.body ?? "", files: known?.files ?? [] };
}

export function keepDraft(begun: Begun) {
  const key = keyOf(begun.conversation, begun.thread);
  clearTimeout(waiting.get(key)?.timer);
  waiting.set(key, { begun, timer: setTimeout(() => void push(key), pause) });
}

/** It was sent: nothing is begun any more, and nothing that was on its way may bring it back. */
export function draftSent(conversation: ID, thread: number) {
  const had = currentBoot()?.drafts.some(
    (d) => d.conversation === conversation && (d.thread ?? 0) === thread,
  );
  const key = keyOf(conversation, thread);
  const pending = waiting.get(key);
  clearTimeout(pending?.timer);
  if (!had && !pending) return;
  const empty = { conversation, thread, body: "", files: [] };
  waiting.set(key, { begun: empty, timer: setTimeout(() => void push(key), 0) });
}

async function push(key: string) {
  const entry = waiting.get(key);
  if (!entry) return;
  const { begun } = entry;
  const { conversation, thread, body, files } = begun;
  changeBoot((boot) =>
    applyToBoot(boot, {
      type: "draft",
      draft: { conversation, thread: thread || undefined, body, files, updated_at: new Date().toISOString() },
    }),
  );
  await kept.put("drafts", key, begun);
  try {
    await api.draft(conversation, { body, files: files.map((f) => f.id), ...(thread ? { thread } : {}) });
  } catch (error) {
    if (asProblem(error).passing) return; // stays in the drawer until the connection is back
  }
  if (waiting.get(key)?.begun === begun) waiting.delete(key);
  await kept.remove("drafts", key);
}

let listening = false;

/** Takes up what was begun without a connection. */
export async function openDrafts() {
  void openTerms();
  for (const begun of await kept.all<Begun>("drafts")) {
    const key = keyOf(begun.conversation, begun.thread);
    if (!waiting.has(key)) waiting.set(key, { begun, timer: setTimeout(() => void push(key), pause) });
  }
  if (listening) return;
  listening = true;
  whenConnected(() => {
    for (const key of waiting.keys()) void push(key);
  });
}
