import { api } from "../api/calls";
import type { Message } from "../api/types";
import { attempt } from "../app/failures";
import { ask, overlay, tell } from "../app/overlays";
import { applyToBoot } from "../live/apply";
import { changeBoot, currentBoot } from "../live/data";
import { messageArrived } from "../live/events";
import { markUnread } from "../live/reading";
import { needs } from "../need/calls";
import { t } from "../text/text";

// What one can do with a message. Each shows its effect at once where that is safe, and the server's answer afterwards.

const taken = (answer: Message) => messageArrived(answer);

export function react(message: Message, emoji: string) {
  const me = currentBoot()?.me.id ?? "";
  const mine = message.reactions?.find((r) => r.emoji === emoji)?.people.includes(me);
  return attempt(async () => taken(await api.react(message.conversation, message.seq, emoji, !mine)));
}

export const pin = (message: Message) =>
  attempt(async () => taken(await api.pin(message.conversation, message.seq, !message.pinned_at)));

export function save(message: Message) {
  const saved = !currentBoot()?.saved.includes(message.id);
  const mark = (on: boolean) =>
    changeBoot((boot) => applyToBoot(boot, { type: "saved", saved: { message: message.id, saved: on } }));
  mark(saved);
  return attempt(() =>
    api.save(message.id, saved).catch((error: unknown) => {
      mark(!saved);
      throw error;
    }),
  );
}

export async function remove(message: Message) {
  const sure = await ask({
    title: t("message.delete.title"),
    text: t("message.delete.text"),
    yes: t("message.delete"),
    dangerous: true,
  });
  if (sure) await attempt(() => api.remove(message.conversation, message.seq));
}

export const edit = (message: Message, body: string) =>
  attempt(async () => taken(await api.edit(message.conversation, message.seq, body)));

export const acknowledge = (message: Message) =>
  attempt(async () => taken(await needs.acknowledge(message.conversation, message.seq)));

/** Whether it asks me for an answer that I have not given. */
export function mayAcknowledge(message: Message): boolean {
  const boot = currentBoot();
  if (!boot || message.deleted_at || message.author === boot.me.id) return false;
  if (message.need !== "answer" && message.need !== "urgent") return false;
  if (message.decision && !message.decision.closed_at) return false; // that is answered by a vote
  if (message.answers?.some(({ person }) => person === boot.me.id)) return false;
  return boot.conversations.some((c) => c.id === message.conversation && c.me && !c.archived_at);
}

export const unreadFrom = (message: Message) => attempt(() => markUnread(message.conversation, message.seq));

export const messageLink = (message: Message) =>
  `${location.origin}/c/${message.conversation}/${message.seq}`;

export async function copy(text: string) {
  await navigator.clipboard.writeText(text);
  tell({ text: t("app.copied") });
}

export const move = (message: Message) => overlay.set({ kind: "move", message });
export const showHistory = (message: Message) => overlay.set({ kind: "history", message });
export const showTrace = (message: Message) => overlay.set({ kind: "trace", message });
export const remind = (message: Message) => overlay.set({ kind: "remind", message });

/** Whether I may change what somebody said here: my own, or I manage the conversation. */
export function mayChange(message: Message, what: "edit" | "remove"): boolean {
  const boot = currentBoot();
  if (!boot || message.kind !== "text" || message.deleted_at || message.withdrawn) return false;
  if (message.author === boot.me.id) return true;
  if (what === "edit") return false;
  const conversation = boot.conversations.find((c) => c.id === message.conversation);
  return (
    conversation?.me?.role === "manager" ||
    (conversation?.kind === "channel" && (boot.me.role === "owner" || boot.me.role === "admin"))
  );
}
