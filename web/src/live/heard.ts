import type { ID } from "../api/types";

// How far the stream of each open conversation was heard. A page that is on its way while the stream tells of something
// newer must not stand as the last word: it is read again.

const heard = new Map<ID, number>();
const attempts = 3; // a page that stays behind the stream is taken as it is

/** The stream was joined at this offset: whatever was heard before, this is where it stands now. */
export const joined = (conversation: ID, offset: number) => void heard.set(conversation, offset);

/** The stream told of this change. */
export const hear = (conversation: ID, change: number) =>
  void heard.set(conversation, Math.max(change, heard.get(conversation) ?? 0));

/** The stream is left: what happens from now on is not heard of. */
export const unheard = (conversation: ID) => void heard.delete(conversation);

/** Reads until what comes is as new as what the stream has told meanwhile. */
export async function asNewAsHeard<T>(
  conversation: ID,
  read: () => Promise<T>,
  change: (told: T) => number,
): Promise<T> {
  let told = await read();
  for (let n = 1; n < attempts && change(told) < (heard.get(conversation) ?? 0); n++) told = await read();
  return told;
}
