import type { Translated } from "../en";
import type { conversation as en } from "../en/conversation";

export const conversation: Translated<typeof en> = {
  "conversation.self": "Notizen an mich",
  "conversation.unnamed": "Unterhaltung",
  "live.newMessages": { one: "{n} neue Nachricht in {name}.", other: "{n} neue Nachrichten in {name}." },
};
