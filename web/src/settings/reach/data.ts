import { reachApi } from "../../api/reach";
import type { Reach } from "../../api/types";
import { applyToBoot } from "../../live/apply";
import { changeBoot, currentBoot, useBoot } from "../../live/data";

// My reach: changed at once here, then on the server; taken back when it refuses.

export const useReach = (): Reach => useBoot().reach;

const show = (change: Partial<Reach>) =>
  changeBoot((boot) => ({ ...boot, reach: { ...boot.reach, ...change } }));

let latest = 0; // what the server answers to an older change is older than what is shown

async function optimistically(change: Partial<Reach>, ask: () => Promise<Reach | undefined>) {
  const mine = ++latest;
  const before = currentBoot()?.reach;
  show(change);
  try {
    const reach = await ask();
    if (reach && mine === latest) changeBoot((boot) => applyToBoot(boot, { type: "reach", reach }));
  } catch (error) {
    if (before) changeBoot((boot) => ({ ...boot, reach: before }));
    throw error;
  }
}

export const changeReach = (change: Parameters<typeof reachApi.change>[0]) =>
  optimistically(change, () => reachApi.change(change));

/** The time out of office is over, or not to be. */
export const endLeave = () => optimistically({ leave: undefined }, () => reachApi.change({ back: true }));

/** Nothing that is not urgent disturbs me until then. It ends by itself. */
export const focusUntil = (until: Date) =>
  optimistically({ focus: until.toISOString() }, () => reachApi.focus(until));

export const endFocus = () =>
  optimistically({ focus: undefined }, async () => {
    await reachApi.endFocus();
    return undefined;
  });
