import { api } from "../api/calls";
import { inboxApi } from "../api/inbox";
import { problemText } from "../api/problem";
import type { ID } from "../api/types";
import { tell } from "../app/overlays";
import { undoable } from "../inbox/work";
import { withReadMark } from "../live/apply";
import { changeBoot, currentBoot } from "../live/data";
import { t } from "../text/text";

type Marks = Record<ID, number>;

const show = (marks: Marks) =>
  changeBoot((boot) => Object.entries(marks).reduce((now, [id, seq]) => withReadMark(now, id, seq), boot));

/** What is read up to where, now here and then on the server; it can be undone. */
export async function readUpTo(marks: Marks) {
  const before: Marks = {};
  for (const { id, me } of currentBoot()?.conversations ?? [])
    if (me && id in marks && me.read_seq < marks[id]!) before[id] = me.read_seq;
  const now = Object.fromEntries(Object.keys(before).map((id) => [id, marks[id]!]));
  if (Object.keys(now).length === 0) return;
  const change = async (to: Marks, back: Marks, ask: () => Promise<unknown>) => {
    show(to);
    try {
      await ask();
      return true;
    } catch (error) {
      show(back);
      tell({ text: problemText(error), bad: true });
      return false;
    }
  };
  const first = change(now, before, () => inboxApi.readUpTo(now));
  const undo = async () => {
    undoable.set(undefined);
    if (!(await first)) return;
    await change(before, now, () =>
      Promise.all(Object.entries(before).map(([id, seq]) => api.read(id, seq))),
    );
  };
  undoable.set(() => () => void undo());
  tell({
    text: t("catchUp.readAll.told", { n: Object.keys(now).length }),
    action: { label: t("inbox.undo"), run: () => void undo() },
  });
  await first;
}
