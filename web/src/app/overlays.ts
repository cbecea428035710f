import type { ID } from "../api/types";
import { store } from "../live/store";

/** What lies over the page: at most one. */
export type Overlay =
  | { kind: "palette" }
  | { kind: "keys" }
  | { kind: "new-conversation"; people?: ID[] }
  | undefined;

export const overlay = store<Overlay>(undefined);
export const closeOverlay = () => overlay.set(undefined);

/** One short line that goes away by itself: "Copied". Problems stay until read. */
export interface Notice {
  text: string;
  bad?: boolean;
  action?: { label: string; run: () => void };
}
export const notice = store<Notice | undefined>(undefined);

let timer: ReturnType<typeof setTimeout> | undefined;
export function tell(told: Notice) {
  notice.set(told);
  clearTimeout(timer);
  timer = setTimeout(() => notice.set(undefined), told.bad ? 12_000 : told.action ? 8_000 : 3_000);
}
