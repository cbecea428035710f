import type { Boot, Conversation } from "../api/types";
import { calls, unread } from "../live/apply";
import { conversationName } from "../live/names";
import { currentLocale } from "../text/text";

// How the list of conversations is put together. Pure.

export const starred = "starred";

export interface Section {
  id: string; // "starred", "own:…", "channels", "direct", "muted"
  name?: string; // of an own section, as its person wrote it
  conversations: Conversation[];
}

/** The sections in their order; channels by name, direct ones by the newest. Empty ones are left out. */
export function sections(boot: Boot, filter: { text?: string; unread?: boolean } = {}): Section[] {
  const text = filter.text?.trim().toLocaleLowerCase() ?? "";
  const shown = boot.conversations.filter(
    (c) =>
      c.me &&
      !c.archived_at &&
      (!filter.unread || unread(c) > 0) &&
      (!text || conversationName(c, boot).toLocaleLowerCase().includes(text)),
  );
  const bins = new Map<string, Section>();
  const put = (id: string, conversation: Conversation, name?: string) => {
    const bin = bins.get(id) ?? { id, name, conversations: [] };
    bin.conversations.push(conversation);
    bins.set(id, bin);
  };
  for (const c of shown) {
    const own = c.me!.section;
    if (c.me!.muted) put("muted", c);
    else if (own === starred) put("starred", c);
    else if (own) put(`own:${own}`, c, own);
    else put(c.kind === "channel" ? "channels" : "direct", c);
  }
  const collator = new Intl.Collator(currentLocale());
  const rank = (id: string) =>
    id === "starred" ? 0 : id.startsWith("own:") ? 1 : id === "channels" ? 2 : id === "direct" ? 3 : 4;
  const names = new Map(shown.map((c) => [c.id, conversationName(c, boot)]));
  for (const bin of bins.values()) {
    bin.conversations.sort((a, b) =>
      bin.id === "direct" ? newest(b) - newest(a) : collator.compare(names.get(a.id)!, names.get(b.id)!),
    );
  }
  return [...bins.values()].sort(
    (a, b) => rank(a.id) - rank(b.id) || collator.compare(a.name ?? "", b.name ?? ""),
  );
}

const newest = (c: Conversation) => Date.parse(c.last_at ?? c.created_at);

/** The conversation before or after in the list, or the next that has something new, going round. */
export function neighbour(
  boot: Boot,
  current: string | undefined,
  to: "next" | "previous" | "unread",
): Conversation | undefined {
  const all = sections(boot).flatMap((section) => section.conversations);
  if (all.length === 0) return undefined;
  const at = all.findIndex((c) => c.id === current);
  if (to === "next") return all[(at + 1) % all.length];
  if (to === "previous") return all[(at <= 0 ? all.length : at) - 1];
  return [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find(calls);
}
