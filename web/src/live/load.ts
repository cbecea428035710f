import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { api } from "../api/calls";
import { asProblem } from "../api/problem";
import type { ID, Message, Page } from "../api/types";
import { withMembers } from "./apply";
import { cache, changeBoot, currentBoot, keys } from "./data";
import { asNewAsHeard } from "./heard";
import { kept } from "./kept";
import { addPage, fromPage, has, type Timeline } from "./timeline";

// How stretches of a conversation are fetched. The newest fifty of each are kept for reading without a connection.

const pageSize = 50;
const fullPage = 200;
const atMost = 5; // pages when a stretch is fetched again

export function useTimeline(conversation: ID) {
  return useQuery({
    queryKey: keys.timeline(conversation),
    queryFn: () => load(conversation, cache.getQueryData<Timeline>(keys.timeline(conversation))),
  });
}

/** A page; it also tells how many are in the conversation. */
async function read(...[conversation, query]: Parameters<typeof api.messages>): Promise<Page> {
  const page = await api.messages(conversation, query);
  changeBoot((boot) => withMembers(boot, conversation, page.members));
  return page;
}

async function load(conversation: ID, known: Timeline | undefined): Promise<Timeline> {
  try {
    const timeline = await asNewAsHeard(
      conversation,
      () => (known?.messages.length ? again(conversation, known) : first(conversation)),
      (read) => read.lastChange,
    );
    if (timeline.last)
      void kept.put("state", `timeline/${conversation}`, {
        ...timeline,
        messages: timeline.messages.slice(-pageSize),
        first: timeline.first && timeline.messages.length <= pageSize,
      });
    return timeline;
  } catch (error) {
    if (asProblem(error).kind !== "offline") throw error;
    const last = known ?? (await kept.get<Timeline>("state", `timeline/${conversation}`));
    if (!last) throw error;
    return last;
  }
}

/** Where one opens it: at what is new, with a little before; else at the end. */
async function first(conversation: ID): Promise<Timeline> {
  const known = currentBoot()?.conversations.find((c) => c.id === conversation);
  const readTo = known?.me?.read_seq ?? 0;
  const fresh = known ? known.last_seq - readTo : 0;
  if (known?.me && fresh > pageSize / 2)
    return fromPage(await read(conversation, { around: readTo + 1, limit: 2 * pageSize }));
  return fromPage(await read(conversation, { limit: pageSize }));
}

/** The same stretch in its newest state: edits far back are found too. What is too long is cut at its beginning. */
async function again(conversation: ID, known: Timeline): Promise<Timeline> {
  const end = known.messages.at(-1)!.seq;
  const from = Math.max(known.messages[0]!.seq, end - fullPage * (atMost - 1));
  let made: Timeline | undefined;
  for (let page = 0; page < atMost; page++) {
    const after: number = made ? made.messages.at(-1)!.seq : from - 1;
    const next = await read(conversation, { after, limit: fullPage });
    made = made ? addPage(made, next, "after") : { ...fromPage(next), first: from === 1 };
    const reached = made.messages.at(-1)?.seq ?? 0;
    if (made.last || next.messages.length === 0 || (!known.last && reached >= end)) return made;
  }
  // More has been said than five pages: the newest matter.
  return fromPage(await read(conversation, { limit: fullPage }));
}

const loading = new Set<string>();

/** Loads the page before or after what there is. */
export async function loadMore(conversation: ID, where: "before" | "after") {
  const timeline = cache.getQueryData<Timeline>(keys.timeline(conversation));
  const edge = where === "before" ? timeline?.messages[0]?.seq : timeline?.messages.at(-1)?.seq;
  const mark = `${conversation}/${where}`;
  if (!timeline || edge === undefined || loading.has(mark)) return;
  if (where === "before" ? timeline.first : timeline.last) return;
  loading.add(mark);
  try {
    const page = await read(conversation, { [where]: edge, limit: 2 * pageSize });
    cache.setQueryData<Timeline>(keys.timeline(conversation), (now) => now && addPage(now, page, where));
  } catch (error) {
    if (!asProblem(error).passing) throw error;
    await new Promise((resolve) => setTimeout(resolve, 2000)); // asked again on the next scroll
  } finally {
    loading.delete(mark);
  }
}

/** Makes sure that a message is loaded; a far one brings its surroundings instead of what was there. */
export async function loadAround(conversation: ID, seq: number) {
  const timeline = cache.getQueryData<Timeline>(keys.timeline(conversation));
  if (has(timeline, seq)) return;
  const page = await read(conversation, { around: seq, limit: 2 * pageSize });
  cache.setQueryData<Timeline>(keys.timeline(conversation), fromPage(page));
}

/** The newest messages, from wherever one is. */
export async function loadNewest(conversation: ID) {
  if (cache.getQueryData<Timeline>(keys.timeline(conversation))?.last) return;
  const page = await read(conversation, { limit: 2 * pageSize });
  cache.setQueryData<Timeline>(keys.timeline(conversation), fromPage(page));
}

/** The first message of a day or later. IDs and seqs know no time, so this halves its way. */
export async function seqOfDay(conversation: ID, day: Date, lastSeq: number): Promise<number> {
  let low = 1;
  let high = Math.max(1, lastSeq);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { messages } = await read(conversation, { around: middle, limit: 2 });
    const at = messages.find((m) => m.seq >= middle) ?? messages.at(-1);
    if (at && Date.parse(at.created_at) < day.getTime()) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function useThread(conversation: ID, root: number) {
  return useQuery({
    queryKey: keys.thread(conversation, root),
    queryFn: async () => {
      const page = await asNewAsHeard(
        conversation,
        () => read(conversation, { thread: root, limit: fullPage }),
        (read) => read.last_change,
      );
      const messages = page.messages.some((m) => m.seq === root)
        ? page.messages
        : [await api.message(conversation, root), ...page.messages];
      return messages satisfies Message[];
    },
  });
}

/** One message: from what is loaded, as it is now, else fetched. */
export function useMessage(conversation: ID, seq: number | undefined) {
  const loaded = useSyncExternalStore(subscribe, () => seq && loadedMessage(conversation, seq));
  const query = useQuery({
    queryKey: ["message", conversation, seq],
    queryFn: () => api.message(conversation, seq!),
    enabled: seq !== undefined && !loaded,
  });
  return loaded || query.data;
}

const subscribe = (listener: () => void) => cache.getQueryCache().subscribe(listener);

function loadedMessage(conversation: ID, seq: number): Message | undefined {
  const messages = cache.getQueryData<Timeline>(keys.timeline(conversation))?.messages;
  return messages?.[seq - (messages[0]?.seq ?? 0)]; // a stretch has no gaps
}
