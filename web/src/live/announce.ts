import type { Activity } from "../api/types";
import { t } from "../text/text";
import { currentBoot } from "./data";
import { conversationName } from "./names";
import { store } from "./store";

/** What a screen reader is told next, politely. */
export const announcement = store("");

const waiting = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Bundles new messages: at most one announcement in four seconds. */
export function announce(activity: Activity) {
  const boot = currentBoot();
  const conversation = boot?.conversations.find((c) => c.id === activity.conversation);
  if (!boot || !conversation || conversation.me?.muted || activity.author === boot.me.id) return;
  waiting.set(conversation.id, (waiting.get(conversation.id) ?? 0) + 1);
  if (timer) return;
  timer = setTimeout(() => {
    timer = undefined;
    const now = currentBoot();
    if (!now) return;
    const told = [...waiting].flatMap(([id, n]) => {
      const found = now.conversations.find((c) => c.id === id);
      return found ? t("live.newMessages", { n, name: conversationName(found, now) }) : [];
    });
    waiting.clear();
    announcement.set(told.join(" "));
  }, 4000);
}

/** Tells something at once. */
export const say = (text: string) => announcement.set(text);
