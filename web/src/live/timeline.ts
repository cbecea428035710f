import type { Message, Page } from "../api/types";

// One conversation as far as it is loaded: a stretch of messages without gaps. Pure functions; what events make of it
// must be what a refetch would give (timeline.test.ts).

export interface Timeline {
  messages: Message[]; // ascending seq, each follows the one before
  first: boolean; // the stretch begins with the conversation
  last: boolean; // the stretch ends with the newest message: events are appended
  lastSeq: number;
  lastChange: number;
}

export function fromPage(page: Page): Timeline {
  return {
    messages: page.messages,
    first: page.first,
    last: page.last,
    lastSeq: page.last_seq,
    lastChange: page.last_change,
  };
}

/** Adds the page before or after; a page that does not touch the stretch replaces it. */
export function addPage(timeline: Timeline, page: Page, where: "before" | "after"): Timeline {
  const merged = merge(timeline.messages, page.messages);
  const lastSeq = Math.max(timeline.lastSeq, page.last_seq);
  const lastChange = Math.max(timeline.lastChange, page.last_change);
  if (!merged) return where === "after" ? fromPage(page) : timeline;
  return {
    messages: merged,
    first: where === "before" ? page.first : timeline.first,
    last: (merged.at(-1)?.seq ?? 0) >= lastSeq,
    lastSeq,
    lastChange,
  };
}

/** A message in its newest state. `gap`: something between is missing, fetch again. */
export function applyMessage(timeline: Timeline, message: Message): { timeline: Timeline; gap: boolean } {
  const { messages } = timeline;
  const lastSeq = Math.max(timeline.lastSeq, message.seq);
  const lastChange = Math.max(timeline.lastChange, message.change);
  const counted = { ...timeline, lastSeq, lastChange };
  const firstLoaded = messages[0]?.seq ?? lastSeq + 1;
  const end = messages.at(-1)?.seq ?? 0;
  if (message.seq === end + 1 && timeline.last) {
    return { timeline: { ...counted, messages: [...messages, message] }, gap: false };
  }
  if (message.seq > end) return { timeline: { ...counted, last: false }, gap: timeline.last };
  if (message.seq < firstLoaded) return { timeline: counted, gap: false };
  const index = message.seq - firstLoaded;
  const known = messages[index];
  if (!known || known.seq !== message.seq) return { timeline: counted, gap: true };
  if (known.change >= message.change) return { timeline: counted, gap: false };
  const next = messages.slice();
  next[index] = message;
  return { timeline: { ...counted, messages: next }, gap: false };
}

/** Two stretches as one, the newer state of each message; undefined when something between is missing. */
export function merge(a: Message[], b: Message[]): Message[] | undefined {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  if (a.at(-1)!.seq + 1 === b[0]!.seq) return [...a, ...b];
  if (b.at(-1)!.seq + 1 === a[0]!.seq) return [...b, ...a];
  const bySeq = new Map(a.map((message) => [message.seq, message]));
  for (const message of b) {
    const known = bySeq.get(message.seq);
    if (!known || known.change < message.change) bySeq.set(message.seq, message);
  }
  const all = [...bySeq.values()].sort((x, y) => x.seq - y.seq);
  if (all.at(-1)!.seq - all[0]!.seq !== all.length - 1) return undefined;
  return all;
}

export const has = (timeline: Timeline | undefined, seq: number) =>
  !!timeline?.messages.length && seq >= timeline.messages[0]!.seq && seq <= timeline.messages.at(-1)!.seq;

/** A thread: its root and its replies, which stand in the conversation with others between. */
export function applyToThread(thread: Message[], root: number, message: Message): Message[] {
  if (message.seq !== root && message.thread !== root) {
    return thread.some((m) => m.seq === message.seq) ? thread.filter((m) => m.seq !== message.seq) : thread;
  }
  const index = thread.findIndex((m) => m.seq === message.seq);
  if (index >= 0) {
    if (thread[index]!.change >= message.change) return thread;
    const next = thread.slice();
    next[index] = message;
    return next;
  }
  return [...thread, message].sort((a, b) => a.seq - b.seq);
}
