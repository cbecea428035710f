import type { ID, Presence } from "../api/types";
import { store } from "./store";

/** Who is there, of those that are watched. */
export const presence = store<Record<ID, Presence>>({});

const typingLasts = 6000;

/** Who is writing where: "conversation/thread" -> person -> until when. */
export const typing = store<Record<string, Record<ID, number>>>({});

export const typingKey = (conversation: ID, thread: number) => `${conversation}/${thread}`;

export function wasTyping(conversation: ID, person: ID, thread: number) {
  const key = typingKey(conversation, thread);
  typing.set((now) => ({ ...now, [key]: { ...now[key], [person]: Date.now() + typingLasts } }));
  setTimeout(forgetOld, typingLasts + 50);
}

export function typingStopped(conversation: ID, person: ID) {
  typing.set((now) => {
    const next: typeof now = {};
    let changed = false;
    for (const [key, people] of Object.entries(now)) {
      if (!key.startsWith(`${conversation}/`) || !(person in people)) {
        next[key] = people;
        continue;
      }
      const { [person]: _, ...rest } = people;
      changed = true;
      next[key] = rest;
    }
    return changed ? next : now;
  });
}

function forgetOld() {
  const at = Date.now();
  typing.set((now) =>
    Object.fromEntries(
      Object.entries(now).map(([key, people]) => [
        key,
        Object.fromEntries(Object.entries(people).filter(([, until]) => until > at)),
      ]),
    ),
  );
}
