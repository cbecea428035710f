import { api } from "../api/calls";
import { asProblem } from "../api/problem";
import type { ID } from "../api/types";
import { withReadMark } from "./apply";
import { changeBoot, currentBoot } from "./data";

// My read marks. Moved here at once, on the server a moment later and once for many.

const waiting = new Map<ID, number>();
const held = new Set<ID>(); // marked unread by hand: stays so until I come back
let timer: ReturnType<typeof setTimeout> | undefined;

/** I have seen everything up to here. */
export function haveRead(conversation: ID, seq: number) {
  const known = currentBoot()?.conversations.find((c) => c.id === conversation);
  if (!known?.me || held.has(conversation) || seq <= known.me.read_seq) return;
  changeBoot((boot) => withReadMark(boot, conversation, seq));
  waiting.set(conversation, seq);
  if (!timer) timer = setTimeout(tellServer, 500);
}

/** As if this message and all after it were new. */
export async function markUnread(conversation: ID, seq: number) {
  held.add(conversation);
  waiting.delete(conversation);
  changeBoot((boot) => withReadMark(boot, conversation, seq - 1));
  await api.read(conversation, seq - 1);
}

export const release = (conversation: ID) => held.delete(conversation);

async function tellServer() {
  timer = undefined;
  const marks = [...waiting];
  waiting.clear();
  for (const [conversation, seq] of marks) {
    try {
      await api.read(conversation, seq);
    } catch (error) {
      if (!asProblem(error).passing) continue;
      if (!waiting.has(conversation)) waiting.set(conversation, seq);
      if (!timer) timer = setTimeout(tellServer, 5000);
    }
  }
}
