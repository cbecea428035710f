import { asProblem } from "../api/problem";
import type { Message } from "../api/types";
import { attempt } from "../app/failures";
import { tell } from "../app/overlays";
import { keepDraft } from "../conversation/drafts";
import { discard, sentAs, type Waiting } from "../live/outbox";
import { store } from "../live/store";
import { t } from "../text/text";
import { needs } from "./calls";
import { composerOf, type GivenBack } from "./current";
import { setTerms } from "./terms";

// Taking back what was said: offered for ten seconds after sending, and in a message's menu for as long as it has reached nobody.

const offered = 10_000;

/** What I have said last, while undoing it is offered. */
export const undoable = store<Waiting | undefined>(undefined);
let timer: ReturnType<typeof setTimeout> | undefined;

export function offerUndo(waiting: Waiting) {
  undoable.set(waiting);
  clearTimeout(timer);
  timer = setTimeout(() => undoable.set(undefined), offered);
}

export async function undo() {
  const waiting = undoable.get();
  if (!waiting) return;
  undoable.set(undefined);
  const message = await sentAs(waiting.key);
  if (message) return takeBack(message);
  unsay(waiting);
}

/** Puts what was never sent back to where it was written. */
export function unsay(waiting: Waiting) {
  discard(waiting.key);
  giveBack(waiting.conversation, waiting.thread ?? 0, { ...waiting, terms: termsIn(waiting) });
}

/** Takes a message back that has reached nobody yet; what it said is in the field again. */
export const takeBack = (message: Message) =>
  attempt(async () => {
    const { conversation, seq, thread = 0 } = message;
    try {
      const { body, files } = await needs.withdraw(conversation, seq);
      giveBack(conversation, thread, { body, files: files ?? [], terms: termsIn(message) });
    } catch (error) {
      if (asProblem(error).kind !== "conflict") throw error;
      tell({ text: t("undo.tooLate"), bad: true });
    }
  });

const termsIn = ({ need, by, reason }: Pick<Message, "need" | "by" | "reason">) => ({
  need: need === "normal" ? undefined : need,
  by,
  reason,
});

function giveBack(conversation: string, thread: number, given: GivenBack) {
  const composer = composerOf(conversation, thread);
  if (composer) return composer.giveBack(given);
  keepDraft({ conversation, thread, body: given.body, files: given.files });
  setTerms(conversation, thread, given.terms);
}
