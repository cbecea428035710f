import type { Reach } from "../api/types";

/** Whether I am not to be disturbed now. */
export const inFocus = (reach: Reach, now: Date) => !!reach.focus && Date.parse(reach.focus) > now.getTime();
