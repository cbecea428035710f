import type { Conversation, FileInfo, ID, Message } from "../api/types";
import { store } from "../live/store";
import type { Scheduled } from "../need/types";

/** What lies over the page: at most one. */
export type Overlay =
  | { kind: "palette" }
  | { kind: "keys" }
  | { kind: "new-conversation"; people?: ID[]; channel?: boolean }
  | { kind: "move" | "history" | "trace" | "remind"; message: Message }
  | { kind: "members" | "pins" | "details" | "day"; conversation: Conversation }
  | { kind: "scheduled"; scheduled: Scheduled; zone?: string }
  | { kind: "pictures"; files: FileInfo[]; at: number }
  | { kind: "question"; question: Question; answer: (yes: boolean) => void }
  | { kind: "invite" }
  | { kind: "status" }
  | undefined;

export interface Question {
  title: string;
  text: string;
  yes: string;
  dangerous?: boolean;
}

export const overlay = store<Overlay>(undefined);
export const closeOverlay = () => overlay.set(undefined);

/** Asks before something that cannot be taken back. */
export const ask = (question: Question) =>
  new Promise<boolean>((resolve) => {
    overlay.set({
      kind: "question",
      question,
      answer: (yes) => {
        closeOverlay();
        resolve(yes);
      },
    });
  });

/** One short line that goes away by itself: "Copied". Problems stay until read. */
export interface Notice {
  text: string;
  bad?: boolean;
  passing?: boolean; // anything else may take its place
  action?: { label: string; run: () => void };
}
export const notice = store<Notice | undefined>(undefined);

let timer: ReturnType<typeof setTimeout> | undefined;
export function tell(told: Notice) {
  notice.set(told);
  clearTimeout(timer);
  timer = setTimeout(() => notice.set(undefined), told.bad ? 12_000 : told.action ? 8_000 : 3_000);
}
