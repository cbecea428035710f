import type { Boot, ID } from "../api/types";

const none: NonNullable<Boot["scheduled"]> = [];

/** What will be said later, the first first; of one place when that is told. */
export function scheduledOf(boot: Boot, conversation?: ID, thread = 0) {
  const found = (boot.scheduled ?? none).filter(
    (one) => !conversation || (one.conversation === conversation && (one.thread ?? 0) === thread),
  );
  return found.length ? found.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)) : none;
}
