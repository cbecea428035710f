import type { Boot, Conversation, Person } from "../api/types";
import { t } from "../text/text";
import { listNames } from "../text/time";
import { peopleOf } from "./data";

export const initials = (name: string) => {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
  return letters
    .map((word) => [...word][0] ?? "")
    .join("")
    .toLocaleUpperCase();
};

/** The others of a direct or group conversation; of one with myself, me. */
export function others(conversation: Conversation, boot: Boot): Person[] {
  const people = peopleOf(boot);
  const ids = conversation.people ?? [];
  const rest = ids.filter((id) => id !== boot.me.id);
  return (rest.length ? rest : ids).flatMap((id) => people.get(id) ?? []);
}

export function conversationName(conversation: Conversation, boot: Boot): string {
  if (conversation.name) return conversation.name;
  if (conversation.kind === "direct" && conversation.people?.every((id) => id === boot.me.id))
    return t("conversation.self");
  const names = others(conversation, boot).map((person) => person.name);
  return names.length ? listNames(names) : t("conversation.unnamed");
}
