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
  let last: Message | undefined;
  for (const message of messages) {
    if (message.withdrawn) continue; // as if it had never been said
    made.push(rowOf(message, last, options, message === messages[0]));
    last = message;
  }
  let before = last && asBefore(last);
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

type Options = Parameters<typeof rows>[2];

// The row of a message is the same object as long as it would look the same: then it is not drawn again when others are loaded.
const known = new WeakMap<Message, { row: Row; last?: Message; me: string }>();

function rowOf(message: Message, last: Message | undefined, options: Options, opens: boolean): Row {
  const unread = message.seq === options.firstUnread;
  const begins = !!options.first && opens;
  const had = known.get(message);
  if (had?.last === last && had?.me === options.me && had.row.unread === unread && had.row.begins === begins)
    return had.row;
  const before = last && asBefore(last);
  const day = !before || !sameDay(before.at, message.created_at);
  const row = {
    key: message.key && message.author === options.me ? `k${message.key}` : `m${message.seq}`,
    seq: message.seq,
    message,
    head:
      day ||
      unread ||
      before.kind !== "text" ||
      message.kind !== "text" ||
      before.author !== message.author ||
      before.name !== message.as?.name ||
      (before.thread ?? 0) !== (message.thread ?? 0) ||
      Date.parse(message.created_at) - Date.parse(before.at) > together,
    day: day ? message.created_at : undefined,
    unread,
    begins,
  };
  known.set(message, { row, last, me: options.me });
  return row;
}

interface Before {
  author: string;
  at: string;
  kind: string;
  thread?: number;
  name?: string;
}

const asBefore = (message: Message): Before => ({
  author: message.author,
  at: message.created_at,
  kind: message.deleted_at ? "deleted" : message.kind,
  thread: message.thread,
  name: message.as?.name,
});
