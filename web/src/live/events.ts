import { noticed, rings } from "../alarm/alarm";
import type { Boot, Event, ID, Message } from "../api/types";
import { announce } from "./announce";
import { applyToBoot, withMembers } from "./apply";
import { cache, changeBoot, currentBoot, keys } from "./data";
import { hear } from "./heard";
import { arrived } from "./outbox";
import { presence, typingStopped, wasTyping } from "./presence";
import { applyMessage, applyToThread, type Timeline } from "./timeline";

// From the socket into the cache.

/** An event of my own stream or of the organisation's. */
export function ownEvent(event: Event) {
  switch (event.type) {
    case "presence":
      presence.set((now) => ({ ...now, ...event.presence }));
      return;
    case "signed_out":
      window.location.assign("/signin");
      return;
    case "organisation":
      void refetchBoot();
      return;
    case "activity": {
      const known = currentBoot()?.conversations.some((c) => c.id === event.activity?.conversation);
      if (!known) void refetchBoot();
      else announce(event.activity!);
      break;
    }
    case "alarm":
      if (event.alarm) rings(event.alarm);
      return;
    case "notice":
      if (event.item) noticed(event.item);
      return;
    case "delivery":
      void cache.invalidateQueries({ queryKey: keys.asked });
      if (event.delivery) void cache.invalidateQueries({ queryKey: keys.deliveries(event.delivery.message) });
      return;
    case "reminders":
      void cache.invalidateQueries({ queryKey: keys.reminders });
      return;
    case "saved":
      void cache.invalidateQueries({ queryKey: keys.saved });
      break;
  }
  changeBoot((boot) => applyToBoot(boot, event));
}

/** An event of an open conversation. */
export function conversationEvent(conversation: ID, event: Event) {
  if (event.type === "message" && event.message) {
    hear(conversation, event.message.change);
    messageArrived(event.message);
  } else if (event.type === "typing" && event.typing) {
    wasTyping(conversation, event.typing.person, event.typing.thread ?? 0);
  } else if (event.type === "members") {
    changeBoot((boot) => withMembers(boot, conversation, event.members ?? 0));
    void cache.invalidateQueries({ queryKey: keys.members(conversation) });
  } else if (event.type === "read" && event.read) {
    const { person, seq } = event.read;
    cache.setQueryData<{ person: ID; read_seq?: number }[]>(keys.members(conversation), (members) =>
      members?.map((m) => (m.person === person ? { ...m, read_seq: Math.max(seq, m.read_seq ?? 0) } : m)),
    );
  }
}

/** A message in a newer state, from an event or as the answer to something I did. */
export function messageArrived(message: Message) {
  const { conversation } = message;
  if (message.key) arrived(message.key);
  if (message.need === "urgent" && message.author === currentBoot()?.me.id)
    void cache.invalidateQueries({ queryKey: keys.forecast }); // the budget has become less
  typingStopped(conversation, message.author);
  let gap = false;
  let before: Message | undefined;
  cache.setQueryData<Timeline>(keys.timeline(conversation), (timeline) => {
    if (!timeline) return timeline;
    before = timeline.messages.find((m) => m.seq === message.seq);
    const applied = applyMessage(timeline, message);
    gap = applied.gap;
    return applied.timeline;
  });
  if (gap) void cache.invalidateQueries({ queryKey: keys.timeline(conversation) });
  for (const [key] of cache.getQueriesData<Message[]>({ queryKey: ["thread", conversation] })) {
    cache.setQueryData<Message[]>(
      key,
      (thread) => thread && applyToThread(thread, key[2] as number, message),
    );
  }
  if (before?.pinned_at !== message.pinned_at)
    void cache.invalidateQueries({ queryKey: keys.pins(conversation) });
  changeBoot((boot) => withNewest(boot, message));
}

// The conversation's own event may come before or after the activity on my stream: both only raise.
function withNewest(boot: Boot, message: Message): Boot {
  const known = boot.conversations.find((c) => c.id === message.conversation);
  if (!known || message.seq <= known.last_seq) return boot;
  return applyToBoot(boot, {
    type: "activity",
    activity: {
      conversation: message.conversation,
      last_seq: message.seq,
      last_change: message.change,
      last_at: Date.parse(message.created_at),
      author: message.author,
      mentioned: message.mentions?.includes(boot.me.id) || message.everyone,
    },
  });
}

export const refetchBoot = () => cache.invalidateQueries({ queryKey: keys.boot });
