import type { Message } from "../api/types";
import type { Waiting } from "../live/outbox";
import { sameDay } from "../text/time";

// From messages to the rows that are drawn. Every row is a message, so that a row's key says where one is reading; days, the unread
// line and the author's name are parts of the row that they stand above.

export interface Row {
  key: string;
  seq: number; // of a waiting message: 0
  message?: Message;
  waiting?: Waiting;
  head: boolean; // the author is named
  day?: string; // an instant of the day that begins here
  unread: boolean; // the unread line stands above
  begins: boolean; // the conversation begins here
}

const together = 5 * 60_000;

export function rows(
  messages: Message[],
  waiting: Waiting[],
  options: { firstUnread?: number; first?: boolean; me: string },
): Row[] {
  const made: Row[] = [];
  let before: { author: string; at: string; kind: string; thread?: number; name?: string } | undefined;
  for (const message of messages) {
    const day = !before || !sameDay(before.at, message.created_at);
    const unread = message.seq === options.firstUnread;
    made.push({
      key: message.key && message.author === options.me ? `k${message.key}` : `m${message.seq}`,
      seq: message.seq,
      message,
      head:
        day ||
        unread ||
        !before ||
        before.kind !== "text" ||
        message.kind !== "text" ||
        before.author !== message.author ||
        before.name !== message.as?.name ||
        (before.thread ?? 0) !== (message.thread ?? 0) ||
        Date.parse(message.created_at) - Date.parse(before.at) > together,
      day: day ? message.created_at : undefined,
      unread,
      begins: !!options.first && message === messages[0],
    });
    before = {
      author: message.author,
      at: message.created_at,
      kind: message.deleted_at ? "deleted" : message.kind,
      thread: message.thread,
      name: message.as?.name,
    };
  }
  for (const one of waiting) {
    const at = new Date(one.at).toISOString();
    const day = !before || !sameDay(before.at, at);
    made.push({
      key: `k${one.key}`,
      seq: 0,
      waiting: one,
      head:
        day ||
        !before ||
        before.kind !== "text" ||
        before.author !== options.me ||
        (before.thread ?? 0) !== (one.thread ?? 0) ||
        one.at - Date.parse(before.at) > together,
      day: day ? at : undefined,
      unread: false,
      begins: false,
    });
    before = { author: options.me, at, kind: "text", thread: one.thread };
  }
  return made;
}
