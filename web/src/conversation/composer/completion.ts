import type { Boot, Conversation, Person } from "../../api/types";
import { rank } from "../../app/match";
import { findEmoji, loadEmoji } from "../../emoji/emoji";
import { conversationName } from "../../live/names";
import { t } from "../../text/text";

// What may follow an @, a # or a : while one writes.

export interface Token {
  mark: "@" | "#" | ":";
  text: string;
  from: number; // where the mark stands
}

export interface Suggestion {
  id: string;
  label: string;
  hint?: string;
  person?: Person;
  icon?: string;
  insert: string;
}

/** The word at the caret, when it begins with a mark that can be completed. */
export function tokenAt(text: string, caret: number): Token | undefined {
  const before = text.slice(Math.max(0, caret - 64), caret);
  const found = /(?:^|[\s([{"'*_>])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(before);
  if (!found) return undefined;
  const mark = found[1] as Token["mark"];
  const word = found[2] ?? "";
  if (mark === ":" && word.length < 2) return undefined;
  return { mark, text: word, from: caret - word.length - 1 };
}

export async function suggest(token: Token, boot: Boot, conversation?: Conversation): Promise<Suggestion[]> {
  if (token.mark === "@") return mentions(token.text, boot, conversation);
  if (token.mark === "#") return channels(token.text, boot);
  const all = await loadEmoji();
  return findEmoji(all, token.text, 7).map((emoji) => ({
    id: emoji.code,
    label: `:${emoji.code}:`,
    icon: emoji.char,
    insert: `${emoji.char} `,
  }));
}

function mentions(text: string, boot: Boot, conversation?: Conversation): Suggestion[] {
  const here = new Set(conversation?.people ?? []);
  const people = boot.people
    .filter((p) => !p.deactivated_at && p.id !== boot.me.id)
    .map((person) => ({
      id: person.id,
      label: person.name,
      hint: `@${person.handle}`,
      person,
      insert: `@${person.handle} `,
      weight: here.has(person.id) ? 0.5 : 0,
    }));
  const groups = boot.groups.map((group) => ({
    id: group.id,
    label: group.name,
    hint: `@${group.handle}`,
    icon: "👥",
    insert: `@${group.handle} `,
    weight: 0,
  }));
  const all =
    conversation?.kind === "direct"
      ? []
      : (["here", "everyone"] as const).map((word) => ({
          id: word,
          label: `@${word}`,
          hint: t(`mention.${word}`),
          icon: "📣",
          insert: `@${word} `,
          weight: -1,
        }));
  return rank([...people, ...groups, ...all], text, (one) => `${one.label} ${one.hint}`).slice(0, 7);
}

function channels(text: string, boot: Boot): Suggestion[] {
  const all = boot.conversations
    .filter((c) => c.kind === "channel" && !c.archived_at)
    .map((c) => {
      const name = conversationName(c, boot);
      return {
        id: c.id,
        label: name,
        icon: "#",
        insert: `[#${name.replace(/[[\]\\]/g, "\\$&")}](/c/${c.id}) `,
        weight: 0,
      };
    });
  return rank(all, text, (one) => one.label).slice(0, 7);
}

/** Whether the text calls everybody, outside of code. */
export const callsEveryone = (body: string) =>
  /(^|[^\p{L}\p{N}_@/.+-])@(everyone|here)\b/iu.test(
    body.replace(/```[\s\S]*?(```|$)/g, "").replace(/`[^`\n]*`/g, ""),
  );

const names = new WeakMap<Boot, Map<string, string>>();

/** Who is mentioned by a handle, in lower case; undefined when nobody is. */
export function nameOf(handle: string, boot: Boot): string | undefined {
  let known = names.get(boot);
  if (!known) {
    known = new Map([...boot.people, ...boot.groups].map((one) => [one.handle.toLowerCase(), one.name]));
    for (const word of ["here", "everyone"] as const) known.set(word, t(`mention.${word}`));
    names.set(boot, known);
  }
  return known.get(handle);
}
