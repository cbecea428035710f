import type { Activity, Boot, Conversation, Draft, Event, Person } from "../api/types";
import { withHeld, withItem, without } from "../inbox/state";

// What a person's own stream does to what boot gave. Pure; applying an event equals fetching again (apply.test.ts).

export function applyToBoot(boot: Boot, event: Event): Boot {
  switch (event.type) {
    case "conversation":
      return event.conversation ? withConversation(boot, event.conversation) : boot;
    case "activity":
      return event.activity ? withActivity(boot, event.activity) : boot;
    case "gone":
      return {
        ...boot,
        conversations: boot.conversations.filter((c) => c.id !== event.gone),
        drafts: boot.drafts.filter((d) => d.conversation !== event.gone),
      };
    case "person":
      return event.person ? withPerson(boot, event.person) : boot;
    case "group":
      return event.group ? { ...boot, groups: put(boot.groups, event.group, () => true) } : boot;
    case "draft":
      return event.draft ? withDraft(boot, event.draft) : boot;
    case "saved": {
      const mark = event.saved;
      if (!mark) return boot;
      const others = boot.saved.filter((id) => id !== mark.message);
      return { ...boot, saved: mark.saved ? [mark.message, ...others] : others };
    }
    case "inbox":
      return event.item ? { ...boot, inbox: withItem(boot.inbox, event.item) } : boot;
    case "inbox_gone":
      return event.gone ? { ...boot, inbox: without(boot.inbox, [event.gone]) } : boot;
    case "held":
      return { ...boot, inbox: withHeld(boot.inbox, event.held ?? { messages: 0 }) };
    case "reach":
      return event.reach && event.reach.version >= boot.reach.version
        ? { ...boot, reach: event.reach }
        : boot;
    case "scheduled":
      return event.scheduled
        ? { ...boot, scheduled: put(boot.scheduled ?? [], event.scheduled, () => true) }
        : boot;
    case "scheduled_gone":
      return { ...boot, scheduled: boot.scheduled?.filter(({ id }) => id !== event.gone) };
    default:
      return boot;
  }
}

/** Replaces the one with the same id when it is not older, or adds it. */
function put<T extends { id: string }>(list: T[], one: T, newer: (known: T) => boolean): T[] {
  const index = list.findIndex((known) => known.id === one.id);
  if (index < 0) return [...list, one];
  if (!newer(list[index]!)) return list;
  const next = list.slice();
  next[index] = one;
  return next;
}

function withPerson(boot: Boot, person: Person): Boot {
  const people = put(boot.people, person, (known) => known.version <= person.version);
  const mine = person.id === boot.me.id && boot.me.version <= person.version;
  return { ...boot, people, me: mine ? { ...boot.me, ...person } : boot.me };
}

// The conversation and my membership have versions of their own; what counts messages only grows.
function withConversation(boot: Boot, told: Conversation): Boot {
  const known = boot.conversations.find((c) => c.id === told.id);
  if (!known) return told.me ? { ...boot, conversations: [...boot.conversations, told] } : boot;
  if (!told.me) return { ...boot, conversations: boot.conversations.filter((c) => c.id !== told.id) };
  const shape = told.version >= known.version ? told : known;
  const me = !known.me || told.me.version >= known.me.version ? told.me : known.me;
  const newest = told.last_seq >= known.last_seq ? told : known;
  const next = {
    ...shape,
    me,
    last_seq: newest.last_seq,
    last_at: newest.last_at,
    last_change: Math.max(told.last_change, known.last_change),
  };
  return { ...boot, conversations: put(boot.conversations, next, () => true) };
}

function withActivity(boot: Boot, activity: Activity): Boot {
  const known = boot.conversations.find((c) => c.id === activity.conversation);
  if (!known || activity.last_seq < known.last_seq) return boot;
  const me = known.me && {
    ...known.me,
    mentions: known.me.mentions + (activity.mentioned && activity.last_seq > known.last_seq ? 1 : 0),
    // What I say myself I have read, unless something unread stands before it; and what only happened (somebody
    // joined) is read by who had read all that was said.
    read_seq:
      (activity.author === boot.me.id && known.me.read_seq >= known.last_seq) ||
      (activity.settled && known.me.read_seq >= activity.settled)
        ? Math.max(known.me.read_seq, activity.last_seq)
        : known.me.read_seq,
  };
  const next: Conversation = {
    ...known,
    last_seq: activity.last_seq,
    last_change: Math.max(known.last_change, activity.last_change),
    last_at: new Date(activity.last_at).toISOString(),
    ...(me ? { me } : {}),
  };
  return { ...boot, conversations: put(boot.conversations, next, () => true) };
}

function withDraft(boot: Boot, draft: Draft): Boot {
  const others = boot.drafts.filter(
    (d) => d.conversation !== draft.conversation || (d.thread ?? 0) !== (draft.thread ?? 0),
  );
  const empty = draft.body === "" && (draft.files ?? []).length === 0;
  return { ...boot, drafts: empty ? others : [...others, draft] };
}

/** How many are in a conversation, as its stream or a page of it tells. */
export function withMembers(boot: Boot, conversation: string, members: number): Boot {
  const known = boot.conversations.find((c) => c.id === conversation);
  if (!known || known.members === members) return boot;
  return { ...boot, conversations: put(boot.conversations, { ...known, members }, () => true) };
}

/** My read mark, at once; the server's word comes as an event. */
export function withReadMark(boot: Boot, conversation: string, seq: number): Boot {
  return {
    ...boot,
    conversations: boot.conversations.map((c) =>
      c.id === conversation && c.me
        ? { ...c, me: { ...c.me, read_seq: seq, mentions: seq >= c.last_seq ? 0 : c.me.mentions } }
        : c,
    ),
  };
}

/** How many messages of it I have not read. */
export const unread = (c: Conversation) => (c.me ? Math.max(0, c.last_seq - c.me.read_seq) : 0);

/** Whether it asks for me: unread, and not put aside. */
export const calls = (c: Conversation) =>
  unread(c) > 0 && c.me !== undefined && !c.me.muted && c.me.level !== "nothing";
