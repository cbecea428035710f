import { inboxApi } from "../api/inbox";
import { problemText } from "../api/problem";
import type { ID, Inbox, Item } from "../api/types";
import { tell } from "../app/overlays";
import { changeBoot } from "../live/data";
import { refetchBoot } from "../live/events";
import { store } from "../live/store";
import { t } from "../text/text";
import { withItem, without } from "./state";

// What one does with what is in the Inbox. Shown at once; put back, with the reason, when the server refuses.

/** What can be undone: the last thing, until there is another. */
export const undoable = store<(() => void) | undefined>(undefined);

const change = (work: (inbox: Inbox) => Inbox) =>
  changeBoot((boot) => ({ ...boot, inbox: work(boot.inbox) }));
const gone = (items: Item[]) =>
  change((inbox) =>
    without(
      inbox,
      items.map(({ message }) => message.id),
    ),
  );
const back = (items: Item[]) => change((inbox) => items.reduce(withItem, inbox));
const each = (items: Item[], ask: (message: ID) => Promise<unknown>) =>
  Promise.all(items.map(({ message }) => ask(message.id)));

async function optimistically(show: () => void, ask: () => Promise<unknown>, takeBack: () => void) {
  show();
  try {
    await ask();
    return true;
  } catch (error) {
    takeBack();
    tell({ text: problemText(error), bad: true });
    void refetchBoot(); // some of several may have been done
    return false;
  }
}

/** Offers to undo: by key, and for a moment by a button. */
function offer(text: string, first: Promise<boolean>, undo: () => Promise<unknown>) {
  const run = () => {
    undoable.set(undefined);
    void first.then((worked) => worked && undo());
  };
  undoable.set(() => run);
  tell({ text, action: { label: t("inbox.undo"), run } });
}

/** It wants nothing from me any more. What is urgent does, until it is acknowledged or somebody else has it. */
export function done(items: Item[]) {
  if (items.some(({ wants }) => wants === "acknowledge")) {
    tell({ text: t("code.acknowledge") });
    return Promise.resolve(false);
  }
  const worked = optimistically(
    () => gone(items),
    () => each(items, inboxApi.done),
    () => back(items),
  );
  offer(t("inbox.done.told", { n: items.length }), worked, () =>
    optimistically(
      () => back(items),
      () => each(items, inboxApi.undone),
      () => gone(items),
    ),
  );
  return worked;
}

/** Puts it off. */
export function snooze(items: Item[], until: Date, words: string) {
  const at = until.toISOString();
  const worked = optimistically(
    () => back(items.map((item) => ({ ...item, until: at }))),
    () => each(items, (message) => inboxApi.snooze(message, at)),
    () => back(items),
  );
  offer(t("inbox.snooze.told", { until: words }), worked, () => wake(items));
  return worked;
}

/** Takes back what was put off. */
export const wake = (items: Item[]) =>
  optimistically(
    () => back(items.map(({ until, ...item }) => item)),
    () => each(items, inboxApi.undone),
    () => back(items),
  );

/** Says that I have it. What is left of its alarm is cancelled, on every device. */
export const acknowledge = (item: Item) =>
  optimistically(
    () => gone([item]),
    () => inboxApi.acknowledge(item.message.id),
    () => back([item]),
  );

/** Somebody else does it. */
export async function handOver(item: Item, person: ID, note: string) {
  await inboxApi.handOver(item.message.id, person, note);
  gone([item]);
}
