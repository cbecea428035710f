import { problemText } from "../api/problem";
import { tell } from "./overlays";

/** Runs something that the server may refuse; then says why. Returns whether it worked. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    tell({ text: problemText(error), bad: true });
    return false;
  }
}
